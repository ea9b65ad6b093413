"""What an adult may choose from, what a page may show of an invitation, and who would be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import get_language

from gatepost.core import clock
from gatepost.core.readings import worded_once
from gatepost.disclosure import Disclosed
from gatepost.know.models import Group
from gatepost.know.queries import apart_from
from gatepost.language.words import say_list
from gatepost.meet.inwords import InWords, beside_of
from gatepost.meet.kinds import KINDS, Books
from gatepost.meet.models import SIGNED, Booking, Event, Hold, Invitation, Session, Slot
from gatepost.meet.models.holds import CELL
from gatepost.meet.queries.places import place_for_family, ring_on_the_way, way_of
from gatepost.meet.queries.suiting import fitting

UNDO = timedelta(minutes=15)
ALWAYS = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
type Apart = set[UUID] | None
"""Who is kept apart from an adult, where the caller has just read it."""

GAP = timedelta(minutes=15)  # two times with so little between them are one, where somebody needs twice the time


@dataclass(frozen=True, slots=True)
class Offered:
    """One time of an event, with as little of it as choosing needs: a rush reads thousands of them."""

    pk: UUID
    starts_at: datetime
    minutes: int
    places: int
    taken: int
    host_id: UUID
    host: str

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_full(self) -> bool:
        """Whether every place in it is taken."""
        return self.taken >= self.places


@dataclass(frozen=True)
class ShownTime(Disclosed):
    """One time on a family's page: whether it can be had, never why not."""

    slot_id: UUID
    starts_at: datetime
    host: str
    taken: bool
    fits: bool = False  # into the times of day of which this adult has told us


@dataclass(frozen=True)
class ShownInvitation(Disclosed):
    """All that a family's page may know of an invitation."""

    child: str  # blank where the link went to a shared contact point
    hosts: str
    place: str
    way_there: str  # blank where nobody goes anywhere
    ring: str  # whom, on the way
    ways: tuple[str, ...]  # values of `Way` that the adult may choose from
    minutes: int
    is_conversation: bool
    kind: str
    books: str  # the name of a `Books`
    is_shared: bool  # many families come together
    title: str  # in the words of the school; blank where the page may not say what it is about
    purpose: str
    days: tuple[datetime, ...]  # all of them, where one place is for a whole series
    interpreter: str
    booked_at: datetime | None
    booked_with: str
    times: tuple[ShownTime, ...]
    is_over: bool
    is_off: bool  # no day of it takes place any more
    is_full: bool  # there are places here, and none of them can be had
    theirs: InWords  # what staff typed, in their language


@dataclass(frozen=True)
class Held:
    """What an adult holds of the times they were invited to, and what they gave back last."""

    booking: Booking | None
    before: Booking | None


def held_of(invitation: Invitation) -> Held:
    """Both, in one query."""
    found = _bookings_of(invitation.pk)
    live, past = Booking.Status.BOOKED, Booking.Status.GIVEN_BACK
    return Held(
        booking=next((each for each in found if each.status == live), None),
        before=next((each for each in found if each.status == past), None),
    )


@worded_once
def _bookings_of(invitation: UUID) -> QuerySet[Booking]:
    of_it = Booking.objects.filter(invitation=invitation).select_related("slot__host", "slot__event")
    return of_it.order_by("-booked_at")


def shown(
    invitation: Invitation, *, nameless: bool, booking: Booking | None, choosing: bool = True, apart: Apart = None
) -> ShownInvitation:
    """What the page of this invitation says. The caller holds a link that the gate has let pass.

    `choosing`: it offers the times.
    """
    event = invitation.event
    times = times_for(invitation, booking, apart) if choosing else ()
    is_shared = event.template.books is not Books.TIME
    way = way_of(booking) if booking else ""
    is_over = choosing and all(time.starts_at < clock.now() for time in times)
    return ShownInvitation(
        child="" if nameless else invitation.child.called,
        hosts=say_list(sorted({time.host for time in times}), get_language() or "en"),
        place=place_for_family(event.place, way),
        way_there=event.way_there if booking and not way else "",
        ring=ring_on_the_way(invitation.school),
        ways=tuple(event.ways),
        minutes=event.minutes,
        is_conversation=event.kind == Event.Kind.CONVERSATION,
        kind=event.kind,
        books=event.template.books.name,
        is_shared=is_shared,
        title=event.title if is_shared and not nameless else "",
        purpose="" if nameless else event.purpose,
        days=_days_of(event) if event.template.whole else (),
        interpreter=invitation.adult.interpreter,
        booked_at=booking.slot.starts_at if booking else None,
        booked_with=booking.slot.host.name if booking else "",
        times=times,
        is_over=is_over,
        is_off=choosing and all(time.taken for time in times) and _is_off(event.pk),
        is_full=is_shared and bool(times) and not is_over and all(time.taken for time in times),
        theirs=beside_of(event, invitation.adult),
    )


def _is_off(event: UUID) -> bool:
    return not Session.objects.filter(event=event, called_off_at=None).exists()


def _days_of(event: Event) -> tuple[datetime, ...]:
    return tuple(event.sessions.filter(called_off_at=None).values_list("starts_at", flat=True))


def moments_of(invitation: UUID, starts_at: datetime) -> tuple[datetime, ...]:
    """When somebody is here who has this time: once, or at each session of a series that is booked as a whole."""
    series = [kind for kind, template in KINDS.items() if template.whole]
    days = Session.objects.filter(event__invitations=invitation, event__kind__in=series, called_off_at=None)
    return tuple(days.values_list("starts_at", flat=True)) or (starts_at,)


def booking_of(invitation: Invitation) -> Booking | None:
    """The time this adult holds, if any."""
    return next(iter(_live_of(invitation.pk)), None)


@worded_once
def _live_of(invitation: UUID) -> QuerySet[Booking]:
    live = Booking.objects.filter(invitation=invitation, status=Booking.Status.BOOKED)
    return live.select_related("slot__host", "slot__event").order_by()[:1]


def beside(invitation: Invitation, slot: Slot) -> Booking | None:
    """The place that this adult holds there already with another of their children. Only where many come together."""
    if slot.event.template.books is Books.TIME:
        return None
    return _beside(invitation).filter(slot=slot).first()


def _beside(invitation: Invitation) -> QuerySet[Booking]:
    live = Booking.objects.filter(invitation__adult=invitation.adult_id, status=Booking.Status.BOOKED)
    return live.exclude(invitation=invitation).order_by()


def _own_places(invitation: Invitation) -> set[UUID]:
    """Where a family has its place, whichever of its children it was booked for: it is never full for them."""
    if invitation.event.template.books is not Books.FAMILY:
        return set()
    return set(_beside(invitation).filter(slot__event=invitation.event_id).values_list("slot", flat=True))


def given_back_lately(invitation: Invitation, before: Booking | None) -> Booking | None:
    """The time this adult gave back a moment ago, while it can still be taken back."""
    if before is None or before.slot.is_full or before.slot.starts_at < clock.now():
        return None
    said = invitation.ask.answers.first()
    if said is None or said.value != "given_back" or said.at < clock.now() - UNDO:
        return None
    return None if is_closed(before.slot, too_close(invitation)) else before


def slots_for(invitation: Invitation) -> QuerySet[Slot]:
    """The event's times with those who teach this child; with all hosts, where none of them does."""
    return _slots_for(invitation.event_id, invitation.child_id).select_related("host")


def _slots_for(event: UUID, child: UUID) -> QuerySet[Slot]:
    slots = Slot.objects.filter(event=event)
    teachers = Group.objects.filter(children=child).values("teachers")
    own = slots.filter(host__in=teachers)
    return slots.filter(Q(host__in=teachers) | ~Exists(own))


def slot_of(pk: UUID) -> Slot | None:
    """One time with its host, if there is such a time at this school."""
    return next(iter(_slot_of(pk)), None)


@worded_once
def _slot_of(pk: UUID) -> QuerySet[Slot]:
    return Slot.objects.filter(pk=pk).select_related("host").order_by()


def is_offered(invitation: Invitation, slot: UUID) -> bool:
    """Whether this is one of them."""
    return bool(_is_offered(invitation.event_id, invitation.child_id, slot))


@worded_once
def _is_offered(event: UUID, child: UUID, slot: UUID) -> QuerySet[Slot, Any]:
    return _slots_for(event, child).filter(pk=slot).order_by().values_list("places")


def offered_to(invitation: Invitation) -> list[Offered]:
    """The same times, as plain values."""
    return [Offered(*values) for values in _offered_to(invitation.event_id, invitation.child_id)]


@worded_once
def _offered_to(event: UUID, child: UUID) -> QuerySet[Slot, Any]:
    of_it = ("pk", "starts_at", "minutes", "places", "taken", "host_id", "host__name")
    return _slots_for(event, child).values_list(*of_it)


def times_for(invitation: Invitation, booking: Booking | None, apart: Apart = None) -> tuple[ShownTime, ...]:
    """The times to choose from, in their order; those that fit what this adult has told us say so.

    One that would let adults meet who live apart looks like any taken time (D2).
    """
    closed = too_close(invitation, apart)
    now = clock.now()
    slots = offered_to(invitation)
    short = too_short(invitation, slots, booking)
    own = {booking.slot_id} if booking else _own_places(invitation)
    fits = fitting((slot.starts_at for slot in slots), invitation.adult.times)
    return tuple(
        ShownTime(
            slot_id=slot.pk,
            starts_at=slot.starts_at,
            host=slot.host,
            taken=slot.starts_at < now
            or (slot.is_full and slot.pk not in own)
            or is_closed(slot, closed)
            or slot.pk in short,
            fits=slot.starts_at in fits,
        )
        for slot in slots
    )


def too_short(invitation: Invitation, slots: Iterable[Offered], booking: Booking | None) -> set[UUID]:
    """Times without a free one right after them, for an adult who signs: interpreting takes twice the time.

    Where no host of the event has two times together, one has to do. For everybody else no time is even looked at.
    """
    if invitation.adult.interpreter != SIGNED:
        return set()
    offered = list(slots)
    after = {slot.pk: _next(slot, offered) for slot in offered}
    if not any(after.values()):
        return set()
    own = booking.slot_id if booking else None
    return {
        pk
        for pk, following in after.items()
        if pk != own and (following is None or following.taken or following.is_full)
    }


def _next(slot: Offered, slots: Sequence[Offered]) -> Offered | None:
    near = (
        each for each in slots if each.host_id == slot.host_id and slot.ends_at <= each.starts_at <= slot.ends_at + GAP
    )
    return min(near, key=lambda each: each.starts_at, default=None)


def too_close(invitation: Invitation, others: Apart = None) -> list[tuple[datetime, datetime]]:
    """The stretches of time in which an adult who is kept apart from this one is at the school, for whatever child.

    All that they are held for counts: each day of a series, and the second of two times, where somebody interprets.
    """
    others = apart_from(invitation.adult) if others is None else others
    if not others:
        return []
    gap, soon = timedelta(minutes=invitation.event.apart_minutes), clock.now() - timedelta(days=1)
    theirs = Hold.objects.filter(kind=Hold.Kind.ADULT, key__in=others, at__gt=soon)
    held = [(at - gap, at + CELL + gap) for at in theirs.values_list("at", flat=True)]
    if not (held and invitation.event.template.whole):
        return held
    days = list(invitation.event.sessions.order_by("starts_at").values_list("starts_at", "minutes", "called_off_at"))
    meets = (
        starts_at < end and starts_at + timedelta(minutes=minutes) > start
        for starts_at, minutes, off in days
        if off is None
        for start, end in held
    )
    return [ALWAYS] if any(meets) else []  # who comes to a series comes to all of its days


def is_closed(slot: Slot | Offered, stretches: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether a slot touches one of these stretches."""
    return any(slot.starts_at < end and slot.ends_at > start for start, end in stretches)
