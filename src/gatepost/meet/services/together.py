"""The child's other parent comes, too: asked on their own way, and only where they may be there.

Whoever said that they come learns nothing of it: not whether they were asked, nor what they said. Nobody is asked who
does not live with them and the child, whom the gate keeps out, or whom an order keeps apart from them.
"""

from __future__ import annotations

from django.db.models import QuerySet

from gatepost.core import audit, clock
from gatepost.disclosure import Tri
from gatepost.know.models import Care
from gatepost.know.queries import apart_from, known_on
from gatepost.meet import notices
from gatepost.meet.models import Booking, Hold, Invitation, Seat
from gatepost.meet.queries.together import may_come
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.services.taking_back import forget


def keep_in_step(booking: Booking, *, wanted: bool, before: Booking | None, by: Actor) -> None:
    """Seat the other parent at a time, or not any more; at another time they are asked anew.

    Holds afterwards: whoever was asked has been told what stands, on their own way.
    """
    sat = Seat.objects.filter(booking=before or booking, kind=Seat.Kind.SECOND_PARENT).select_related("adult").first()
    if sat and wanted and before is None:
        return
    if sat and before is None:
        sat.delete()
    if wanted:
        asked = _meant(booking.invitation)
        Seat.objects.create(
            school_id=booking.school_id,
            booking=booking,
            kind=Seat.Kind.SECOND_PARENT,
            detail=asked.adult.name if asked else "",
            adult=asked.adult if asked else None,
        )
        if asked:
            audit.record("meet.asked_along", booking, by=by)
            _tell(asked, booking, stands=True, by=by)
    if sat and sat.adult and not wanted:
        _not_any_more(sat, before or booking, by=by)


def release(booking: Booking, *, by: Actor) -> None:
    """The meeting does not take place: whoever was to come along is told on their own way."""
    for sat in Seat.objects.filter(booking=booking, adult__isnull=False).select_related("adult"):
        _not_any_more(sat, booking, by=by)


def _not_any_more(sat: Seat, booking: Booking, *, by: Actor) -> None:
    Hold.objects.filter(booking=booking, kind=Hold.Kind.ADULT, key=sat.adult_id).delete()  # type: ignore[misc]
    asked = _invited(booking.invitation).filter(adult=sat.adult_id).first()
    if asked and sat.comes is not False:
        _tell(asked, booking, stands=False, by=by)


def _invited(invitation: Invitation) -> QuerySet[Invitation]:
    same = Invitation.objects.filter(event=invitation.event_id, child=invitation.child_id)
    return same.exclude(pk=invitation.pk).select_related("adult", "child", "event")


def _meant(invitation: Invitation) -> Invitation | None:
    """The one adult who lives with this adult and the child, was invited on their own, and may come."""
    cares = Care.objects.filter(child=invitation.child_id, ended_on=None)
    home = {care.adult_id for care in cares if known_on(care, "lives_with", clock.today()) == Tri.YES}
    if invitation.adult_id not in home:
        return None
    others = home - apart_from(invitation.adult)
    found = [each for each in _invited(invitation).filter(adult__in=others) if may_come(each)]
    return found[0] if len(found) == 1 else None


def _tell(asked: Invitation, booking: Booking, *, stands: bool, by: Actor) -> None:
    """Of several news one after the other, only the last is said."""
    Invitation.objects.filter(pk=asked.pk).update(asked_along_at=clock.now())
    forget([notices.asked_along.name], subject=asked.pk, adult=asked.adult_id)
    slot = booking.slot
    said = {"when_at": slot.starts_at.isoformat(), "stands": stands, "host": slot.host.name}
    reach.tell(asked.adult, notices.asked_along, about=asked.child, subject=asked.pk, by=by, **said)
