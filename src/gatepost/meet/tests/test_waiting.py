"""Five families, a hundred who would like to come: a fair list, and no sixth family."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise, product
from uuid import UUID

import pytest
from django.test import Client

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.meet import queries, services
from gatepost.meet.fairness import Waiter, in_order
from gatepost.meet.models import Booking, Event, Invitation
from gatepost.testing import Cast


def masterclass(cast: Cast, places: int = 1, start: int = 20) -> Event:
    """Ms Ode's science afternoons: four Thursdays."""
    days = [clock.today() + timedelta(days=start + 7 * week) for week in range(4)]
    kind = Event.Kind.MASTERCLASS
    return cast.event(kind=kind, days=days, minutes=60, places=places, begins=time(15), ends=time(16))


def take(cast: Cast, invitation: Invitation) -> Booking:
    slot = invitation.event.slots.get()
    return services.book(invitation, slot, wishes=services.Wishes(), by=cast.family_actor(invitation))


def wait(cast: Cast, invitation: Invitation) -> None:
    services.wait(invitation, by=cast.family_actor(invitation))


def test_who_gives_a_place_back_gives_it_to_the_next_who_is_told_at_once(cast: Cast) -> None:
    event = masterclass(cast)
    jo, dawn, amina = (cast.invitation(adult, event=event) for adult in (cast.jo, cast.dawn, cast.amina))
    take(cast, jo)
    with pytest.raises(Refused):
        take(cast, dawn)
    wait(cast, dawn)
    wait(cast, dawn)
    wait(cast, amina)
    services.give_back(jo, by=cast.family_actor(jo))
    assert queries.booking_of(dawn) and not queries.booking_of(amina)
    assert [notice.kind for notice in cast.told(cast.dawn)][-1] == "meet.promoted"
    services.give_back(dawn, by=cast.family_actor(dawn))
    assert queries.booking_of(amina) and event.slots.get().taken == 1
    assert event.slots.get().bookings.filter(status="booked").count() == 1


def test_who_had_a_place_this_year_waits_behind_who_had_none(cast: Cast) -> None:
    take(cast, cast.invitation(cast.dawn, event=masterclass(cast)))
    event = masterclass(cast, start=80)
    jo, dawn, amina = (cast.invitation(adult, event=event) for adult in (cast.jo, cast.dawn, cast.amina))
    take(cast, jo)
    wait(cast, dawn)
    wait(cast, amina)
    assert queries.waiting_for(event) == [amina, dawn]
    services.give_back(jo, by=cast.family_actor(jo))
    assert queries.booking_of(amina) and queries.is_waiting(dawn)


def test_waiting_and_giving_back_on_a_telephone(cast: Cast, client: Client) -> None:
    event = masterclass(cast)
    jo, dawn = cast.invitation(cast.jo, event=event), cast.invitation(cast.dawn, event=event)
    take(cast, jo)
    url = cast.link(cast.dawn) + "?in=en"
    assert "All places are taken" in client.get(url).text
    assert "You are on the waiting list" in client.post(url, {"act": "wait"}, follow=True).text
    assert "All places are taken" in client.post(url, {"act": "stop_waiting"}, follow=True).text
    client.post(url, {"act": "wait"})
    services.give_back(jo, by=cast.family_actor(jo))
    assert "You have a place" in client.get(url).text
    client.post(url, {"act": "wait"})
    assert queries.booking_of(dawn) and not queries.is_waiting(dawn)


def test_an_adult_who_is_kept_apart_from_another_is_not_seated_beside_them(cast: Cast) -> None:
    event = masterclass(cast, places=2)
    jo, dawn, mark = (cast.invitation(adult, event=event) for adult in (cast.jo, cast.dawn, cast.mark))
    take(cast, jo)
    take(cast, dawn)
    wait(cast, mark)
    services.give_back(dawn, by=cast.family_actor(dawn))
    assert queries.is_waiting(mark) and not queries.booking_of(mark)
    services.give_back(jo, by=cast.family_actor(jo))
    assert queries.booking_of(mark)


@pytest.mark.once
def test_nobody_is_overtaken_but_by_a_family_that_had_none() -> None:
    begin = datetime(2026, 9, 1, tzinfo=UTC)
    for said in product(product(range(3), (False, True)), repeat=4):  # every way in which four families can wait
        waiting = [Waiter(UUID(int=n), begin + timedelta(days=day), had) for n, (day, had) in enumerate(said)]
        order = in_order(waiting)
        assert sorted(order, key=lambda each: each.key) == waiting and order == in_order(reversed(waiting))
        assert all((one.had_one, one.since) <= (two.had_one, two.since) for one, two in pairwise(order))
