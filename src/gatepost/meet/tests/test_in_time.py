"""What is said of a meeting comes before it, and nothing that has ceased to be true, whatever hour somebody likes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.test import override_settings

from gatepost.core import clock
from gatepost.language.dates import LONDON
from gatepost.meet import reminding, services
from gatepost.meet.models import Booking, Event, Invitation
from gatepost.reach.models import Delivery, Notice
from gatepost.testing import Cast
from gatepost.testing.texting import text_from

State = Notice.State
TEN = datetime(2027, 2, 1, 10, tzinfo=LONDON)  # a Monday; the talks are at four


@pytest.fixture(autouse=True)
def at(cast: Cast) -> Iterator[time_machine.Traveller]:
    """Amina likes the evening best."""
    cast.amina.times = ["evening"]
    cast.amina.save()
    with time_machine.travel(TEN) as traveller, override_settings(GATEPOST_QUIET_HOURS=True):
        yield traveller


def invited(cast: Cast, day: datetime) -> Invitation:
    return cast.invitation(cast.amina, event=cast.event(days=[day.date()]))


def books(cast: Cast, invitation: Invitation) -> Booking:
    slot = cast.slot(event=invitation.event)
    return services.book(invitation, slot, wishes=services.Wishes(), by=cast.family_actor(invitation))


def calls_off(cast: Cast, booking: Booking) -> None:
    services.call_off(booking.slot.session, by=cast.actor_of(cast.finch))


def kinds(cast: Cast) -> list[tuple[str, str]]:
    """What Amina was to be told, but for her invitation."""
    return [(told.kind.removeprefix("meet."), told.state) for told in cast.told(cast.amina)[1:]]


def test_what_answers_her_comes_at_once_and_what_is_about_today_before_it(
    cast: Cast, at: time_machine.Traveller
) -> None:
    invitation = invited(cast, TEN)
    Delivery.objects.update(
        state=Delivery.State.ACCEPTED, accepted_at=clock.now()
    )  # it came in an evening, as she likes
    Notice.objects.update(state=State.SENT)
    text_from(cast, cast.amina, "haa")
    text_from(cast, cast.amina, "1")
    cast.deliver()
    assert kinds(cast) == [("times", State.SENT), ("booked", State.SENT), ("what_helps", State.SENT)]
    services.give_back(invitation, by=cast.actor_of(cast.finch))
    cast.deliver()
    assert kinds(cast)[-1] == ("given_back", State.SENT)  # at six she would have come in vain
    later = invited(cast, TEN + timedelta(days=3))
    books(cast, later)
    services.give_back(later, by=cast.actor_of(cast.finch))
    cast.deliver()
    assert kinds(cast)[-1] == ("given_back", State.QUEUED)
    at.move_to(TEN.replace(hour=18))
    cast.deliver()
    assert kinds(cast)[-1] == ("given_back", State.SENT)


@pytest.mark.parametrize(("days", "hour", "leaves"), [(9, 16, 7), (1, 16, 7), (1, 9, 22)])
def test_a_day_called_off_at_night_wakes_nobody_unless_the_morning_is_too_late(
    cast: Cast, at: time_machine.Traveller, days: int, hour: int, leaves: int
) -> None:
    day = TEN.replace(hour=hour) + timedelta(days=days)
    event = cast.event(days=[day.date()], begins=time(hour), ends=time(hour + 2))
    at.move_to(TEN.replace(hour=21, minute=30))
    booking = books(cast, cast.invitation(cast.amina, event=event))
    at.move_to(TEN.replace(hour=22))
    calls_off(cast, booking)
    cast.deliver()
    told = [("booked", State.RECALLED), ("called_off", State.SENT if leaves == 22 else State.QUEUED)]
    assert kinds(cast) == told  # never that it is hers, once it is off
    at.move_to(TEN.replace(hour=7) + timedelta(days=1))
    cast.deliver()
    assert kinds(cast) == [told[0], ("called_off", State.SENT)]


def test_a_time_that_is_moved_before_the_morning_is_said_once_as_it_is(cast: Cast, at: time_machine.Traveller) -> None:
    invitation = invited(cast, TEN + timedelta(days=5))
    at.move_to(TEN.replace(hour=23))
    first, second = books(cast, invitation), books(cast, invitation)
    assert first.pk != second.pk
    assert kinds(cast) == [("booked", State.RECALLED), ("booked", State.QUEUED)]
    assert cast.told(cast.amina)[-1].params["when_at"] == second.slot.starts_at.isoformat()


def test_nobody_is_reminded_of_what_is_past_or_of_a_day_that_is_off(cast: Cast, at: time_machine.Traveller) -> None:
    booking = books(cast, invited(cast, TEN + timedelta(days=4)))
    at.move_to(TEN + timedelta(days=2))
    assert reminding.remind_all() == 1
    at.move_to(TEN + timedelta(days=4, hours=7))  # the sender stood still until the talk was over
    cast.deliver()
    assert kinds(cast)[-1] == ("reminder", State.RECALLED)
    assert Delivery.objects.get(notice__kind="meet.reminder").state == "stopped"
    assert Booking.objects.get(pk=booking.pk).status == "booked"


def test_a_series_that_begins_a_week_later_is_reminded_of_then(cast: Cast, at: time_machine.Traveller) -> None:
    days = [(TEN + timedelta(days=2 + 7 * week)).date() for week in range(3)]
    event = cast.event(kind=Event.Kind.MASTERCLASS, places=5, days=days, minutes=60, begins=time(16), ends=time(17))
    booking = books(cast, cast.invitation(cast.amina, event=event))
    Booking.objects.filter(pk=booking.pk).update(booked_at=clock.now() - timedelta(days=5))
    assert reminding.remind_all() == 1
    calls_off(cast, booking)
    cast.deliver()
    assert [told for told in kinds(cast) if told[0] != "booked"] == [
        ("reminder", State.RECALLED),
        ("called_off", State.SENT),
    ]
    at.move_to(TEN + timedelta(days=7))
    assert reminding.remind_all() == 1
    again = cast.told(cast.amina)[-1]
    assert datetime.fromisoformat(again.params["when_at"]).astimezone(LONDON).date() == days[1]
