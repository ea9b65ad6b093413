"""How much one family gets in a day, and at what hours: what can wait, waits until the morning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count

from gatepost.core import clock
from gatepost.language.dates import LONDON, london_day
from gatepost.reach.models import Notice
from gatepost.reach.taking_back import in_a_minute

A_DAY = 2  # messages to many that one adult gets in a day, unless it is urgent
MORNING, NIGHT = time(7), time(21)
TO_MANY = ("reach.broadcast", "support.home_note")


def soon(*, urgent: bool) -> datetime:
    """In a minute; from nine at night until seven in the morning only what is urgent."""
    at = in_a_minute()
    here = at.astimezone(LONDON)
    if urgent or MORNING <= here.time() < NIGHT:
        return at
    return _morning_of(here if here.time() < MORNING else here + timedelta(days=1))


def tomorrow() -> datetime:
    """The next morning at seven."""
    return _morning_of(clock.now().astimezone(LONDON) + timedelta(days=1))


def _morning_of(day: datetime) -> datetime:
    return datetime.combine(day.date(), MORNING, LONDON)


def who_has_had_enough(adults: Iterable[UUID]) -> set[UUID]:
    """Those of these adults who have had their messages to many for today."""
    midnight = datetime.combine(london_day(clock.now()), time.min, LONDON)
    counts = (
        Notice.objects.filter(adult__in=set(adults), kind__in=TO_MANY, created_at__gte=midnight)
        .exclude(state__in=[Notice.State.RECALLED, Notice.State.BARRED])
        .order_by()
        .values("adult")
        .annotate(number=Count("pk"))
    )
    return {row["adult"] for row in counts if row["number"] >= A_DAY}
