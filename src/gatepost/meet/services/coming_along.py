"""What the other parent says themselves when they were asked to come along."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.know.queries import apart_from
from gatepost.meet import queries
from gatepost.meet.models import Hold, Invitation, Seat
from gatepost.meet.queries.together import asked_along
from gatepost.meet.services import booking, holding
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.models import Touch


@whole
def say_along(invitation: Invitation, *, comes: bool, by: Actor, way: Touch.Way = Touch.Way.WEB) -> None:
    """Keep whether the other parent comes along. Said twice, it is done once; no can be said after yes.

    Holds afterwards: who comes has nothing else at that time, and does not meet whom they are kept apart from.
    """
    booking.one_at_a_time(invitation)
    booking.queue_those_apart(invitation.adult_id, apart_from(invitation.adult))
    invitation.refresh_from_db(fields=["asked_along_at"])
    sat = asked_along(invitation)
    if sat is None:
        raise Refused(_("That has changed meanwhile. Please ring the school."))
    if sat.comes is comes:
        return
    if comes:
        _hold(sat, invitation)
    else:
        Hold.objects.filter(booking=sat.booking, kind=Hold.Kind.ADULT, key=invitation.adult_id).delete()
    if comes or sat.comes:
        reach.answer(invitation.ask, "yes" if comes else "given_back", way=way, by=by)
    Seat.objects.filter(pk=sat.pk).update(comes=comes)
    audit.record("meet.said_along", invitation, by=by, comes=comes)


def _hold(sat: Seat, invitation: Invitation) -> None:
    slot = sat.booking.slot
    clash = _("You have another meeting at that time. Please choose another.")
    if slot.starts_at < clock.now() or queries.is_closed(slot, queries.too_close(invitation)):
        raise Refused(_("That has changed meanwhile. Please ring the school."))
    holding.hold(Hold.Kind.ADULT, invitation.adult_id, holding.stretches_of(slot), of=sat.booking, clash=clash)
