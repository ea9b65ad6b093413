"""Who comes with a request: their session and their account, each in a statement that Django words once, not each time.

Nearly every request asks for both, and nothing else about them differs from Django's own.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from gatepost.core.readings import worded_once
from gatepost.org.models import Person

BEFORE = f"{AuthenticationBackend.__module__}.{AuthenticationBackend.__qualname__}"


class SessionStore(db.SessionStore):
    """Sessions in the database."""

    def load(self) -> dict[str, Any]:
        """What was kept in this session; nothing, under a new key, where it is over or never was."""
        for found in _session(self.session_key or "", timezone.now()):
            return _as_now(self.decode(found.session_data))
        self._session_key = None
        return {}


class Staff(AuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Members of staff, by e-mail and password."""

    def get_user(self, user_id: UUID) -> Person | None:
        """Whose session this is, unless they may not sign in any more."""
        return next((person for person in _person(user_id) if self.user_can_authenticate(person)), None)


def _as_now(kept: dict[str, Any]) -> dict[str, Any]:
    """A session that was begun under 0.2 names the library as its door, and goes on: an upgrade signs nobody out."""
    if kept.get(BACKEND_SESSION_KEY) == BEFORE:
        kept[BACKEND_SESSION_KEY] = f"{Staff.__module__}.{Staff.__qualname__}"
    return kept


@worded_once
def _session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@worded_once
def _person(key: UUID) -> QuerySet[Person]:
    return Person.objects.filter(pk=key)
