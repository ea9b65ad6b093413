"""Twenty senders are killed, on either database; a ledger that repeats or hopes is found out."""

from __future__ import annotations

import pytest

from gatepost import selftest

pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")  # other stories leave threads


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_or_repeated_in_silence_when_senders_are_killed() -> None:
    found = selftest.run("killsend", seed=7, count=20)
    assert (found["failures"], found["example"]) == (0, "")
    assert found["messages"] >= 40 and found["states"]["accepted"] > 10


@pytest.mark.once
@pytest.mark.parametrize(("plant", "word"), [("repeat", "twice"), ("hope", "lost in silence")])
@pytest.mark.django_db(transaction=True)
def test_a_ledger_that_repeats_or_hopes_is_found_out(plant: str, word: str) -> None:
    found = selftest.run("killsend", seed=7, count=16, plant=plant)
    assert found["failures"] and word in found["example"]
