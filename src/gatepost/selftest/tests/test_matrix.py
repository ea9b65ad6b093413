"""The matrix finds nothing wrong in a part of it; it finds an address or a role of which nobody thought."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from gatepost import selftest
from gatepost.org.models import Role
from gatepost.selftest import matrix
from gatepost.selftest.matrix import cells
from gatepost.selftest.matrix.people import WHO
from gatepost.selftest.matrix.policy import CLASSES, EVERYBODY, PolicyError, read
from gatepost.testing.staff import STAFF

pytestmark = pytest.mark.once

SEED = 20261122


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What is refused on purpose, a thousand times, is not logged."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.page
@pytest.mark.django_db
def test_a_drawn_part_of_the_matrix_is_as_the_page_says() -> None:
    found = selftest.run("matrix", seed=SEED, count=600)
    assert found["failures"] == 0, found["example"]
    assert found["cells"] == 600 < found["of"]


def test_every_address_stands_on_the_page_and_every_cell_says_something() -> None:
    policy = read()
    assert matrix.forgotten(policy) == []
    assert len(cells.every_cell(policy)) > 10_000


def test_every_role_of_the_school_has_its_part() -> None:
    played = {STAFF[who.staff][1] for who in WHO if who.staff in STAFF}
    assert set(Role.values) <= played, "add a line to selftest/matrix/people.py"


def test_no_line_of_the_page_is_for_somebody_who_has_no_part() -> None:
    policy = read()
    known = {who.role for who in WHO} | {EVERYBODY, ""}
    lines = [*policy.frames.values(), *(route.lines for route in policy.routes.values())]
    assert not {role for each in lines for role in each} - known


def test_an_address_that_is_not_on_the_page_is_a_failure() -> None:
    policy = read()
    del policy.routes["agree:record"]
    assert matrix.forgotten(policy) == ["agree:record"]


def test_a_line_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(PolicyError, match="count"):
        read("\n== names of children\n  head    yes yes no\n")


def test_the_columns_are_those_of_the_promise() -> None:
    assert set(CLASSES) == {"own", "sibling", "same class", "other class", "elsewhere", "deleted", "restricted"}
