"""A time is reminded of once, on the morning of the day before: by the wall clock, also when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from gatepost.core import clock
from gatepost.language.dates import LONDON
from gatepost.meet import services as meet
from gatepost.meet.models import Booking
from gatepost.meet.reminding import remind_all, reminder_at, tick
from gatepost.testing import Cast


def booked(cast: Cast, starts_at: datetime) -> Booking:
    """Amina holds a time that begins then."""
    invitation = cast.invitation(cast.amina, event=cast.event())
    slot = cast.slot(event=invitation.event)
    booking = meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
    slot.starts_at = starts_at
    slot.save()
    Booking.objects.filter(pk=booking.pk).update(booked_at=starts_at - timedelta(days=5))
    return booking


def reminders(cast: Cast) -> int:
    return sum(notice.kind == "meet.reminder" for notice in cast.told(cast.amina))


@pytest.mark.parametrize("day", [datetime(2026, 10, 25, tzinfo=LONDON), datetime(2027, 3, 28, tzinfo=LONDON)])
def test_once_over_both_changes_of_the_clocks(cast: Cast, day: datetime) -> None:
    booked(cast, (day + timedelta(days=1)).replace(hour=16).astimezone(UTC))
    begin = datetime.combine(day.date() - timedelta(days=1), datetime.min.time(), LONDON).astimezone(UTC)
    sent = []
    for hours in range(72):
        with time_machine.travel(begin + timedelta(hours=hours), tick=False):
            if remind_all():
                sent.append(clock.now().astimezone(LONDON))
    assert [(at.date(), at.hour) for at in sent] == [(day.date(), 9)] and reminders(cast) == 1


@pytest.mark.once
def test_it_is_nine_in_the_morning_of_the_day_before() -> None:
    assert reminder_at(datetime(2026, 10, 26, 16, tzinfo=UTC)).isoformat() == "2026-10-25T09:00:00+00:00"
    assert reminder_at(datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)).isoformat() == "2026-10-24T09:00:00+01:00"


def test_what_was_given_back_or_booked_late_is_not_reminded_of(cast: Cast) -> None:
    now = clock.now()
    booking = booked(cast, now + timedelta(hours=20))
    Booking.objects.filter(pk=booking.pk).update(booked_at=now)
    tick()
    assert reminders(cast) == 0
    Booking.objects.filter(pk=booking.pk).update(booked_at=now - timedelta(days=5))
    meet.give_back(booking.invitation, by=cast.family_actor(booking.invitation))
    tick()
    assert reminders(cast) == 0
