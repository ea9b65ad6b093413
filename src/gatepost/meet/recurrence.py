"""Which days a meeting that comes back every week falls on. Pure: days in, days out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(weeks=1)
MOST_SKIPPED = 20  # weeks in a row without one open day: then somebody has typed in something else


@dataclass(frozen=True)
class Weekly:
    """The days on which it takes place, and those that were left out since the school is closed."""

    days: tuple[date, ...]
    left_out: tuple[date, ...]


def weekly(first: date, count: int, closed: Collection[date]) -> Weekly:
    """The same weekday `count` times from `first` on; a week in which the school is closed then is left out."""
    days: list[date] = []
    left_out: list[date] = []
    day = first
    while len(days) < count and len(left_out) < MOST_SKIPPED:
        (left_out if day in closed else days).append(day)
        day += WEEK
    return Weekly(tuple(days), tuple(left_out))


def furthest(first: date, count: int) -> date:
    """The last day that `weekly` could look at."""
    return first + (count + MOST_SKIPPED) * WEEK
