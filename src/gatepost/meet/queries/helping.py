"""What families have asked for so that they can come, until somebody has arranged it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from gatepost.core import clock
from gatepost.meet.models import Arrangement, Booking


def to_arrange(bookings: QuerySet[Booking]) -> list[tuple[Arrangement, Booking]]:
    """For these bookings, where they are still to come: each with its meeting, the one whose day is first."""
    live = bookings.filter(status=Booking.Status.BOOKED, slot__starts_at__gte=clock.now())
    of_it = live.filter(invitation=OuterRef("invitation"))
    waits = Arrangement.objects.filter(Exists(of_it), at=None).order_by("due_on", "id")
    rows = list(waits.select_related("invitation__adult", "invitation__event"))
    held = {each.invitation_id: each for each in live.filter(invitation__in=[row.invitation_id for row in rows])}
    return [(row, held[row.invitation_id]) for row in rows]
