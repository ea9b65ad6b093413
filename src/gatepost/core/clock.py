"""What time it is, for everybody: one place, so that tests can stop it and nobody calls `datetime.now`."""

from datetime import date, datetime, timedelta

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware."""
    return timezone.now()


def today() -> date:
    """Today's date where the school stands (Europe/London)."""
    return timezone.localdate()


def school_days_after(start: date, days: int) -> date:
    """The day that lies `days` weekdays after `start`. School holidays are not known yet and count as school days."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return day
