"""Reads the rows after the rush and counts what must not be, by its own arithmetic and not by how `meet` holds it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, pairwise
from typing import Any
from uuid import UUID

from gatepost.core.models import AuditEvent
from gatepost.meet.kinds import Kind
from gatepost.meet.models import Booking, Event, Hold, InterpreterBooking, RoomBooking, Session, Slot
from gatepost.reach.models import Answer, Notice


@dataclass(frozen=True)
class Meeting:
    """A time that somebody holds, as its rows say."""

    booking: UUID
    slot: UUID
    invitation: UUID
    adult: UUID
    host: UUID
    starts: datetime
    ends: datetime


def wrong_in(events: Sequence[UUID]) -> list[str]:
    """Every promise that these rows break, in words."""
    meetings = _held(events)
    rooms, interpreters, colleagues, lost = _brought(meetings)
    wrong = _at_two_places("host", chain(((each.host, each) for each in meetings), colleagues))
    wrong += _at_two_places("room", rooms) + _at_two_places("interpreter", interpreters) + lost
    wrong += _at_two_places("adult", ((each.adult, each) for each in meetings))
    wrong += _too_many(events, meetings)
    often = Counter(one for _, one in {(each.booking, each.invitation) for each in meetings})
    wrong += [f"invitation {one} holds {number} times" for one, number in often.items() if number > 1]
    wrong += [f"time of a {kind} is kept for nothing at {at}" for kind, at in _kept_for_nothing()]
    return wrong + _unsaid(events)


def _held(events: Sequence[UUID]) -> list[Meeting]:
    """Each live booking, once for each session that it is good for."""
    rows = Booking.objects.filter(slot__event__in=events, status="booked").values_list(
        "pk", "slot", "invitation", "invitation__adult", "slot__host", "slot__starts_at", "slot__minutes", "slot__event"
    )
    sessions = defaultdict(list)
    for event, starts, minutes in Session.objects.filter(event__in=events).values_list("event", "starts_at", "minutes"):
        sessions[event].append((starts, minutes))
    whole = set(Event.objects.filter(pk__in=events, kind=Kind.MASTERCLASS).values_list("pk", flat=True))
    return [
        Meeting(*row[:5], starts, starts + timedelta(minutes=minutes))
        for row in rows
        for starts, minutes in (sessions[row[7]] if row[7] in whole else [row[5:7]])
    ]


type Brought = list[tuple[UUID, Meeting]]


def _brought(meetings: list[Meeting]) -> tuple[Brought, Brought, Brought, list[str]]:
    """Which room each meeting has; who interprets in it, from outside and of the school; what belongs to no meeting."""
    of, lost = defaultdict(list), []
    for meeting in meetings:
        of[meeting.booking].append(meeting)
    found: tuple[Brought, Brought, Brought] = ([], [], [])
    asked = InterpreterBooking.objects.exclude(state=InterpreterBooking.State.RELEASED).order_by()
    for at, rows in enumerate(
        (
            RoomBooking.objects.values_list("room", "booking"),
            asked.values_list("interpreter", "booking"),
            asked.values_list("person", "booking"),
        )
    ):
        for who, booking in rows:
            lost += [] if of[booking] else [f"{('a room', 'an interpreter', 'an interpreter')[at]} waits for nobody"]
            found[at].extend((who, meeting) for meeting in of[booking] if who)
    return (*found, lost)


def _kept_for_nothing() -> Iterable[tuple[str, datetime]]:
    return Hold.objects.exclude(booking=None).exclude(booking__status="booked").values_list("kind", "at")


def _at_two_places(what: str, held: Iterable[tuple[UUID, Meeting]]) -> list[str]:
    """Somebody (or some room) in two meetings at one moment. Several families in one meeting are one meeting."""
    by_whom: dict[UUID, list[Meeting]] = defaultdict(list)
    for who, meeting in held:
        by_whom[who].append(meeting)
    found = []
    for who, meetings in by_whom.items():
        times = sorted({(each.starts, each.ends, each.slot) for each in meetings})
        for (_, until, _one), (since, _end, _other) in pairwise(times):
            if since < until:
                found.append(f"{what} {who} is in two meetings at {since:%H:%M}")
    return found


def _too_many(events: Sequence[UUID], meetings: list[Meeting]) -> list[str]:
    """An adult who comes to one of these with two children is one family, and has one place."""
    shared = Event.objects.filter(pk__in=events, kind__in=[Kind.MASTERCLASS, Kind.OPEN_CLASSROOM])
    families = set(Slot.objects.filter(event__in=shared).values_list("pk", flat=True))
    live = Counter(
        slot for _, slot in {(each.adult if each.slot in families else each.booking, each.slot) for each in meetings}
    )
    wrong = []
    for slot, taken, places in Slot.objects.filter(event__in=events).values_list("pk", "taken", "places"):
        if live[slot] > places:
            wrong.append(f"{live[slot]} families in {places} places at {slot}")
        if taken != live[slot]:
            wrong.append(f"{taken} places are called taken, and {live[slot]} are held at {slot}")
    return wrong


def _unsaid(events: Sequence[UUID]) -> list[str]:
    """Each time that was ever taken has its notice, its answer and its line, and there is none without a time."""
    taken = Counter(Booking.objects.filter(slot__event__in=events).values_list("invitation", flat=True))
    asks = dict(Booking.objects.filter(slot__event__in=events).values_list("invitation__ask", "invitation"))
    told = Counter(Notice.objects.filter(kind="meet.booked").values_list("subject", flat=True))
    said = Counter(Answer.objects.filter(value="yes").values_list("ask", flat=True))
    said = Counter({asks.get(ask, ask): number for ask, number in said.items()})
    lines = Counter(
        AuditEvent.objects.filter(verb__in=["meet.booked", "meet.moved"]).values_list("thing_id", flat=True)
    )
    bookings = Counter(Booking.objects.filter(slot__event__in=events).values_list("pk", flat=True))
    pairs: list[tuple[str, Counter[Any], Counter[Any]]] = [
        ("notices", told, taken),
        ("answers", said, taken),
        ("lines of audit", lines, bookings),
    ]
    return [
        f"{have[key]} {what} for {want[key]} bookings of {key}"
        for what, have, want in pairs
        for key in sorted(have.keys() | want.keys(), key=str)
        if have[key] != want[key]
    ]
