"""The page of whoever comes along: this meeting, and nothing else. It ends with it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from gatepost.core import scope
from gatepost.language.table import FAMILY_LANGUAGES
from gatepost.meet import addresses
from gatepost.meet.queries.companions import opened_by, shown_to_companion
from gatepost.org.actor import Request
from gatepost.org.door import public_page
from gatepost.org.models import School
from gatepost.reach.door import frame_of
from gatepost.reach.services import language_for


@public_page
@require_safe
def companion(request: Request, token: str) -> HttpResponse:
    """When, where, who is there, what is talked about. Anything else is not there."""
    meant = addresses.meant_by(token, of=addresses.COMPANION)
    school = School.objects.filter(pk=meant[0]).first() if meant else None
    if meant is None or school is None:
        raise Http404
    with scope.only([school.pk], organisation=school.organisation_id):
        booking = opened_by(meant[1])
        if booking is None:
            raise Http404
        asked = request.GET.get("in", "")
        tag = asked if asked in FAMILY_LANGUAGES else language_for(booking.invitation.adult)
        request.family = frame_of(request, school, tag)  # type: ignore[attr-defined]  # read by config.context
        with translation.override(tag):
            response = render(request, "meet/family/companion.html", {"talk": shown_to_companion(booking)})
    response.headers["Content-Language"] = tag
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
