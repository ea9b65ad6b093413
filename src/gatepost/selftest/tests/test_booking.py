"""A few hundred presses by four processes, on either database; a desk that looks before it claims is found out."""

from __future__ import annotations

from collections import Counter

import pytest

from gatepost import selftest
from gatepost.selftest.booking import shown_to_people

pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")  # other stories leave threads


@pytest.mark.django_db(transaction=True)
def test_no_time_is_given_twice_in_a_rush() -> None:
    found = selftest.run("booking", seed=11, count=200)
    assert (found["failures"], found["example"]) == (0, "")
    assert found["came"]["book: done"] > 10 and found["came"]["book: refused"] > 10


@pytest.mark.once
def test_a_lock_that_somebody_saw_is_wrong() -> None:
    seen = Counter({"book: done": 9, "book: ! database is locked": 2, "again 1": 3})
    assert shown_to_people(seen) == ["shown to a person: book: ! database is locked (2 times)"]


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_desk_that_forgets_is_found_out() -> None:
    found = selftest.run("booking", seed=11, count=120, plant="forget")
    assert found["failures"] and "called taken" in found["example"]
