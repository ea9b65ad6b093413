"""Who may come to a meeting; and whether an adult was asked by the child's other parent to come along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from gatepost.core import clock
from gatepost.core.readings import worded_once
from gatepost.disclosure import CareFacts, Disclosed
from gatepost.disclosure.gate import decide_all
from gatepost.know.queries import apart_from, care_facts
from gatepost.meet import notices
from gatepost.meet.models import Booking, Invitation, Seat


@dataclass(frozen=True)
class ShownAlong(Disclosed):
    """The talk to which the other parent comes along: when and with whom, and what they have said themselves."""

    at: datetime
    host: str
    comes: bool
    declined: bool


def shown_along(invitation: Invitation) -> ShownAlong | None:
    """What their own page says of it, if they were asked."""
    sat = asked_along(invitation)
    if sat is None:
        return None
    slot = sat.booking.slot
    return ShownAlong(slot.starts_at, slot.host.name, sat.comes is True, sat.comes is False)


def asked_along(invitation: Invitation) -> Seat | None:
    """The seat that is kept for this adult at the other parent's meeting; none once an order keeps the two apart."""
    if invitation.asked_along_at is None:  # nearly everybody: a rush asks nothing more for it
        return None
    found = next(iter(_seats_for(invitation.adult_id, invitation.event_id, invitation.child_id)), None)
    if found is None or found.booking.slot.ends_at < clock.now():
        return None
    return None if found.booking.invitation.adult_id in apart_from(invitation.adult) else found


def is_barred(sat: Seat) -> bool:
    """Whether an order has come since whoever sits here was asked: the office looks at it first."""
    asked = sat.booking.invitation
    if sat.adult is None:
        return False
    allowed = decide_all(care_facts(sat.adult, asked.child), notices.invitation.facts, on=clock.today()).allowed
    return not allowed or asked.adult_id in apart_from(sat.adult)


@worded_once
def _seats_for(adult: UUID, event: UUID, child: UUID) -> QuerySet[Seat]:
    held = Seat.objects.filter(adult=adult, booking__status=Booking.Status.BOOKED)
    of_it = held.filter(booking__invitation__event=event, booking__invitation__child=child).order_by()
    return of_it.select_related("booking__slot__host", "booking__slot__event", "booking__invitation")[:1]


def may_come(invitation: Invitation) -> bool:
    """Whether the meeting is for this adult, and the gate lets them be told of it today."""
    return lets_come(invitation, care_facts(invitation.adult, invitation.child))


def lets_come(invitation: Invitation, facts: CareFacts) -> bool:
    """The same, where the caller has just read what the gate has to know."""
    if not invitation.event.is_for(invitation.adult_id):
        return False
    return decide_all(facts, notices.invitation.facts, on=clock.today()).allowed
