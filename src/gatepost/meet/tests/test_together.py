"""Hina says that Bilal, Zara's father who lives with them, comes along: he is asked himself, and she learns nothing."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar
from gatepost.know.models import Adult, Channel, ContactPoint
from gatepost.know.services import record_order
from gatepost.language.dates import LONDON
from gatepost.meet import queries, seats, services
from gatepost.meet.models import Booking, Hold, Invitation, Seat
from gatepost.reach.models import Touch
from gatepost.testing import Cast
from gatepost.testing.texting import text_from

ALONG = services.Wishes(second_parent=True, child=True)


def asks(cast: Cast, at: int = 0, wishes: services.Wishes = ALONG) -> tuple[Booking, Invitation]:
    """Hina's meeting, and Bilal's own invitation."""
    hers, his = cast.invitation(cast.hina), cast.invitation(cast.bilal)
    slot = hers.event.slots.order_by("starts_at")[at]
    return services.book(hers, slot, wishes=wishes, by=cast.family_actor(hers)), his


def seat(booking: Booking) -> Seat:
    return Seat.objects.get(booking=booking, kind=Seat.Kind.SECOND_PARENT)


def says(cast: Cast, his: Invitation, *, comes: bool) -> None:
    services.say_along(his, comes=comes, by=cast.family_actor(his))


def held_for(cast: Cast, booking: Booking) -> bool:
    return Hold.objects.filter(booking=booking, key=cast.bilal.pk).exists()


def test_bilal_is_asked_on_his_own_way_and_his_time_is_kept_once_he_says_yes(cast: Cast, client: Client) -> None:
    booking, his = asks(cast)
    assert cast.told(cast.bilal)[-1].kind == "meet.asked_along" and "meet.asked_along" not in kinds(cast, cast.hina)
    assert seat(booking).comes is None and not held_for(cast, booking)
    page = cast.link(cast.bilal)
    assert b'name="along"' in client.get(page).content
    client.post(page, {"along": "yes"}), client.post(page, {"along": "yes"})
    assert seat(booking).comes and held_for(cast, booking)
    assert his.ask.answers.get().value == "yes"
    with pytest.raises(Refused, match="another meeting"):
        day = booking.slot.starts_at.astimezone(LONDON)
        evening = cast.event(hosts=[cast.nye], days=[day.date()], begins=day.time(), ends=time(20))
        other = cast.invitation(cast.bilal, event=evening)
        slot = evening.slots.get(starts_at=booking.slot.starts_at)
        services.book(other, slot, wishes=services.Wishes(), by=cast.family_actor(other))
    client.post(page, {"along": "no"})
    assert seat(booking).comes is False and not held_for(cast, booking)


def kinds(cast: Cast, adult: Any) -> list[str]:
    return [each.kind for each in cast.told(adult)]


def test_hinas_page_says_the_same_whatever_he_says(cast: Cast) -> None:
    _booking, his = asks(cast)
    page, hers = cast.link(cast.hina), []
    for comes in (None, True, False):
        if comes is not None:
            says(cast, his, comes=comes)
        answer = Client().get(page)
        hers.append(answer.content.replace(str(answer.context["csrf_token"]).encode(), b""))
    assert len({len(each) for each in hers}) == 1 and "Bilal" not in hers[0].decode()


def test_at_another_time_he_is_asked_anew_and_told_when_it_is_off(cast: Cast) -> None:
    booking, his = asks(cast)
    says(cast, his, comes=True)
    moved, _ = asks(cast, at=3)
    assert seat(moved).comes is None and not held_for(cast, booking) and not held_for(cast, moved)
    said = [each.params for each in cast.told(cast.bilal) if each.kind == "meet.asked_along"]
    assert [each["stands"] for each in said] == [True, True]
    assert said[-1]["when_at"] == moved.slot.starts_at.isoformat()
    services.give_back(moved.invitation, by=cast.family_actor(moved.invitation))
    assert not cast.told(cast.bilal)[-1].params["stands"]
    with pytest.raises(Refused, match="changed"):
        says(cast, his, comes=True)


def test_he_is_unseated_when_she_wishes_otherwise(cast: Cast) -> None:
    booking, _his = asks(cast)
    services.wish(booking.invitation, wishes=services.Wishes(), by=cast.family_actor(booking.invitation))
    assert not Seat.objects.exists() and not cast.told(cast.bilal)[-1].params["stands"]


def test_the_page_of_whoever_was_not_asked_looks_for_nothing_more(cast: Cast, client: Client) -> None:
    cast.invitation(cast.hina)
    page = cast.link(cast.hina)
    with CaptureQueriesContext(connection) as queries_of_page:
        client.get(page)
    assert not [each for each in queries_of_page.captured_queries if "meet_seat" in each["sql"]]


def test_a_yes_by_text_counts_like_a_click(cast: Cast) -> None:
    number = "+447700900155"
    ContactPoint.objects.filter(adult=cast.bilal).delete()
    point = {"channel": Channel.SMS, "value": number, "confirmed_at": cast.invitation(cast.bilal).made_at}
    ContactPoint.objects.create(organisation=cast.organisation, adult=cast.bilal, **point)
    booking, his = asks(cast)
    assert text_from(cast, cast.bilal, "yes").adult == cast.bilal
    assert seat(booking).comes and his.ask.answers.get().way == Touch.Way.SMS


def test_mrs_finch_keys_what_he_says_on_the_telephone(cast: Cast, client: Client) -> None:
    booking, his = asks(cast)
    page = f"/meet/invitations/{his.pk}/answer/"
    cast.sign_in(client, cast.finch).post(page, {"along": "yes"})
    assert seat(booking).comes and his.ask.answers.get().way == Touch.Way.PHONE
    assert cast.bilal.name in client.get(f"/meet/bookings/{booking.pk}/prepare/").content.decode()


def test_who_lives_elsewhere_or_is_kept_apart_is_never_asked(cast: Cast) -> None:
    jo, mark = cast.invitation(cast.jo), cast.invitation(cast.mark)
    booking = services.book(jo, jo.event.slots.all()[0], wishes=ALONG, by=cast.family_actor(jo))
    assert seat(booking).adult is None and "meet.asked_along" not in kinds(cast, cast.mark)
    assert mark.ask.answers.count() == 0


def order(cast: Cast, bar: Bar, keeps_apart_from: Adult | None = None) -> None:
    """About Bilal and Zara, from today."""
    seen: dict[str, Any] = {"seen_by": cast.bell, "from_on": clock.today(), "by": None}
    record_order(cast.bilal, child=cast.zara, bars=frozenset({bar}), keeps_apart_from=keeps_apart_from, **seen)


def test_whom_an_order_bars_is_not_asked(cast: Cast) -> None:
    cast.invitation(cast.bilal)
    order(cast, Bar.EVERYTHING)
    hers = cast.invitation(cast.hina)
    booking = services.book(hers, hers.event.slots.all()[0], wishes=ALONG, by=cast.family_actor(hers))
    assert seat(booking).adult is None and "meet.asked_along" not in kinds(cast, cast.bilal)


def test_an_order_that_keeps_the_two_apart_ends_it_at_once(cast: Cast, client: Client) -> None:
    booking, his = asks(cast)
    says(cast, his, comes=True)
    order(cast, Bar.CONTACT_WITH_ADULT, keeps_apart_from=cast.hina)
    assert b'name="along"' not in client.get(cast.link(cast.bilal)).content
    with pytest.raises(Refused, match="changed"):
        says(cast, his, comes=True)
    shown = cast.sign_in(client, cast.finch).get(f"/meet/bookings/{booking.pk}/prepare/").content.decode()
    assert "Ask the office before they come" in shown


def test_every_kind_of_seat_says_what_it_may_see(cast: Cast) -> None:
    assert set(seats.SEES) == set(Seat.Kind.values)
    booking, _his = asks(cast, wishes=services.Wishes(supporter="Farah", supporter_role="My sister", advocate=True))
    assert list(booking.seats.values_list("kind", "detail", "role")) == [("advocate", "Farah", "My sister")]
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(booking=booking).update(adult=cast.bilal)
    assert queries.booking_of(booking.invitation) == booking
