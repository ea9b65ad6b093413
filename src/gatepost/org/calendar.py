"""When the school is open: its weekdays without the days off that the office keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from gatepost.core import clock
from gatepost.org.models import DaysOff

FURTHEST = timedelta(days=365)  # no deadline of ours lies further away


def closed_days(school_id: UUID, first: date, last: date) -> frozenset[date]:
    """The days off of a school between two days, both included."""
    rows = DaysOff.objects.filter(school=school_id, first_on__lte=last, last_on__gte=first)
    return frozenset(day for row in rows for day in days_from(max(row.first_on, first), min(row.last_on, last)))


def school_days_after(school_id: UUID, start: date, days: int) -> date:
    """The day that lies `days` school days after `start` at this school: its holidays do not count."""
    return clock.school_days_after(start, days, closed_days(school_id, start, start + FURTHEST))


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
