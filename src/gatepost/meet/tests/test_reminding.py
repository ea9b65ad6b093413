"""A time is reminded of two days before and on its morning: once each, by the wall clock, never at night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from gatepost.core import clock
from gatepost.language.dates import LONDON
from gatepost.meet import reminding
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Slot
from gatepost.meet.reminding import EARLY, MORNING, remind_all, tick
from gatepost.reach.models import Delivery
from gatepost.testing import Cast


def booked(cast: Cast, starts_at: datetime) -> Booking:
    """Amina holds a time that begins then."""
    invitation = cast.invitation(cast.amina, event=cast.event())
    slot = cast.slot(event=invitation.event)
    booking = meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
    Slot.objects.filter(pk=slot.pk).update(starts_at=starts_at)
    Booking.objects.filter(pk=booking.pk).update(booked_at=starts_at - timedelta(days=5))
    return booking


def reminders(cast: Cast) -> list[str]:
    return [notice.kind for notice in cast.told(cast.amina) if notice.kind.startswith("meet.reminder")]


@pytest.mark.parametrize("day", [datetime(2026, 10, 25, tzinfo=LONDON), datetime(2027, 3, 28, tzinfo=LONDON)])
def test_once_each_over_both_changes_of_the_clocks_and_never_at_night(cast: Cast, day: datetime) -> None:
    booked(cast, (day + timedelta(days=1)).replace(hour=16).astimezone(UTC))
    begin = datetime.combine(day.date() - timedelta(days=2), datetime.min.time(), LONDON).astimezone(UTC)
    sent = []
    for halves in range(200):
        with time_machine.travel(begin + timedelta(minutes=30 * halves), tick=False):
            if remind_all():
                sent.append(clock.now().astimezone(LONDON))
    assert [(at.date() - day.date(), f"{at:%H%M}") for at in sent] == [
        (timedelta(days=-1), "0900"),
        (timedelta(days=1), "0730"),
    ]
    assert reminders(cast) == ["meet.reminder", "meet.reminder_today"]


@pytest.mark.once
def test_they_are_due_by_the_clock_on_the_wall() -> None:
    assert EARLY.due_at(datetime(2026, 10, 26, 16, tzinfo=UTC)).isoformat() == "2026-10-24T09:00:00+01:00"
    assert MORNING.due_at(datetime(2026, 10, 26, 16, tzinfo=UTC)).isoformat() == "2026-10-26T07:30:00+00:00"
    assert MORNING.due_at(datetime(2026, 10, 25, 9, tzinfo=LONDON)).isoformat() == "2026-10-25T07:30:00+00:00"


def test_a_worker_that_slept_through_both_mornings_says_it_once(cast: Cast) -> None:
    today = datetime.now(LONDON).replace(hour=16, minute=0, second=0, microsecond=0) + timedelta(days=1)
    booked(cast, today.astimezone(UTC))
    with time_machine.travel(today.replace(hour=10), tick=False):
        assert (remind_all(), remind_all()) == (1, 0)
    assert reminders(cast) == ["meet.reminder_today"]


def test_one_that_cannot_be_said_keeps_nobody_else_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    at = datetime(2027, 2, 4, 16, 10, tzinfo=LONDON)
    event = cast.event()
    for number, adult in enumerate((cast.amina, cast.hina)):
        invitation = cast.invitation(adult, event=event)
        booking = meet.book(invitation, cast.slot(event=event), wishes=meet.Wishes(), by=cast.family_actor(invitation))
        Slot.objects.filter(pk=booking.slot_id).update(starts_at=at + timedelta(minutes=20 * number))
        Booking.objects.filter(pk=booking.pk).update(booked_at=at - timedelta(days=5))

    def said(slot_event: object, adult: object) -> dict[str, str]:
        if adult == cast.amina:
            raise LookupError("her words cannot be read")
        return {}

    monkeypatch.setattr(reminding, "way_said", said)
    with time_machine.travel(at - timedelta(days=1), tick=False), pytest.raises(ExceptionGroup):
        tick()
    assert [notice.kind for notice in cast.told(cast.hina) if "reminder" in notice.kind] == ["meet.reminder"]
    assert reminders(cast) == [] and Booking.objects.filter(reminded_at=None).count() == 1


def test_what_was_given_back_or_booked_late_is_not_reminded_of(cast: Cast) -> None:
    at = datetime.now(LONDON).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=2)
    booking = booked(cast, (at + timedelta(hours=28)).astimezone(UTC))
    with time_machine.travel(at, tick=False):
        Booking.objects.filter(pk=booking.pk).update(booked_at=at)
        tick()
        assert reminders(cast) == []
        Booking.objects.filter(pk=booking.pk).update(booked_at=at - timedelta(days=5))
        meet.give_back(booking.invitation, by=cast.family_actor(booking.invitation))
        tick()
        assert reminders(cast) == []


def test_a_moved_time_is_reminded_of_no_more_even_where_that_was_on_its_way(cast: Cast) -> None:
    at = datetime.now(LONDON).replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(days=3)
    booking = booked(cast, (at + timedelta(days=2, hours=7)).astimezone(UTC))
    with time_machine.travel(at, tick=False):
        assert remind_all() == 1
        other = cast.slot(event=booking.slot.event)
        meet.book(booking.invitation, other, wishes=meet.Wishes(), by=cast.family_actor(booking.invitation))
        said = [notice for notice in cast.told(cast.amina) if notice.kind == "meet.reminder"]
        assert [notice.state for notice in said] == ["recalled"]
        assert not Delivery.objects.filter(notice__in=said, state="queued").exists()
