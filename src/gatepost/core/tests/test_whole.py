"""A deed that crossed another is done again; all else that goes wrong is said at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, transaction

from gatepost.core import whole as module
from gatepost.core.whole import TRIES, whole

waits: list[int] = []


@pytest.fixture(autouse=True)
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    waits.clear()
    monkeypatch.setattr(module, "wait", waits.append)
    yield


class Crossed(Exception):
    sqlstate = "40P01"


def locked() -> Exception:
    problem = sqlite3.OperationalError("database is locked")
    problem.sqlite_errorname = "SQLITE_BUSY"
    return problem


def deed(problem: Exception, times: int) -> list[bool]:
    """Fails so often, then succeeds; whether each try was in a transaction of its own."""
    tried: list[bool] = []

    @whole
    def act() -> list[bool]:
        tried.append(connection.in_atomic_block)
        if len(tried) <= times:
            raise OperationalError from problem
        return tried

    return act()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("problem", [Crossed(), locked()])
def test_what_crossed_is_done_again(problem: Exception) -> None:
    assert deed(problem, 2) == [True, True, True]
    assert waits == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_it_is_not_tried_for_ever() -> None:
    with pytest.raises(OperationalError):
        deed(Crossed(), TRIES)
    assert len(waits) == TRIES - 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_not_asked_again() -> None:
    with pytest.raises(OperationalError):
        deed(ConnectionError(), 1)
    assert not waits


@pytest.mark.django_db(transaction=True)
def test_a_part_leaves_it_to_the_whole() -> None:
    tried: list[str] = []

    @whole
    def outer() -> None:
        tried.append("outer")
        deed(Crossed(), 1 if len(tried) == 1 else 0)

    outer()
    assert tried == ["outer", "outer"] and waits == [1]


@pytest.mark.django_db
def test_inside_a_transaction_of_somebody_else_nothing_is_begun_again() -> None:
    with pytest.raises(OperationalError), transaction.atomic():
        deed(Crossed(), 1)
