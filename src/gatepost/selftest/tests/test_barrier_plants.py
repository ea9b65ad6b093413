"""The barrier finds a leak over each channel."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytest_django.plugin import DjangoDbBlocker

from gatepost.selftest import barrier
from gatepost.selftest.barrier import Seen
from gatepost.selftest.barrier.channels import CHANNELS
from gatepost.selftest.barrier.plants import planted
from gatepost.selftest.barrier.world import STORIES, Drawn, Ground, prepare
from gatepost.testing import Cast, cast_scope

pytestmark = [pytest.mark.django_db, pytest.mark.page]
WAYS = ("mail", "text", "none")
TOLD = (
    "plan",
    "invite",
    "home_note",
    "message_to_me",
    "message_is_said_aloud",
    "long_text",
    "i_am_asked_how_it_was",
    "my_words_are_put",
    "send",
    "other_books",
    "i_book",
    "my_talk",
    "other_talk",
    "other_hears",
    "other_words_are_put",
    "other_says_it_is_unclear",
    "send",
    "other_answers",
    "plan_shared",
    "other_books",
    "i_wait",
    "i_get_it_together",
    "other_gets_it_together",
    "extra_help",
    "send",
    "other_does_not_understand",
)

TOGETHER = (
    (
        "extra help",
        "sheet",
        "help",
        "documents",
        "treated",
        "together",
        "own page",
        "companion",
        "kiosk",
        "calendar",
        "errors",
        "headers",
        "mails",
        "letters",
        "envelopes",
    ),
    ("learning", "agenda", "staff lists", "waiting list", "recordings"),
    ("summaries", "translations"),
    ("thread", "times"),
    ("languages", "statuses"),
)
"""Leaks of which none comes over the channel of another: one world finds them all."""
ALONE = [channel for channel in CHANNELS if not any(channel in leaks for leaks in TOGETHER)]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def prepared(cast_of_module: Cast, django_db_blocker: DjangoDbBlocker) -> Ground:
    """What all worlds stand on. Each ends as it began, so that one is enough for all these stories."""
    with django_db_blocker.unblock(), cast_scope(cast_of_module):
        return prepare(cast_of_module)


@pytest.fixture
def ground(prepared: Ground) -> Iterator[Ground]:
    with cast_scope(prepared.cast):
        yield prepared


def told(way: str) -> Drawn:
    """A world in which something comes over every channel that this way has."""
    steps = tuple((name, 7 + at) for at, name in enumerate(TOLD))
    return Drawn(1, STORIES[1], way, apart=0, one_mailbox=False, conversation=False, steps=steps)


@pytest.fixture(scope="module")
def alike(prepared: Ground, django_db_blocker: DjangoDbBlocker) -> dict[str, Seen]:
    """What came to whom by each way, in worlds without a leak: the same in both twins."""
    seen = {}
    with django_db_blocker.unblock(), cast_scope(prepared.cast):
        for way in WAYS:
            trace: list[dict[str, bool]] = []
            secret, plain = (barrier.live(prepared, told(way), trace, knows=knows) for knows in (True, False))
            assert barrier.difference(told(way), plain, secret) == ""
            seen[way] = plain
    return seen


@pytest.mark.once
@pytest.mark.parametrize("leaks", [*TOGETHER, *((each,) for each in ALONE)], ids=" ".join)
def test_a_leak_is_found_over_each_channel(ground: Ground, alike: dict[str, Seen], leaks: tuple[str, ...]) -> None:
    way = {"texts": "text", "in person": "none"}.get(leaks[0], "mail")
    with ExitStack() as held:
        for channel in leaks:
            held.enter_context(planted(channel))
        leaky = barrier.live(ground, told(way), [], knows=True)
    difference = barrier.difference(told(way), alike[way], leaky)
    assert set(leaks) <= set(difference.partition(":")[0].split(", ")), difference
