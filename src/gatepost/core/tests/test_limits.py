"""Budgets: spent once by each, never overspent by many at once, whole again later, and nobody can read who spent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import RequestFactory, override_settings

from gatepost.core import limits
from gatepost.core.errors import Wait
from gatepost.core.limits import Budget
from gatepost.core.models import Limit

NOON = datetime(2027, 2, 4, 12, 0, 1, tzinfo=UTC)
FEW = Budget("few", 3, 3600)
MANY = Budget("many", 100, 3600)


@pytest.mark.django_db
def test_a_budget_is_spent_and_whole_again_in_the_next_hour() -> None:
    with time_machine.travel(NOON, tick=False) as traveller:
        assert [limits.spend(FEW, "a") for _ in range(3)] == [None] * 3
        assert limits.spend(FEW, "a") == datetime(2027, 2, 4, 13, tzinfo=UTC)
        assert limits.spend(FEW, "b") is None
        traveller.shift(timedelta(hours=1))
        assert limits.spend(FEW, "a") is None


@pytest.mark.django_db
def test_what_costs_more_takes_more() -> None:
    assert limits.spend(FEW, "a", cost=4)
    assert limits.spend(FEW, "a", cost=2) is None
    assert limits.spend(FEW, "a", cost=2)
    assert limits.spend(FEW, "a", cost=1) is None


@pytest.mark.django_db
def test_of_several_budgets_all_are_spent_or_none() -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(3):
            limits.spend_all([(MANY, "a"), (FEW, "a")])
        with pytest.raises(Wait) as found:
            limits.spend_all([(MANY, "a"), (FEW, "a")])
        assert found.value.until == datetime(2027, 2, 4, 13, tzinfo=UTC)
    assert sorted(Limit.objects.values_list("count", flat=True)) == [3, 3]


@pytest.mark.django_db
def test_nobody_reads_back_who_spent() -> None:
    limits.spend(FEW, "+447700900101")
    assert "7700900101" not in str(Limit.objects.values().get())


@pytest.mark.django_db
def test_what_is_over_is_forgotten() -> None:
    with time_machine.travel(NOON, tick=False) as traveller:
        limits.spend(FEW, "a")
        assert limits.forget_old() == 0
        traveller.shift(timedelta(hours=2))
        assert limits.forget_old() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_overspend() -> None:
    def spend() -> bool:
        with suppress(OperationalError):  # SQLite in memory sends a second writer away, where a file lets it wait
            return limits.spend(FEW, "one phone") is None
        return spend()

    def greedy(_: int) -> int:
        try:
            return sum(spend() for _ in range(10))
        finally:
            connection.close()

    with time_machine.travel(NOON, tick=False), ThreadPoolExecutor(4) as crowd:
        assert sum(crowd.map(greedy, range(4))) == FEW.most


@pytest.mark.parametrize(
    ("address", "forwarded", "proxies", "found"),
    [
        ("203.0.113.7", "", 0, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", 0, "203.0.113.7"),  # nobody told us to believe it
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", 1, "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", 2, "198.51.100.1"),
        ("127.0.0.1", "203.0.113.9", 2, ""),
        ("127.0.0.1", "", 0, ""),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("not an address", "", 0, ""),
    ],
)
def test_a_network_is_what_the_last_proxy_we_trust_saw(address: str, forwarded: str, proxies: int, found: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(GATEPOST_PROXIES=proxies):
        assert limits.network_of(request) == found
