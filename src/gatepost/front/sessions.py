"""Where somebody is signed in, in words they understand, and how to end it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.org.actor import Actor
from gatepost.org.models import Person

BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
]
SYSTEMS += [("Mac OS", "Mac"), ("Linux", "Linux")]


@dataclass(frozen=True)
class Place:
    """One browser in which somebody is signed in."""

    number: int
    browser: str
    network: str
    since: datetime
    last_seen: datetime
    is_this_one: bool


def places_of(person: Person, *, key: str | None) -> list[Place]:
    """Where this person is signed in now, this browser first, then the one used last."""
    known = list(UserSession.objects.filter(user=person).order_by("-last_seen_at"))
    alive = Session.objects.filter(session_key__in=[each.session_key for each in known], expire_date__gt=clock.now())
    keys = set(alive.values_list("session_key", flat=True))
    places = [
        Place(
            number=each.pk,
            browser=browser_in_words(each.user_agent),
            network=each.ip,
            since=each.created_at,
            last_seen=each.last_seen_at,
            is_this_one=each.session_key == key,
        )
        for each in known
        if each.session_key in keys
    ]
    return sorted(places, key=lambda place: not place.is_this_one)


@transaction.atomic
def end(person: Person, *, by: Actor | None, number: int | None = None, besides: str | None = None) -> int:
    """End one of a person's sessions, or all of them besides one; says how many.

    Holds afterwards: the next request of an ended session is nobody's.
    """
    chosen = UserSession.objects.filter(user=person).exclude(session_key=besides or "")
    if number is not None:
        chosen = chosen.filter(pk=number)
    keys = list(chosen.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    chosen.delete()
    if keys:
        audit.record("org.sessions_ended", person, by=by, count=len(keys))
    return len(keys)


def browser_in_words(user_agent: str) -> str:
    """What a browser calls itself, shortened to two words that we choose: never a text that somebody sent us."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), _("a browser"))
    system = next((name for mark, name in SYSTEMS if mark in user_agent), _("an unknown device"))
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
