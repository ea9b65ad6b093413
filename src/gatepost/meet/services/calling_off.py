"""Calling off one day: whoever would have come is told, their calendars follow, and nobody's time is kept for it."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.meet import notices
from gatepost.meet.models import Booking, Hold, Invitation, SeatMail, Session, Slot, Waiting
from gatepost.meet.services import booking as places
from gatepost.meet.services import holding, interpreting, telling
from gatepost.meet.services.holding import Stretch
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.services.taking_back import forget


@whole
def call_off(session: Session, *, by: Actor) -> int:
    """This day does not take place.

    Holds afterwards: whoever has a place is told once, and their interpreter; the entry of this day leaves their
    calendars; in a series they keep the other days, else they may choose another time. Of the last day that is left
    whoever waits for a place is told, too. Returns how many are told.
    """
    if session.starts_at < clock.now():
        raise Refused(_("This day has begun already."))
    left = list(session.event.sessions.filter(called_off_at=None).exclude(pk=session.pk).order_by("starts_at"))
    in_series = session.event.template.whole
    if not Session.objects.filter(pk=session.pk, called_off_at=None).update(called_off_at=clock.now()):
        return 0
    holding.nobody_books(session.event_id)
    held = _held(session, whole=in_series)
    if in_series and left:
        _let_one_day_go(session, left[0], held)
    else:
        for each in held:
            places.withdraw(each, by=by)
        Slot.objects.filter(session=session).update(places=0)  # nobody can have it any more
        Hold.objects.filter(slot__session=session).delete()  # whoever would have led it is free
    news = [_news(each, session, series=in_series and bool(left), other=bool(left)) for each in held]
    if not left:
        news += _news_for_who_waits(session)
    reach.tell_all(notices.called_off, news, by=by)
    audit.record("meet.called_off", session, by=by, told=len(news))
    return len(news)


def _let_one_day_go(session: Session, first: Session, held: list[Booking]) -> None:
    """The other days stay as they are, and what can be booked begins with the first of them."""
    interpreting.tell_called_off(held, session)
    telling.tell_each(held, SeatMail.News.RELEASED, session)
    cells = Stretch(session.starts_at, session.minutes).cells()
    Hold.objects.filter(slot__event=session.event_id, at__in=cells).delete()
    Hold.objects.filter(booking__slot__event=session.event_id, at__in=cells).delete()
    theirs = Booking.objects.filter(slot__session=session, pk__in=[each.pk for each in held])
    for each in theirs.select_related("invitation"):
        forget(notices.REMINDERS, subject=each.invitation_id, adult=each.invitation.adult_id)
    theirs.update(reminded_at=None, reminded_today_at=None)  # they are reminded of the day with which it begins now
    Slot.objects.filter(session=session).update(session=first, starts_at=first.starts_at)
    Invitation.objects.filter(pk__in=[each.invitation_id for each in held]).update(changes=F("changes") + 1)


def _held(session: Session, *, whole: bool) -> list[Booking]:
    booked = Booking.objects.filter(status=Booking.Status.BOOKED)
    booked = booked.filter(slot__event=session.event_id) if whole else booked.filter(slot__session=session)
    of_it = ("slot__host", "slot__event", "invitation__adult", "invitation__child", "invitation__event")
    return list(booked.select_related(*of_it))


def _news(booking: Booking, session: Session, *, series: bool, other: bool) -> reach.News:
    """`series`: they keep the other days; `other`: there are days from which they may choose."""
    invitation, whole = Invitation.objects.get(pk=booking.invitation_id), session.event.template.whole
    of = session if whole else booking.slot
    said = {
        "when_at": of.starts_at.isoformat(),
        "minutes": of.minutes,
        "place": session.place or session.event.place,
        "series": series,
        "last": not other,
        "number": max(invitation.changes - 1, 0),
    }
    return reach.News(booking.invitation.adult, booking.invitation.child, invitation.pk, said)


def _news_for_who_waits(session: Session) -> list[reach.News]:
    """Nothing is left to wait for: whoever stood on the list is told, too."""
    waits = Waiting.objects.filter(invitation__event=session.event_id, ended_at=None)
    told = list(waits.select_related("invitation__adult", "invitation__child"))
    Waiting.objects.filter(pk__in=[each.pk for each in told]).update(ended_at=clock.now())
    said = {"when_at": session.starts_at.isoformat(), "series": False, "last": True}
    asked = [each.invitation for each in told]
    return [reach.News(each.adult, each.child, each.pk, said) for each in asked]
