"""Ends a session when nobody was there for a while, or when the working day is over."""

from __future__ import annotations

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gatepost.core import clock
from gatepost.org import session

BY_ITSELF = "again"  # what staff.js says of itself when it saves once more what was typed before


class SessionLimits:
    """Signs people out whose time is over, and notes who is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the clocks before anything opens."""
        if request.user.is_authenticated:
            if session.has_ended(request.session):
                logout(request)
                messages.info(request, _("You were signed out: nobody was here for a while, or the day was long."))
            elif _somebody_is_there(request) and session.note_seen(request.session):
                _list(request)
        return self.get_response(request)


def _somebody_is_there(request: HttpRequest) -> bool:
    """Whether a person stands behind this request, and not a page that tries again by itself."""
    return request.headers.get("X-Autosave") != BY_ITSELF


def _list(request: HttpRequest) -> None:
    """Keep the list of open sessions true; a session that is not on it yet comes on it."""
    mine = UserSession.objects.filter(session_key=request.session.session_key, user_id=request.user.pk)
    if not mine.update(last_seen_at=clock.now()):
        UserSession.objects.create_from_request(request)
