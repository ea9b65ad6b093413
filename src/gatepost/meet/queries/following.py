"""The meetings of one colleague, as their own calendar follows them: when, where and of which kind, never with whom."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from gatepost.core import clock
from gatepost.meet.calendar import Meeting
from gatepost.meet.kinds import KINDS, Books
from gatepost.meet.models import Booking, Hold, InterpreterBooking, Session, Slot
from gatepost.org.models import Person

PAST = timedelta(days=31)
_SHARED = [kind for kind, template in KINDS.items() if template.books is not Books.TIME]


def meetings_of(person: Person) -> list[Meeting]:
    """Talks that are booked with them or at which they sit or interpret, and every session that they lead.

    A title that somebody typed could name a child, so the name of the kind stands there.
    """
    since = clock.now() - PAST
    found = [*_talks(person, since), *_sessions(person, since)]
    return sorted(found, key=lambda meeting: (meeting.starts_at, str(meeting.key)))


def _talks(person: Person, since: datetime) -> list[Meeting]:
    settled = [InterpreterBooking.State.BOOKED, InterpreterBooking.State.CONFIRMED]
    interprets = InterpreterBooking.objects.filter(person=person, state__in=settled).values("booking")
    mine = Q(slot__host=person) | Q(seats__person=person) | Q(pk__in=interprets)
    held = Booking.objects.filter(mine, status=Booking.Status.BOOKED, slot__starts_at__gte=since)
    held = held.filter(slot__session__called_off_at=None).exclude(slot__event__kind__in=_SHARED)
    return [_meeting(each.slot) for each in held.select_related("slot__event", "slot__session").distinct()]


def _sessions(person: Person, since: datetime) -> list[Meeting]:
    led = Slot.objects.filter(event__kind__in=_SHARED, holds__kind=Hold.Kind.HOST, holds__key=person.pk)
    held = Session.objects.filter(event__in=led.values("event"), called_off_at=None, starts_at__gte=since)
    return [_meeting(each) for each in held.select_related("event")]


def _meeting(of: Slot | Session) -> Meeting:
    session = of.session if isinstance(of, Slot) else of
    return Meeting(
        key=of.pk,
        number=0,
        starts_at=of.starts_at,
        minutes=of.minutes,
        title=str(of.event.template.label),
        place=session.place or of.event.place,
    )
