"""How much one family gets in a day, and at what hours: what can wait, waits until the morning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from gatepost.core import clock
from gatepost.language.dates import LONDON, london_day
from gatepost.reach import hours
from gatepost.reach.models import Notice
from gatepost.reach.taking_back import in_a_minute

A_DAY = 2  # messages to many that one adult gets in a day, unless it is urgent
TO_MANY = ("reach.broadcast", "support.home_note")


def soon(*, urgent: bool) -> datetime:
    """In a minute; what is not urgent never in the night."""
    at = in_a_minute()
    return at if urgent or not settings.GATEPOST_QUIET_HOURS else hours.next_time(at)


def tomorrow() -> datetime:
    """When the next day begins."""
    day = clock.now().astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(day, hours.DAY[0], LONDON)


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
