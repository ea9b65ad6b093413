"""Every page, for everybody: the right answer, valid HTML, no model within a family's reach, queries that stay few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from django.db import connection, models
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext

from gatepost.agree import services as agree
from gatepost.meet import services as meet
from gatepost.testing import Cast
from tests.pages import FAMILIES, FAMILY_PAGES, PAGES, POSTS, World, answers, world
from tests.test_architecture import every_named_view


def sign_in(cast: Cast, client: Client, who: str) -> Client:
    client.logout()
    return client if who == "nobody" else cast.sign_in(client, getattr(cast, who))


def must_be_valid(page: bytes) -> None:
    html5lib.HTMLParser(strict=True).parse(page.decode())
    ids = re.findall(r'\sid="([^"]+)"', page.decode())
    assert len(ids) == len(set(ids)), f"an id stands twice: {sorted(i for i in ids if ids.count(i) > 1)}"


def test_no_page_was_forgotten() -> None:
    known = set(PAGES) | set(FAMILY_PAGES) | POSTS
    assert set(every_named_view()) <= known, "say in tests/pages.py who may open it"


@pytest.mark.parametrize("name", PAGES)
def test_who_may_open_it(cast: Cast, client: Client, name: str) -> None:
    expected = answers(name)
    url = PAGES[name][0](world(cast))
    found: dict[str, int] = {}
    for who in expected:
        answer = sign_in(cast, client, who).get(url)
        is_new = answer.status_code in (200, 403, 404) and answer.status_code not in found.values()
        if is_new and answer.headers["Content-Type"].startswith("text/html"):
            must_be_valid(answer.content)
        found[who] = answer.status_code
    assert found == expected


@pytest.fixture
def rendered() -> Iterator[list[Any]]:
    """Every context that a template was rendered with."""
    contexts: list[Any] = []

    def note(sender: object, context: Any, **_: Any) -> None:
        contexts.append(context)

    template_rendered.connect(note)
    yield contexts
    template_rendered.disconnect(note)


def models_in(value: object, depth: int = 0) -> list[models.Model | models.QuerySet[Any]]:
    """Models that a template could reach from this value in a few steps."""
    if isinstance(value, models.Model | models.QuerySet):
        return [value]
    if depth > 3:
        return []
    if isinstance(value, dict):
        return [found for each in value.values() for found in models_in(each, depth + 1)]
    if isinstance(value, list | tuple | set):
        return [found for each in value for found in models_in(each, depth + 1)]
    if hasattr(value, "__dataclass_fields__"):
        return models_in(vars(value) if hasattr(value, "__dict__") else {}, depth + 1)
    return []


@pytest.mark.parametrize("name", FAMILY_PAGES)
def test_a_familys_page_is_valid_and_reaches_no_model(
    cast: Cast, client: Client, rendered: list[Any], name: str
) -> None:
    url = FAMILY_PAGES[name](world(cast), client)
    rendered.clear()
    for language in ("", "?in=ur", "?in=so", "?in=en"):
        answer = client.get(url + language)
        assert answer.status_code == 200
        if answer.headers["Content-Type"].startswith("text/html"):
            must_be_valid(answer.content)
            assert len(answer.content) < 20_000
            assert b"<script" not in answer.content
    ours = {"user", "perms", "request", "csrf_token", "view"}  # Django's own; templates for families use none of them
    for context in rendered:
        flat = {key: value for key, value in context.flatten().items() if key not in ours}
        assert models_in(flat) == []


@pytest.mark.parametrize(("who", "how"), FAMILIES.items())
def test_what_reaches_each_adult_and_what_their_page_shows(cast: Cast, client: Client, who: str, how: str) -> None:
    cast.invite_all()
    adult = getattr(cast, who)
    states = [notice.state for notice in cast.told(adult)]
    if how in ("nothing", "in person"):
        assert states == (["by_hand"] if how == "in person" else [])
        assert cast.letters(adult) == []
        return
    page = client.get(cast.link(adult) + "?in=en")
    assert page.status_code == 200
    child = adult.invitations.get().child
    assert (child.called in page.content.decode()) is (how != "shared")
    assert (child.called in cast.letters(adult)[0]) is (how != "shared")
    others = [name for key, name in names(cast).items() if key != who and name not in names(cast)[who]]
    assert not [name for name in others if name in page.content.decode() + cast.letters(adult)[0]]


def names(cast: Cast) -> dict[str, str]:
    """Every adult of the cast by their full name."""
    return {who: getattr(cast, who).name for who in FAMILIES}


LISTS = ["front:today", "front:office", "meet:events", "meet:event", "meet:preview", "agree:promises"]
LISTS += ["front:orders", "measure:left_out"]
LISTS += ["measure:not_heard", "measure:attendance", "front:families", "front:child", "front:adult", "front:family"]
LISTS += ["measure:not_heard", "measure:attendance", "measure:figures", "staff:people", "front:glass_report"]
LISTS += ["advice:agreements"]


@pytest.mark.parametrize("name", LISTS)
def test_more_rows_cost_no_more_queries(cast: Cast, client: Client, name: str) -> None:
    made = world(cast)
    url = PAGES[name][0](made)
    sign_in(cast, client, "bell")
    counts = []
    for more in (1, 9, 90):
        grow(made, more)
        client.get(url)  # what is loaded once
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def grow(made: World, more: int) -> None:
    """So many more families: invited, some booked, with talks and promises; and so many more events."""
    cast, event = made.cast, made.booking.slot.event
    cast.families(more)
    invited = meet.invite(event, by=cast.actor_of(cast.finch))
    free = list(event.slots.filter(taken=0))
    for invitation, slot in zip(invited[:6], free, strict=False):
        booking = meet.book(invitation, slot, wishes=meet.Wishes("x", "y", "ur"), by=cast.family_actor(invitation))
        agree.open_record(booking, by=cast.actor_of(cast.ode))
    for _ in range(min(more, 20)):
        cast.event(title=f"Evening {more}")
