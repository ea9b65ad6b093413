"""Reminds an adult of a time they hold: two days before and on the morning, by the clock on London's walls.

Whoever else comes hears of it once, with the first of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from gatepost.core import audit, clock
from gatepost.core.each import do_each
from gatepost.language.dates import LONDON
from gatepost.meet import notices
from gatepost.meet.inwords import way_said
from gatepost.meet.models import Booking, SeatMail
from gatepost.meet.queries import way_of
from gatepost.meet.services import interpreting, telling
from gatepost.org.rounds import at_every_school
from gatepost.reach.delivery.hours import may_go
from gatepost.reach.kinds import NoticeKind
from gatepost.reach.services import tell

TOO_LATE = timedelta(hours=1)  # before the meeting: who comes is on their way
FURTHEST = timedelta(days=3)


@dataclass(frozen=True)
class Reminder:
    """One of the two: so many days before, at this time on the wall, and the column that says that it was sent."""

    kind: NoticeKind
    column: str
    days: int
    at: time

    def due_at(self, starts_at: datetime) -> datetime:
        """When it is due. The clocks change at night, so there is one such moment."""
        day = starts_at.astimezone(LONDON).date() - timedelta(days=self.days)
        return datetime.combine(day, self.at, LONDON)


EARLY = Reminder(notices.reminder, "reminded_at", 2, time(9))
MORNING = Reminder(notices.reminder_today, "reminded_today_at", 0, time(7, 30))


def tick() -> None:
    """Remind whoever is due, at every school."""
    at_every_school(lambda _school: remind_all())


def remind_all() -> int:
    """Remind the adults of one school of their times. Safe to do again, and by two workers at once; never at night.

    Holds afterwards: each time that is held is reminded of once two days before and once on the morning; a time that
    was taken after such a moment is not reminded of for it, and nobody gets both within one morning.
    """
    now = clock.now()
    if not may_go(now):
        return 0
    near = Q(slot__starts_at__gt=now + TOO_LATE, slot__starts_at__lt=now + FURTHEST)
    held = Booking.objects.filter(near, status=Booking.Status.BOOKED)
    of_it = ("slot__host", "slot__event", "slot__session", "invitation__adult", "invitation__child")
    unsaid = Q(reminded_at=None) | Q(reminded_today_at=None)
    return sum(do_each(held.filter(unsaid).select_related(*of_it), lambda booking: _remind(booking, now)))


def _remind(booking: Booking, now: datetime) -> bool:
    """Send the one that is due, if any."""
    starts_at = booking.slot.starts_at
    which = MORNING if MORNING.due_at(starts_at) <= now else EARLY
    sent = getattr(booking, which.column)
    return not sent and booking.booked_at < which.due_at(starts_at) <= now and _send(booking, which)


@transaction.atomic
def _send(booking: Booking, which: Reminder) -> bool:
    still = Booking.objects.filter(pk=booking.pk, status=Booking.Status.BOOKED, **{which.column: None})
    if not still.update(**{which.column: clock.now()}):
        return False
    invitation, slot = booking.invitation, booking.slot
    place = slot.session.place or slot.event.place
    said = {"when_at": slot.starts_at.isoformat(), "host": slot.host.name, "place": place}
    said |= {"way": way_of(booking)} | way_said(slot.event, invitation.adult)
    tell(invitation.adult, which.kind, about=invitation.child, subject=invitation.pk, by=None, **said)
    if which is EARLY:
        telling.tell_all(booking, SeatMail.News.REMINDER)
        interpreting.remind(booking)
    audit.record("meet.reminded", booking, by=None)
    return True
