"""The adviser's side: the families who said yes, and one family's page with the adviser's own notes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.rules import may_advise
from gatepost.support import advice_rules as rules
from gatepost.support import advised, agreeing
from gatepost.support.advice_forms import NoteForm
from gatepost.support.models import AdvisedFamily


@page(may_advise)
@require_safe
def my_families(request: Request) -> HttpResponse:
    """The families who have said yes to me."""
    part = page_of(request, rules.families_of(request.actor).order_by("-from_on", "id"))
    return render(request, "support/adviser/families.html", {"page_obj": part, "rows": advised.families(part)})


@page_on(AdvisedFamily, may=rules.may_advise_family)
@require_http_methods(["GET", "HEAD", "POST"])
def family(request: Request, family: AdvisedFamily) -> HttpResponse:
    """One family: what it could read itself, and my notes, which only I open."""
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agreeing.write_note(family, form.cleaned_data["words"], by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted."))
            return redirect("advice:family", pk=family.pk)
    (row,) = advised.families([family])
    context = {
        "family": row,
        "talks": advised.talks(family, by=request.actor),
        "notes": advised.notes(family),
        "form": form,
    }
    return render(request, "support/adviser/family.html", context)
