"""What time it is, for everybody: one place, so that tests can stop it and nobody calls `datetime.now`."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date where the school stands (Europe/London)."""
    return now().astimezone(timezone.get_default_timezone()).date()


def school_days_after(start: date, days: int, closed: Collection[date] = frozenset()) -> date:
    """The day that lies `days` school days after `start`: neither a weekend nor one of the days `closed`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed:
            days -= 1
    return day
