"""Who may play a part, and who decides about the time of an adult under an order."""

from __future__ import annotations

from django.conf import settings

from gatepost.meet.models import Booking
from gatepost.meet.rules import may_note
from gatepost.org.actor import Actor
from gatepost.org.rules import may_protect


def may_play(actor: Actor) -> bool:
    """Everybody in the demonstration; nobody anywhere else."""
    return bool(settings.GATEPOST_DEMO)


def may_decide_time(actor: Actor, booking: Booking) -> bool:
    """Whoever may know of the order, and never about their own child."""
    return may_protect(actor) and may_note(actor, booking)
