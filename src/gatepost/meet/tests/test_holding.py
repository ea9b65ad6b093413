"""Nobody is in two places: the database keeps each host's and each adult's time, five minutes at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.meet import services
from gatepost.meet.models import Event, Hold
from gatepost.meet.services.holding import Stretch, is_free
from gatepost.testing import Cast


@pytest.mark.once
def test_a_stretch_keeps_every_five_minutes_that_it_touches() -> None:
    at = datetime(2026, 1, 15, 16, 3, tzinfo=UTC)
    assert [cell.minute for cell in Stretch(at, 5).cells()] == [0, 5]
    assert len(Stretch(at.replace(minute=0), 45).cells()) == 9


def test_a_host_cannot_be_planned_into_two_meetings_that_overlap(cast: Cast) -> None:
    day = [clock.today() + timedelta(days=40)]
    cast.event(days=day, begins=time(16), ends=time(17))
    with pytest.raises(Refused, match="already has a meeting"):
        cast.event(days=day, begins=time(16, 5), ends=time(17), minutes=20)
    cast.event(days=day, begins=time(17), ends=time(18), minutes=20)


def test_an_adult_cannot_sit_with_two_teachers_at_once(cast: Cast) -> None:
    day = [clock.today() + timedelta(days=40)]
    first = cast.invitation(cast.amina, event=cast.event(days=day))
    second = cast.invitation(cast.amina, event=cast.event(days=day, hosts=[cast.nye], by=cast.actor_of(cast.finch)))
    here, there = cast.slot(event=first.event), cast.slot(event=second.event)
    services.book(first, here, wishes=services.Wishes(), by=cast.family_actor(first))
    with pytest.raises(Refused, match="another meeting at that time"):
        services.book(second, there, wishes=services.Wishes(), by=cast.family_actor(second))
    services.give_back(first, by=cast.family_actor(first))
    assert is_free(Hold.Kind.ADULT, cast.amina.pk, [Stretch(here.starts_at, 10)])
    services.book(second, there, wishes=services.Wishes(), by=cast.family_actor(second))


def test_a_series_is_one_booking_for_all_its_afternoons(cast: Cast) -> None:
    first = clock.today() + timedelta(days=60)
    days: list[date] = [first + timedelta(weeks=week) for week in range(4)]
    event = cast.event(kind=Event.Kind.MASTERCLASS, days=days, minutes=60, begins=time(15, 30), ends=time(16, 30))
    slot = event.slots.get()
    assert (event.sessions.count(), slot.places, slot.session) == (4, 5, event.sessions.first())
    amina = cast.invitation(cast.amina, event=event)
    booking = services.book(amina, slot, wishes=services.Wishes(), by=cast.family_actor(amina))
    assert booking.holds.count() == 4 * 12
    for session in event.sessions.all()[:2]:
        services.note_who_came(booking, came=True, by=cast.actor_of(cast.ode), session=session)
    assert booking.attendance.filter(came=True).count() == 2
