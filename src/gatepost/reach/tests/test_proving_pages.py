"""Mrs Finch sits with an adult: a PIN typed twice, a telephone that rings in their hand, a code on paper."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from gatepost.core.models import AuditEvent
from gatepost.know.confirming import is_confirmed
from gatepost.know.models import Adult, Care, ContactPoint
from gatepost.reach.models import PaperCode, Pin
from gatepost.testing import PIN, Cast
from gatepost.testing.looking import stands_in


def page_of(adult: Adult) -> str:
    return reverse("reach:proofs", args=[adult.pk])


@pytest.mark.parametrize(
    ("who", "status"), [("finch", 200), ("bell", 200), ("ode", 200), ("nye", 403), ("pat_person", 403), ("rook", 404)]
)
def test_who_may_help(cast: Cast, client: Client, who: str, status: int) -> None:
    assert cast.sign_in(client, getattr(cast, who)).get(page_of(cast.amina)).status_code == status


def test_nobody_helps_themselves_or_the_other_parent_of_their_child(cast: Cast, client: Client) -> None:
    cast.owls.children.add(cast.rory, cast.ayan)
    Care.objects.create(school=cast.school, adult=cast.amina, child=cast.rory, standing="parent")
    cast.sign_in(client, cast.pat_person)
    assert client.get(page_of(cast.pat)).status_code == 403
    assert client.get(page_of(cast.amina)).status_code == 403


def test_a_pin_is_chosen_kept_as_a_hash_and_the_adult_is_told(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.finch)
    assert "None yet" in client.get(page_of(cast.hina)).text
    answer = client.post(page_of(cast.hina), {"act": "pin", "pin": PIN, "again": PIN})
    assert answer.status_code == 302
    page = client.get(page_of(cast.hina)).text
    assert "with <bdi>Mrs Finch</bdi>" in page and not stands_in(PIN, page)
    pin = Pin.objects.get(adult=cast.hina)
    assert not stands_in(PIN, str(Pin.objects.values().get())) and pin.digest.startswith("argon2$")
    assert AuditEvent.objects.filter(verb="reach.pin_chosen", school_id=cast.school.pk, thing_id=pin.pk).exists()
    assert not stands_in(PIN, str(list(AuditEvent.objects.values())))
    assert cast.told(cast.hina)[-1].kind == "reach.pin_chosen"
    assert not stands_in(PIN, "".join(cast.letters(cast.hina)))


@pytest.mark.parametrize(
    ("pin", "again", "words"),
    [
        ("123", "123", "four, five or six"),
        ("1234567", "1234567", "four, five or six"),
        ("1234", "1234", "easily guessed"),
        ("98765", "98765", "easily guessed"),
        ("7777", "7777", "easily guessed"),
        ("121212", "121212", "easily guessed"),
        ("1987", "1987", "easily guessed"),
        (PIN, "4939", "not the same"),
    ],
)
def test_a_pin_that_is_no_good_is_refused(cast: Cast, client: Client, pin: str, again: str, words: str) -> None:
    page = cast.sign_in(client, cast.finch).post(page_of(cast.hina), {"act": "pin", "pin": pin, "again": again}).text
    assert words in page
    assert not stands_in(pin, page)
    assert not Pin.objects.exists()


def test_a_pin_can_be_cleared(cast: Cast, client: Client) -> None:
    cast.has_pin(cast.hina)
    cast.sign_in(client, cast.ode).post(page_of(cast.hina), {"act": "clear"})
    assert not Pin.objects.exists()
    assert AuditEvent.objects.filter(verb="reach.pin_cleared").exists()


def test_a_telephone_is_confirmed_face_to_face(cast: Cast, client: Client) -> None:
    ContactPoint.objects.filter(adult=cast.hina).update(confirmed_at=None)
    point = ContactPoint.objects.get(adult=cast.hina)
    cast.sign_in(client, cast.ode)
    assert "Not confirmed" in client.get(page_of(cast.hina)).text
    client.post(page_of(cast.hina), {"act": "confirm", "point": str(point.pk)})
    assert is_confirmed(ContactPoint.objects.get(pk=point.pk))
    other = ContactPoint.objects.filter(adult=cast.jo)
    other.update(confirmed_at=None)
    for foreign in (str(other.get().pk), "not an id", ""):
        assert client.post(page_of(cast.hina), {"act": "confirm", "point": foreign}).status_code == 200
    assert not is_confirmed(other.get())


def test_a_paper_code_is_shown_once_in_their_language(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.finch)
    first = client.post(page_of(cast.hina), {"act": "paper"}).text
    code = re.search(r"<strong>(\d{4} \d{4})</strong>", first)
    assert code and '<div lang="ur" dir="rtl">' in first
    assert code[1].replace(" ", "") not in str(PaperCode.objects.values().get())
    assert code[1] not in client.get(page_of(cast.hina)).text
    client.post(page_of(cast.hina), {"act": "paper"})
    assert PaperCode.objects.filter(expires_at__gt=PaperCode.objects.latest("given_at").given_at).count() == 1
