"""Where I am signed in, and ending it; and how I hear what waits for me."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gatepost.core.errors import Refused
from gatepost.front import sessions
from gatepost.front.rules import may_be_briefed
from gatepost.org import services
from gatepost.org.actor import Request
from gatepost.org.door import account_page, page
from gatepost.org.forms import BriefingForm
from gatepost.org.models import Briefing, Person


@account_page
@require_http_methods(["GET", "HEAD", "POST"])
def signed_in(request: Request) -> HttpResponse:
    """Every browser in which I am signed in; one button ends one, another all the others."""
    person, here = request.user, request.session.session_key
    if not isinstance(person, Person):
        raise Http404
    if request.method == "POST":
        number = request.POST.get("number", "")
        ended = sessions.end(person, by=request.actor, besides=here, number=int(number) if number.isdecimal() else None)
        messages.success(request, _("Ended.") if ended else _("It had ended already."))
        return redirect("front:signed_in")
    return render(request, "front/signed_in.html", {"places": sessions.places_of(person, key=here)})


@page(may_be_briefed)
@require_http_methods(["GET", "HEAD", "POST"])
def briefing(request: Request) -> HttpResponse:
    """When I get a mail of what waits for me, and until when I am away."""
    held = Briefing.objects.filter(person=request.actor.person_id).first()
    initial = {"mail_at": held.mail_at, "away_until": held.away_until} if held else None
    form = BriefingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.brief(**form.cleaned_data, by=request.actor)
        except Refused as refusal:
            form.add_error("away_until", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("front:today")
    person = request.user
    has_mail = isinstance(person, Person) and bool(person.email)
    return render(request, "front/briefing.html", {"form": form, "has_mail": has_mail})
