"""Who reads and writes which language for the school: the head asks them, and either ends it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gatepost.core.errors import Refused
from gatepost.language.words import say_language
from gatepost.org import queries, rules, services
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.forms import ReaderForm
from gatepost.org.models import Bilingual, School


@page(rules.may_manage_staff)
@require_http_methods(["GET", "HEAD", "POST"])
def readers(request: Request) -> HttpResponse:
    """Everybody who was asked, and one more."""
    school_id = request.actor.school_id
    form = ReaderForm(request.POST or None, school_id=school_id)
    if request.method == "POST" and form.is_valid():
        typed, school = form.cleaned_data, School.objects.get(pk=school_id)
        try:
            services.ask_to_read(typed["person"], typed["language"], school=school, by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("What waits in that language stands on their first page now."))
            return redirect("staff:readers")
    rows = [(each, say_language(each.language)) for each in queries.bilingual_now()]
    return render(request, "org/readers.html", {"form": form, "rows": rows})


@page_on(Bilingual, may=rules.may_manage_reader)
@require_POST
def end(request: Request, asked: Bilingual) -> HttpResponse:
    """They read it no longer."""
    try:
        services.end_reading(asked, by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("staff:readers")
