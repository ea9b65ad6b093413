"""The barrier finds no leak where there is none, and a channel over which nothing came."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from gatepost import selftest
from gatepost.selftest import barrier
from gatepost.selftest.barrier.channels import CHANNELS
from gatepost.selftest.barrier.plants import PLANTS
from gatepost.selftest.barrier.steps import OPEN, SECRET, STEPS

SEED = 3


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.page
@pytest.mark.once
@pytest.mark.django_db
def test_some_worlds_are_the_same_to_whoever_may_not_know() -> None:
    found = selftest.run("barrier", seed=SEED, count=26)
    assert found["failures"] == 0, found["example"]
    assert min(found["channels"].values()) > 0


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
