"""Every page, for everybody: the right answer, valid HTML, no model within a family's reach, queries that stay few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import html5lib
import pytest
from django.db import connection, models
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from gatepost.agree import services as agree
from gatepost.meet import services as meet
from gatepost.testing import Cast, cast_scope
from tests.pages import FAMILY_PAGES, PAGES, POSTS, World, answers
from tests.test_architecture import every_named_view


def sign_in(cast: Cast, client: Client, who: str) -> Client:
    client.logout()
    return client if who == "nobody" else cast.sign_in(client, getattr(cast, who))


def must_be_valid(page: bytes) -> None:
    if connection.vendor == "sqlite":  # a slow reader: what it reads does not hang on the database
        html5lib.HTMLParser(strict=True).parse(page.decode())
    ids = re.findall(r'\sid="([^"]+)"', page.decode())
    assert len(ids) == len(set(ids)), f"an id stands twice: {sorted(i for i in ids if ids.count(i) > 1)}"


def test_no_page_was_forgotten() -> None:
    known = set(PAGES) | set(FAMILY_PAGES) | POSTS
    assert set(every_named_view()) <= known, "say in tests/pages.py who may open it"


@pytest.fixture(scope="module")
def signed_in(world_of_module: World, django_db_blocker: DjangoDbBlocker) -> dict[str, SimpleCookie]:
    """What a browser keeps of everybody, once they have signed in."""
    with django_db_blocker.unblock(), cast_scope(world_of_module.cast) as cast:
        everybody = {who for name in PAGES for who in answers(name)}
        return {who: sign_in(cast, Client(), who).cookies for who in everybody}


@pytest.mark.parametrize("name", PAGES)
def test_who_may_open_it(made: World, signed_in: dict[str, SimpleCookie], client: Client, name: str) -> None:
    expected = answers(name)
    url = PAGES[name][0](made)
    found: dict[str, int] = {}
    for who in expected:
        client.cookies = SimpleCookie({key: morsel.value for key, morsel in signed_in[who].items()})
        answer = client.get(url)
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
    made: World, client: Client, rendered: list[Any], name: str
) -> None:
    url = FAMILY_PAGES[name](made, client)
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


LISTS = ["front:today", "front:office", "meet:events", "meet:event", "meet:preview", "agree:promises"]
LISTS += ["front:orders", "measure:left_out"]
LISTS += ["measure:not_heard", "measure:attendance", "front:families", "front:child", "front:adult", "front:family"]
LISTS += ["measure:figures", "staff:people", "front:glass_report", "advice:agreements"]


@pytest.mark.once
def test_more_rows_cost_no_more_queries(made: World, client: Client) -> None:
    cast = made.cast
    urls = {name: PAGES[name][0](made) for name in LISTS}
    sign_in(cast, client, "bell")
    counts: dict[str, list[int]] = {name: [] for name in LISTS}
    for more in (1, 9, 90):
        grow(made, more)
        for name, url in urls.items():
            client.get(url)  # what is loaded once
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts[name].append(len(queries))
    assert {name: found for name, found in counts.items() if len(set(found)) > 1} == {}


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
