"""What the kitchen has to know: how many eat, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from gatepost.meet.models import Booking, Event

EAT_TOGETHER = 2  # the adult and the child


@dataclass(frozen=True)
class Meals:
    """One day."""

    starts_at: datetime
    families: int
    meals: int


def meals(event: Event) -> list[Meals]:
    """For each session that takes place: the families that hold a place, and how many meals that makes."""
    live = Q(slots__bookings__status=Booking.Status.BOOKED)
    brought = live & Q(slots__bookings__seats__kind="supporter")
    rows = event.sessions.filter(called_off_at=None).annotate(
        families=Count("slots__bookings", filter=live, distinct=True),
        others=Count("slots__bookings__seats", filter=brought, distinct=True),
    )
    return [Meals(row.starts_at, row.families, row.families * EAT_TOGETHER + row.others) for row in rows]
