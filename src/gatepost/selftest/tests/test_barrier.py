"""The barrier finds a leak over each channel, and finds none where there is none."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from gatepost import selftest
from gatepost.selftest import barrier
from gatepost.selftest.barrier.channels import CHANNELS
from gatepost.selftest.barrier.plants import PLANTS, planted
from gatepost.selftest.barrier.steps import OPEN, SECRET, STEPS
from gatepost.selftest.barrier.world import STORIES, Drawn, Ground, prepare
from gatepost.testing import Cast

SEED = 3
TOLD = ("plan", "invite", "send", "other_books", "i_book", "my_talk", "other_talk", "send", "other_answers")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def ground(cast: Cast) -> Ground:
    return prepare(cast)


def told(way: str) -> Drawn:
    """A world in which something comes over every channel that this way has."""
    steps = tuple((name, 7 + at) for at, name in enumerate(TOLD))
    return Drawn(1, STORIES[1], way, apart=0, one_mailbox=False, conversation=False, steps=steps)


@pytest.mark.django_db
def test_twenty_worlds_are_the_same_to_whoever_may_not_know() -> None:
    found = selftest.run("barrier", seed=SEED, count=20)
    assert found["failures"] == 0, found["example"]
    assert min(found["channels"].values()) > 0


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_leak_is_found_over_each_channel(ground: Ground, channel: str) -> None:
    drawn = told({"texts": "text", "in person": "none"}.get(channel, "mail"))
    with planted(channel):
        difference = barrier.twins(ground, drawn, Counter())
    assert channel in difference.partition(":")[0].split(", "), difference


def test_without_a_leak_the_same_worlds_are_alike(ground: Ground) -> None:
    for way in ("mail", "text", "none"):
        assert barrier.twins(ground, told(way), Counter()) == ""


def test_a_world_can_be_lived_again_alone() -> None:
    assert barrier.draw(5, 17) == barrier.draw(5, 17) != barrier.draw(6, 17)
    assert replace(barrier.draw(5, 17), number=0) != barrier.draw(5, 0)


def test_a_channel_over_which_nothing_came_is_a_failure(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(barrier.channels, "CHANNELS", (*CHANNELS, "pigeons"))
    found = selftest.run("barrier", seed=SEED, count=1)
    assert "nothing came over: pigeons" in found["example"] or found["failures"] > 1


def test_every_channel_has_its_leak_and_every_step_is_open_or_secret() -> None:
    assert set(PLANTS) == set(CHANNELS)
    assert set(STEPS.values()) == set(OPEN) | set(SECRET) and not set(OPEN) & set(SECRET)
