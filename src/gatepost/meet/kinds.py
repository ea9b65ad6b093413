"""The templates that ship: every coming-together of the sources is one of these settings of one model.

A new practice is a new line here before it is new code (architecture.md §1).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SHORTEST_TALK = 20  # minutes; domain.md §1: a structured conversation is unhurried, 20–90 minutes


class Kind(models.TextChoices):
    """What an event is."""

    EVENING = "evening", _("Parents’ evening")
    CONVERSATION = "conversation", _("Structured conversations")
    MASTERCLASS = "masterclass", _("Masterclass series")
    OPEN_CLASSROOM = "open_classroom", _("Open classroom")
    FAMILY_ACTIVITY = "family_activity", _("Family activity")
    LUNCH = "lunch", _("Weekly lunch")
    BREAKFAST = "breakfast", _("Breakfast, then a workshop")
    HOME_VISIT = "home_visit", _("Home visit")
    OUTSIDE = "outside", _("Meeting at a café or a hired room")
    COUNCIL = "council", _("Meeting of a parent council")
    DROP_IN = "drop_in", _("Drop-in")
    DOORSTEP = "doorstep", _("Doorstep talk")
    CALL = "call", _("Phone or video call")
    TEAM = "team", _("Team meeting")


class Books(Enum):
    """What one booking takes."""

    TIME = "a time with one host"
    FAMILY = "a place, counted in families"
    PAIR = "a place, counted in child and adult together"
    NOTHING = "nothing: whoever comes is welcome"


@dataclass(frozen=True)
class EventKind:
    """What a template sets: what is booked, how long it lasts, and what it offers. Minutes and places are defaults."""

    kind: Kind
    books: Books
    minutes: int
    shortest: int = 5
    pause: int = 0  # minutes left free after each talk
    places: int = 1
    sessions: int = 1
    weekly: bool = False  # its sessions come back each week, holidays left out
    whole: bool = False  # one booking is for all its sessions
    learning: bool = True  # linked to learning, unless the planner says otherwise
    meal: bool = False  # the kitchen gets a count
    hook: bool = False  # a follow-on meeting is offered to those who came
    eligible: bool = False  # may be for some adults only
    place: str = "school"  # "school", "theirs" (the family chooses), "outside", "door", "call"
    ways: tuple[str, ...] = ()  # values of `models.Way` that families choose from, unless the planner says otherwise

    @property
    def label(self) -> str | Promise:
        """Its name on the page."""
        return self.kind.label

    @property
    def counts_places(self) -> bool:
        """Whether many families share one session."""
        return self.books in (Books.FAMILY, Books.PAIR)


LONGEST = 240  # minutes
ANYWHERE = ("home", "outside", "school", "phone", "video")

KINDS: dict[str, EventKind] = {
    each.kind: each
    for each in (
        EventKind(Kind.EVENING, Books.TIME, 10),
        EventKind(
            Kind.CONVERSATION, Books.TIME, 45, shortest=SHORTEST_TALK, pause=10, ways=("school", "phone", "video")
        ),
        EventKind(Kind.MASTERCLASS, Books.FAMILY, 60, places=5, sessions=4, weekly=True, whole=True),
        EventKind(Kind.OPEN_CLASSROOM, Books.FAMILY, 60, places=8),
        EventKind(Kind.FAMILY_ACTIVITY, Books.PAIR, 90, places=12),
        EventKind(Kind.LUNCH, Books.FAMILY, 60, places=10, sessions=12, weekly=True, learning=False, meal=True),
        EventKind(Kind.BREAKFAST, Books.NOTHING, 90, places=40, learning=False, meal=True, hook=True),
        EventKind(Kind.HOME_VISIT, Books.TIME, 45, pause=30, place="theirs", ways=ANYWHERE),
        EventKind(Kind.OUTSIDE, Books.TIME, 45, pause=15, place="outside", ways=("outside", "phone")),
        EventKind(Kind.COUNCIL, Books.FAMILY, 90, places=30, learning=False, eligible=True),
        EventKind(Kind.DROP_IN, Books.NOTHING, 60, places=60, learning=False),
        EventKind(Kind.DOORSTEP, Books.TIME, 10, pause=10, place="door"),
        EventKind(Kind.CALL, Books.TIME, 20, pause=5, place="call", ways=("phone", "video")),
        EventKind(Kind.TEAM, Books.TIME, 60),
    )
}
