"""What adults do behind a link: confirm where they read, give a time back, take it back; and what is kept of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from gatepost.agree.tests.saying import shared
from gatepost.core import clock
from gatepost.core.models import AuditEvent, Limit
from gatepost.exchange.demo import cast as demo_cast
from gatepost.front import demo as front_demo
from gatepost.know.confirming import is_confirmed
from gatepost.know.models import Adult, ContactPoint
from gatepost.reach import links, visits
from gatepost.reach.models import Draft, FamilyLink, LinkCode, Pin
from gatepost.testing import PIN, Cast
from tests.family_door import Phone, summary

NOON = datetime(2027, 2, 4, 12, 0, 1, tzinfo=UTC)
WRONG = "0" * 6


# ── contact points ───────────────────────────────────────────────────────────────────────────────


def test_a_code_typed_in_confirms_where_it_was_sent(cast: Cast, client: Client) -> None:
    ContactPoint.objects.filter(adult=cast.jo).update(confirmed_at=None)
    cast.open_record(client, cast.jo, summary(cast, cast.jo))
    assert is_confirmed(ContactPoint.objects.get(adult=cast.jo))


def test_an_unconfirmed_point_hears_the_name_in_an_invitation_only(cast: Cast) -> None:
    ContactPoint.objects.filter(adult=cast.jo).update(confirmed_at=None)
    cast.invite_all()
    assert "Ella" in cast.letters(cast.jo)[0]
    shared(cast, cast.jo)
    later = cast.letters(cast.jo)[2:]
    assert later and not [words for words in later if "Ella" in words or "talk" in words]
    assert all("The school has a message for you" in words for words in later)


@pytest.mark.parametrize("stale", ["a year ago", "came back", "asked again"])
def test_a_confirmation_ends(cast: Cast, stale: str) -> None:
    point = ContactPoint.objects.get(adult=cast.jo)
    assert is_confirmed(point)
    if stale == "a year ago":
        point.confirmed_at = clock.now() - timedelta(days=366)
    elif stale == "came back":
        point.bounced_at = clock.now() + timedelta(seconds=1)
    else:
        point.confirm_again_on = clock.today()
    assert not is_confirmed(point)


# ── acts by link: announced elsewhere, undone for a while ────────────────────────────────────────


def booked(cast: Cast, client: Client, adult: Adult) -> str:
    invitation = cast.invitation(adult)
    url = cast.link(adult)
    slot = cast.slot(event=invitation.event)
    client.post(url, {"slot": str(slot.pk), "talk_about": "Reading", "supporter": "Hodan"})
    return url


def test_giving_back_by_link_is_told_on_the_other_channel(cast: Cast, client: Client) -> None:
    url = booked(cast, client, cast.ruth)
    client.post(url, {"act": "give_back"})
    told = cast.told(cast.ruth)[-1]
    assert told.kind == "meet.given_back"
    assert [delivery.channel for delivery in told.deliveries.all()] == ["email"]


def test_with_one_telephone_it_is_told_there(cast: Cast, client: Client) -> None:
    url = booked(cast, client, cast.amina)
    client.post(url, {"act": "give_back"})
    assert [delivery.channel for delivery in cast.told(cast.amina)[-1].deliveries.all()] == ["sms"]


def test_a_time_given_back_by_a_slip_is_taken_back_with_its_wishes(cast: Cast, client: Client) -> None:
    url = booked(cast, client, cast.ruth)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        client.post(url, {"act": "give_back"})
        assert "take_back" in client.get(url).text
        client.post(url, {"act": "take_back"})
        booking = cast.invitation(cast.ruth).bookings.get(status="booked")
        words = booking.invitation.agenda.get().words
        assert (words, booking.seats.get(kind="supporter").detail) == ("Reading", "Hodan")
        client.post(url, {"act": "give_back"})
        traveller.shift(timedelta(minutes=15, seconds=1))
        assert "take_back" not in client.get(url).text
        client.post(url, {"act": "take_back"})
        assert not cast.invitation(cast.ruth).bookings.filter(status="booked").exists()


def test_a_time_that_somebody_else_has_taken_is_gone(cast: Cast, client: Client) -> None:
    url = booked(cast, client, cast.ruth)
    slot = cast.invitation(cast.ruth).bookings.get().slot
    client.post(url, {"act": "give_back"})
    slot.refresh_from_db()
    Phone().post(cast.link(cast.dawn), {"slot": str(slot.pk)})
    assert "take_back" not in client.get(url).text
    client.post(url, {"act": "take_back"})
    assert not cast.invitation(cast.ruth).bookings.filter(status="booked").exists()


# ── odds and ends ────────────────────────────────────────────────────────────────────────────────


def test_no_code_pin_or_token_is_kept_or_logged_as_it_is(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.jo)
    cast.open_record(client, cast.jo, url)
    token, code = url.split("/")[2], cast.code(cast.jo)
    for model in (FamilyLink, LinkCode, Pin, AuditEvent, Limit):
        kept = str(list(model._default_manager.values()))
        assert token not in kept and not re.search(rf"(?<![\w-])({code}|{PIN})(?![\w-])", kept)


def test_a_session_holds_no_words_of_a_family(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.jo)
    client.post(url, {"correction": "Waa laba jeer", "correct": "1"})
    assert set(client.session.keys()) == {visits.BROWSER, "_session_expiry"}
    assert links.token_hash(client.session[visits.BROWSER]) == Draft.objects.get().browser


def test_the_demonstration_says_the_pin_that_its_families_have() -> None:
    assert front_demo.PIN == demo_cast.PIN == PIN
