"""One page that was shown has one effect: pressed twice, sent again after a lost connection, or from an old window."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from gatepost.core.models import AuditEvent
from gatepost.meet import queries
from gatepost.meet.models import Booking, Invitation
from gatepost.reach.models import Answer, Notice, Touch
from gatepost.testing import Cast

CHANGED = "Nothing was changed just now"


def seen_on(page: HttpResponse) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page.content.decode())
    assert found, "the page carries no count"
    return found[1]


def rows() -> list[int]:
    return [model.objects.count() for model in (Booking, Notice, Answer, Touch, AuditEvent)]  # type: ignore[attr-defined]


@pytest.fixture
def amina(cast: Cast) -> Invitation:
    return cast.invitation(cast.amina)


@pytest.fixture
def link(cast: Cast, amina: Invitation) -> str:
    return cast.link(cast.amina) + "?in=en"


def test_a_double_click_books_once_and_shows_the_receipt(amina: Invitation, link: str, client: Client) -> None:
    form = {"slot": str(amina.event.slots.all()[0].pk), "seen": seen_on(client.get(link))}
    client.post(link, form)
    before = rows()
    page = client.post(link, form, follow=True).content.decode()
    assert rows() == before
    assert "You have a time" in page and CHANGED not in page


def test_an_old_window_writes_nothing_over_and_says_so(amina: Invitation, link: str, client: Client) -> None:
    first, second = amina.event.slots.all()[:2]
    old = seen_on(client.get(link))
    client.post(link, {"slot": str(first.pk), "seen": old})
    before = rows()
    page = client.post(link, {"slot": str(second.pk), "seen": old}, follow=True).content.decode()
    assert rows() == before
    assert CHANGED in page
    held = queries.booking_of(amina)
    assert held and held.slot == first


def test_the_newer_page_still_moves_it(amina: Invitation, link: str, client: Client) -> None:
    first, second = amina.event.slots.all()[:2]
    client.post(link, {"slot": str(first.pk), "seen": seen_on(client.get(link))})
    client.post(link, {"slot": str(second.pk), "seen": seen_on(client.get(link + "&change=1"))})
    held = queries.booking_of(amina)
    assert held and held.slot == second


@pytest.mark.parametrize("act", [{"act": "give_back"}, {"act": "wish", "supporter": "Hodan"}])
def test_other_buttons_count_once_too(amina: Invitation, link: str, client: Client, act: dict[str, str]) -> None:
    client.post(link, {"slot": str(amina.event.slots.all()[0].pk)})
    form = act | {"seen": seen_on(client.get(link))}
    client.post(link, form)
    before = rows()
    page = client.post(link, form, follow=True).content.decode()
    assert rows() == before
    assert ("You have a time" in page) == (act["act"] == "wish")


def test_wishes_can_be_sent_again_from_the_page_that_follows(amina: Invitation, link: str, client: Client) -> None:
    client.post(link, {"slot": str(amina.event.slots.all()[0].pk)})
    page = client.post(link, {"act": "wish", "supporter": "Hodan", "seen": seen_on(client.get(link))})
    client.post(link, {"act": "wish", "supporter": "Farah", "seen": seen_on(page)})
    held = queries.booking_of(amina)
    assert held and held.seats.get(kind="supporter").detail == "Farah"


def test_saying_no_twice_is_one_answer(link: str, client: Client) -> None:
    no = link.replace("?", "no/?")
    form = {"words": "Work", "seen": seen_on(client.get(no))}
    for _ in range(2):
        assert "Thank you for telling us" in client.post(no, form).content.decode()
    assert Answer.objects.filter(value="declined").count() == 1
