"""Into which part of the day a time falls, and whether that is one of which an adult has told us."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from gatepost.know.models import TimeOfDay
from gatepost.language.dates import LONDON
from gatepost.reach.delivery.hours import WISHES

SATURDAY = 5


def part_of(moment: datetime) -> str:
    """The part of the day; blank at night."""
    at = moment.astimezone(LONDON)
    if at.weekday() >= SATURDAY:
        return TimeOfDay.WEEKEND.value
    found = (part for part, (begins, ends) in WISHES.items() if begins <= at.time() < ends)
    return str(next(found, ""))


def fitting(moments: Iterable[datetime], told: Collection[str]) -> set[datetime]:
    """Those that fall into the parts of the day which an adult has named; where all do, none stands out."""
    if not told:
        return set()
    each = set(moments)
    found = {moment for moment in each if part_of(moment) in told}
    return set() if found == each else found
