"""What a staff session remembers of itself: how somebody proved who they are, when, and when it ends.

Written when somebody signs in (`config.signin`), read by the page door. A session without these marks opens nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gatepost.core import clock

PROVED_BY = "proved_by"
PROVED_AT = "proved_at"
BEGAN = "session_began"
SEEN = "session_seen"
WRITE_EVERY = 60  # seconds: being seen is written down at most once a minute


class Proof(StrEnum):
    """How somebody showed that it is they."""

    PASSWORD = "password"  # noqa: S105  a name, not a password: opens only the pages that set up a second factor
    SECOND_FACTOR = "second_factor"
    SINGLE_SIGN_ON = "single_sign_on"
    DEMONSTRATION = "demonstration"


def begin(session: Any, proof: Proof) -> None:
    """Start the clocks of a session in which somebody has just signed in."""
    now = _now()
    session[BEGAN] = session[SEEN] = session[PROVED_AT] = now
    session[PROVED_BY] = proof.value


def prove(session: Any, proof: Proof | None = None) -> None:
    """Somebody has shown once more that it is they; a stronger proof than the one before is kept."""
    session[PROVED_AT] = _now()
    if proof:
        session[PROVED_BY] = proof.value


def is_proved(request: HttpRequest) -> bool:
    """Whether more than a password was shown. The demonstration's own mark counts in the demonstration only."""
    proof = request.session.get(PROVED_BY)
    if proof == Proof.DEMONSTRATION:
        return bool(settings.GATEPOST_DEMO)
    return proof in {Proof.SECOND_FACTOR, Proof.SINGLE_SIGN_ON}


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody showed within the last minutes that it is they: asked before the gravest pages."""
    if request.session.get(PROVED_BY) == Proof.DEMONSTRATION:
        return bool(settings.GATEPOST_DEMO)
    age: int = _now() - request.session.get(PROVED_AT, 0)
    limit: int = settings.GATEPOST_STEP_UP_MINUTES * 60
    return 0 <= age < limit


def has_ended(session: Any) -> bool:
    """Whether nobody was there for too long, or the working day is over."""
    now, began, seen = _now(), session.get(BEGAN, 0), session.get(SEEN, 0)
    return bool(now - seen >= settings.GATEPOST_IDLE_MINUTES * 60 or now - began >= settings.GATEPOST_DAY_HOURS * 3600)


def note_seen(session: Any) -> bool:
    """Somebody is there. Says whether that was written down."""
    if _now() - session.get(SEEN, 0) < WRITE_EVERY:
        return False
    session[SEEN] = _now()
    return True


def _now() -> int:
    return int(clock.now().timestamp())


def rotate(request: HttpRequest) -> None:
    """Give the session a new key, because more opens with it from now on; the list of sessions follows."""
    from allauth.usersessions.models import UserSession  # models are there only once all apps are

    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
