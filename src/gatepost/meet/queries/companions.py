"""What whoever comes along may read: when, where, who is there and what is talked about. No child is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepost.core import clock
from gatepost.disclosure import Disclosed
from gatepost.meet.inwords import InWords, beside_of
from gatepost.meet.models import AgendaItem, Booking, Companion, Invitation
from gatepost.meet.queries.agenda import ShownItem, ShownPerson, has_agenda, may_be_read, shown_talk
from gatepost.meet.queries.choosing import booking_of
from gatepost.meet.queries.places import place_for_family, ring_on_the_way, way_of


@dataclass(frozen=True)
class ShownToCompanion(Disclosed):
    """All that their page says."""

    at: datetime
    school: str
    place: str
    way_there: str
    ring: str
    theirs: InWords
    people: tuple[ShownPerson, ...]
    items: tuple[ShownItem, ...]


def live_companion(invitation: Invitation) -> Companion | None:
    """The link that the adult has handed on, if any."""
    return Companion.objects.filter(invitation=invitation, ended_at=None).first()


def opened_by(companion_id: UUID) -> Booking | None:
    """The meeting of a link, while it stands and is not over, and while the adult may read of it themselves."""
    live = Companion.objects.filter(pk=companion_id, ended_at=None)
    found = live.select_related("invitation__event", "invitation__adult", "invitation__child").first()
    if found is None or not found.invitation.event.is_for(found.invitation.adult_id):
        return None
    booking = booking_of(found.invitation)
    if booking is None or booking.slot.ends_at <= clock.now() or not may_be_read(found.invitation):
        return None
    booking.invitation = found.invitation
    return booking if has_agenda(found.invitation) else None


def shown_to_companion(booking: Booking) -> ShownToCompanion:
    """What stands: nothing that still waits for the adult's yes, and nothing that they refused."""
    talk, event, way = shown_talk(booking, nameless=True), booking.slot.event, way_of(booking)
    stands = AgendaItem.objects.filter(invitation=booking.invitation_id, state=AgendaItem.State.STANDS)
    kept = set(stands.values_list("pk", flat=True))
    return ShownToCompanion(
        at=talk.at,
        school=booking.invitation.school.name,
        place=place_for_family(event.place, way),
        way_there="" if way else event.way_there,
        ring=ring_on_the_way(booking.invitation.school),
        theirs=beside_of(event, booking.invitation.adult),
        people=talk.people,
        items=tuple(item for item in talk.items if item.pk in kept),
    )
