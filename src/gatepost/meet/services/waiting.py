"""Waiting for a place: a family puts itself on the list, and takes itself off."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.meet import queries
from gatepost.meet.models import Invitation, Waiting
from gatepost.meet.queries.together import may_come
from gatepost.meet.services import booking
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.models import Touch


@whole
def wait(invitation: Invitation, *, by: Actor, way: Touch.Way = Touch.Way.WEB) -> None:
    """Put an adult on the waiting list; done twice, it is done once. A place that is free by now is theirs at once.

    Holds afterwards: they hold a place, or they wait for one.
    """
    booking.one_at_a_time(invitation)
    if queries.booking_of(invitation):
        return
    if not may_come(invitation):
        raise Refused(_("That time has just been taken. Please choose another."))
    waits, is_new = Waiting.objects.get_or_create(
        school_id=invitation.school_id, invitation=invitation, ended_at=None, defaults={"since": clock.now()}
    )
    if is_new:
        reach.answer(invitation.ask, "waiting", way=way, by=by)
        audit.record("meet.waits", waits, by=by)
        booking.promote(invitation.event, by=by)


@whole
def stop_waiting(invitation: Invitation, *, by: Actor, way: Touch.Way = Touch.Way.WEB) -> None:
    """Take an adult off the waiting list. They can choose or wait again."""
    booking.one_at_a_time(invitation)
    if booking.end_waiting(invitation):
        reach.answer(invitation.ask, "declined", way=way, by=by)
        audit.record("meet.stopped_waiting", invitation, by=by)
