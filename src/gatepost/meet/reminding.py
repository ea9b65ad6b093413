"""Reminds an adult of a time they hold: once, on the day before, by the clock on London's walls."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from gatepost.core import audit, clock, scope
from gatepost.language.dates import LONDON
from gatepost.meet import notices
from gatepost.meet.models import Booking
from gatepost.org.models import School
from gatepost.reach.services import tell

AT = time(9)
TOO_LATE = timedelta(hours=1)  # before the meeting: who comes is on their way
FURTHEST = timedelta(days=2)


def reminder_at(starts_at: datetime) -> datetime:
    """Nine in the morning of the day before. The clocks change at night, so there is one such moment."""
    day = starts_at.astimezone(LONDON).date() - timedelta(days=1)
    return datetime.combine(day, AT, LONDON)


def tick() -> None:
    """Remind whoever is due, at every school."""
    for school in School.objects.all():
        with scope.only([school.pk], organisation=school.organisation_id):
            remind_all()


def remind_all() -> int:
    """Remind the adults of one school of their times. Safe to do again, and by two workers at once.

    Holds afterwards: each time that is held is reminded of once; one that was taken after the hour is not.
    """
    now = clock.now()
    near = Q(slot__starts_at__gt=now + TOO_LATE, slot__starts_at__lt=now + FURTHEST)
    held = Booking.objects.filter(near, status=Booking.Status.BOOKED, reminded_at=None)
    due = [
        booking
        for booking in held.select_related("slot__host", "slot__event", "invitation__adult", "invitation__child")
        if booking.booked_at < reminder_at(booking.slot.starts_at) <= now
    ]
    return sum(map(_remind, due))


@transaction.atomic
def _remind(booking: Booking) -> bool:
    still = Booking.objects.filter(pk=booking.pk, status=Booking.Status.BOOKED, reminded_at=None)
    if not still.update(reminded_at=clock.now()):
        return False
    invitation, slot = booking.invitation, booking.slot
    said = {"when_at": slot.starts_at.isoformat(), "host": slot.host.name, "place": slot.event.place}
    tell(invitation.adult, notices.reminder, about=invitation.child, subject=invitation.pk, by=None, **said)
    audit.record("meet.reminded", booking, by=None)
    return True
