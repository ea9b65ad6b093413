"""The page at the door: one types one's name, and it says thank you. It never shows anybody else's."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from gatepost.core import clock, limits, scope
from gatepost.core.errors import Wait
from gatepost.core.limits import Budget
from gatepost.language.table import FAMILY_LANGUAGES
from gatepost.meet import addresses, services
from gatepost.meet.forms.arrivals import KioskForm
from gatepost.meet.models import Kiosk
from gatepost.org.actor import Request
from gatepost.org.door import public_page
from gatepost.org.models import School
from gatepost.reach import visits
from gatepost.reach.door import frame_of
from gatepost.reach.links import token_hash
from gatepost.reach.steps import stays_in_language, words_of_wait

SIGN_INS = Budget("sign-ins at a kiosk", 400, 3600)
type View = Callable[[Request, Kiosk], HttpResponse]


def kiosk_page(view: View) -> Callable[..., Any]:
    """Opens in the one browser in which the page was begun, until it ends. Everywhere else it is not there."""

    @public_page
    @wraps(view)
    def opened(request: Request, token: str) -> HttpResponse:
        meant = addresses.meant_by(token)
        school = School.objects.filter(pk=meant[0]).first() if meant else None
        if meant is None or school is None:
            raise Http404
        with scope.only([school.pk], organisation=school.organisation_id):
            kiosk = (
                Kiosk.objects.select_related("session__event")
                .filter(pk=meant[1], ended_at=None, until__gt=clock.now())
                .first()
            )
            held = token_hash(request.COOKIES.get(addresses.cookie_name(), ""))
            if kiosk is None or not hmac.compare_digest(held, kiosk.device_hash):
                raise Http404
            return _in_chosen_language(request, school, lambda: view(request, kiosk))

    return opened


def _in_chosen_language(request: Request, school: School, answer: Callable[[], HttpResponse]) -> HttpResponse:
    asked = request.GET.get("in", "")
    tag = asked if asked in FAMILY_LANGUAGES else "en"
    request.family = frame_of(request, school, tag)  # type: ignore[attr-defined]  # read by config.context
    with translation.override(tag):
        response = answer()
    response.headers["Content-Language"] = tag
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _not_so_fast(request: Request, until: datetime) -> HttpResponse:
    """Far more than come to any breakfast: nothing is lost, and nothing is kept yet."""
    context = {"words": visits.typed(request), "wait": words_of_wait(Wait(until))}
    return render(request, "reach/family/wait.html", context, status=429)


@kiosk_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request, kiosk: Kiosk) -> HttpResponse:
    """A name, and a thank-you that is the same for every name."""
    form = KioskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        until = limits.spend(SIGN_INS, kiosk.pk)
        if until:
            return _not_so_fast(request, until)
        name, of_child, press = form.told
        tag = translation.get_language() or "en"
        services.sign_in(kiosk, name=name, of_child=of_child, language=tag, press=press)
        stay = stays_in_language(request)
        return redirect(request.path + (f"{stay}&done=1" if stay else "?done=1"))
    context: dict[str, Any] = {"form": form, "done": "done" in request.GET, "again": request.path}
    return render(request, "meet/family/kiosk.html", context | {"title": kiosk.session.event.title})
