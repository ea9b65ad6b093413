"""The evening as a grid and as lists: who meets whom, when and where; who is here, and who is told to wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from gatepost.core import clock
from gatepost.meet.models import Booking, Delay, Invitation, Session, Slot
from gatepost.meet.queries.choosing import slots_for, times_for
from gatepost.org.models import Person


@dataclass(frozen=True)
class Place:
    """One host at one time: who comes, or that nobody does yet, or that it is not for you to see who."""

    host: str
    is_free: bool
    bookings: tuple[Booking, ...]


@dataclass(frozen=True)
class Row:
    """One time of the evening: what each host does then. None: the host is not here."""

    starts_at: datetime
    places: tuple[Place | None, ...]


HOSTS = 12  # columns on one page of the grid: more are not looked at at once, and grow heavy


@dataclass(frozen=True)
class Grid:
    """Times down, hosts across."""

    hosts: tuple[str, ...]
    rows: tuple[Row, ...]


def hosts_of(session: Session) -> QuerySet[Person]:
    """Who has times at this session, by name."""
    return Person.objects.filter(pk__in=session.slots.order_by().values("host")).order_by("name", "pk")


def grid(slots: Iterable[Slot], bookings: Iterable[Booking]) -> Grid:
    """The grid of these times, with as many names as these bookings give away."""
    taken: dict[UUID, list[Booking]] = {}
    for booking in bookings:
        taken.setdefault(booking.slot_id, []).append(booking)
    held = list(slots)
    names = {slot.host_id: slot.host.name for slot in held}
    hosts = dict(sorted(names.items(), key=lambda host: (host[1], str(host[0]))))
    by_time: dict[datetime, dict[UUID, Slot]] = {}
    for slot in held:
        by_time.setdefault(slot.starts_at, {})[slot.host_id] = slot
    rows = tuple(Row(at, tuple(_place(by_time[at].get(host), taken) for host in hosts)) for at in sorted(by_time))
    return Grid(tuple(hosts.values()), rows)


def _place(slot: Slot | None, taken: dict[UUID, list[Booking]]) -> Place | None:
    if slot is None:
        return None
    is_free = not slot.taken and slot.places > 0  # none at all: the talk before it is signed, and takes both
    return Place(slot.host.name, is_free, tuple(taken.get(slot.pk, ())))


def bookings_of(session: Session, seen: QuerySet[Booking]) -> QuerySet[Booking]:
    """The times held at this session, of those that may be seen, with all that a list says of them.

    Who has a place in a whole series comes to each of its sessions.
    """
    whole = session.event.template.whole
    here = {"slot__event": session.event} if whole else {"slot__session": session}
    of_it = seen.filter(**here, status=Booking.Status.BOOKED)
    people = ("slot__host", "invitation__adult", "invitation__child", "in_room__room")
    return of_it.select_related(*people).prefetch_related("seats", "attendance").order_by("slot__starts_at", "id")


def named(rows: QuerySet[Booking], name: str) -> QuerySet[Booking]:
    """Those of the adult or child of this name, or part of one."""
    invited = Q(invitation__adult__name__icontains=name) | Q(invitation__child__name__icontains=name)
    return rows.filter(invited)


def by_room(bookings: Iterable[Booking]) -> list[tuple[str, list[Booking]]]:
    """What takes place in each room, by its name; last and without a name, what has no room of its own."""
    rooms: dict[str, list[Booking]] = {}
    for booking in bookings:
        rooms.setdefault(booking.in_room.room.name if hasattr(booking, "in_room") else "", []).append(booking)
    return sorted(rooms.items(), key=lambda room: (not room[0], room[0]))


def session_today(sessions: Iterable[Session]) -> Session | None:
    """The session of today; else the next one, else the last."""
    held = list(sessions)
    today = clock.today()
    ahead = [each for each in held if timezone.localdate(each.starts_at) >= today]
    return next(iter(ahead), held[-1] if held else None)


def who_waits(session: Session, host: Person) -> list[Booking]:
    """Whose time with this host is still to come, or has just begun: those who have not been noted as absent."""
    just = clock.now() - timedelta(minutes=10)
    ahead = Booking.objects.filter(
        slot__session=session, slot__host=host, status=Booking.Status.BOOKED, slot__starts_at__gte=just
    )
    people = ("slot", "invitation__adult", "invitation__child")
    return list(ahead.exclude(attendance__came=False).select_related(*people).order_by("slot__starts_at", "id"))


def delays(session: Session) -> dict[UUID, Delay]:
    """How late each host runs, by the latest that they said. Who is on time again is not in it."""
    latest: dict[UUID, Delay] = {}
    for delay in Delay.objects.filter(session=session).select_related("host"):
        latest.setdefault(delay.host_id, delay)
    return {host: delay for host, delay in latest.items() if delay.minutes}


def next_free_today(invitation: Invitation) -> Slot | None:
    """The first time from now on, today, that this adult can have: by the same rules as on their own page."""
    today = clock.today()
    free = {time.slot_id for time in times_for(invitation, None) if not time.taken}
    ahead = slots_for(invitation).filter(pk__in=free, starts_at__gte=clock.now()).order_by("starts_at", "id")
    return next((slot for slot in ahead if timezone.localdate(slot.starts_at) == today), None)
