"""Who came: written down by staff, session by session."""

from __future__ import annotations

from gatepost.core import audit, clock
from gatepost.core.whole import whole
from gatepost.meet.models import Attendance, Booking, Session
from gatepost.meet.services import another, interpreting
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.models import Touch


@whole
def note_who_came(
    booking: Booking, *, came: bool, by: Actor, session: Session | None = None, reason: str = ""
) -> Attendance:
    """Write down whether an adult came to a session (else to that of the booked time).

    A talk counts as a two-way contact, once a session; an empty chair does not. A meeting that needed an interpreter
    and had none is refused until somebody has said how it took place. `reason`: why somebody did not come,
    as far as the school could change it.
    """
    if came:
        interpreting.refuse_unnoticed(booking)
    there = session or booking.slot.session
    before = Attendance.objects.filter(booking=booking, session=there, came=True).exists()
    noted, _fresh = Attendance.objects.update_or_create(
        booking=booking,
        session=there,
        defaults={
            "school_id": booking.school_id,
            "came": came,
            "reason": "" if came else reason,
            "noted_by_id": by.staff_id,
            "noted_at": clock.now(),
        },
    )
    audit.record("meet.noted_who_came", noted, by=by, came=came)
    if came and not before:
        invitation = booking.invitation
        reach.touch(
            invitation.adult,
            child=invitation.child,
            way=Touch.Way.MEETING,
            two_way=True,
            school_id=booking.school_id,
            by=by,
        )
    if came:
        another.not_needed(booking.invitation)
    else:
        another.offer_if_it_did_not_work(booking.invitation, by=by)
    return noted
