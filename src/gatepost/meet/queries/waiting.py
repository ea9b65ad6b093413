"""Who waits for a place, in the fair order."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from gatepost.core import clock
from gatepost.meet.fairness import LATELY, Waiter, in_order
from gatepost.meet.models import Booking, Event, Invitation, Waiting


def is_waiting(invitation: Invitation) -> bool:
    """Whether this adult waits for a place here."""
    return Waiting.objects.filter(invitation=invitation, ended_at=None).exists()


def waiting_for(event: Event) -> list[Invitation]:
    """The invitations that wait for a place, whoever is next first."""
    had = Booking.objects.filter(
        status=Booking.Status.BOOKED,
        invitation__child=OuterRef("invitation__child"),
        slot__event__kind=event.kind,
        slot__starts_at__gte=clock.now() - LATELY,
    ).exclude(slot__event=event)
    rows = Waiting.objects.filter(invitation__event=event, ended_at=None).annotate(had_one=Exists(had))
    found = {
        row.invitation_id: (row.invitation, row)
        for row in rows.select_related("invitation__event", "invitation__adult", "invitation__child")
    }
    order = in_order(Waiter(key, row.since, row.had_one) for key, (_invitation, row) in found.items())
    return [found[each.key][0] for each in order]
