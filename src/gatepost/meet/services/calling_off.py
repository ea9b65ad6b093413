"""Calling off one day: whoever would have come is told, their calendars follow, and nobody's time is kept for it."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.meet import notices
from gatepost.meet.models import Booking, Hold, Invitation, Session, Slot
from gatepost.meet.services import booking as places
from gatepost.meet.services import interpreting
from gatepost.meet.services.holding import Stretch
from gatepost.org.actor import Actor
from gatepost.reach import services as reach


@whole
def call_off(session: Session, *, by: Actor) -> int:
    """This day does not take place.

    Holds afterwards: whoever has a place is told once, and their interpreter; the entry of this day leaves their
    calendars; in a series they keep the other days, else they may choose another time. Returns how many are told.
    """
    if session.starts_at < clock.now():
        raise Refused(_("This day has begun already."))
    in_series = session.event.template.whole
    left = session.event.sessions.filter(called_off_at=None).exclude(pk=session.pk).order_by("starts_at")
    if in_series and not left.exists():
        raise Refused(_("This is the only day that is left. Please ring the families."))
    held = _held(session, whole=in_series)
    if not Session.objects.filter(pk=session.pk, called_off_at=None).update(called_off_at=clock.now()):
        return 0
    interpreting.tell_called_off(held, session)
    if not in_series:
        for each in held:
            places.withdraw(each, by=by)
        Slot.objects.filter(session=session).update(places=0)  # nobody can have it any more
    else:
        _let_go_of_the_day(session, left[0])
        Invitation.objects.filter(pk__in=[each.invitation_id for each in held]).update(changes=F("changes") + 1)
    reach.tell_all(notices.called_off, [_news(each, session, whole=in_series) for each in held], by=by)
    audit.record("meet.called_off", session, by=by, told=len(held))
    return len(held)


def _held(session: Session, *, whole: bool) -> list[Booking]:
    booked = Booking.objects.filter(status=Booking.Status.BOOKED)
    booked = booked.filter(slot__event=session.event_id) if whole else booked.filter(slot__session=session)
    of_it = ("slot__host", "slot__event", "invitation__adult", "invitation__child", "invitation__event")
    return list(booked.select_related(*of_it))


def _let_go_of_the_day(session: Session, first: Session) -> None:
    """Nobody is kept for it, and what can be booked begins with the first day that is left."""
    cells = Stretch(session.starts_at, session.minutes).cells()
    Hold.objects.filter(slot__event=session.event_id, at__in=cells).delete()
    Hold.objects.filter(booking__slot__event=session.event_id, at__in=cells).delete()
    Slot.objects.filter(session=session).update(session=first, starts_at=first.starts_at)


def _news(booking: Booking, session: Session, *, whole: bool) -> reach.News:
    slot, invitation = booking.slot, Invitation.objects.get(pk=booking.invitation_id)
    said = {
        "when_at": (session if whole else slot).starts_at.isoformat(),
        "minutes": (session if whole else slot).minutes,
        "place": session.place or session.event.place,
        "series": whole,
        "number": max(invitation.changes - 1, 0),
    }
    return reach.News(booking.invitation.adult, booking.invitation.child, invitation.pk, said)
