"""Moving a whole event to another place: everybody who comes is told, and their calendars follow."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.meet import notices
from gatepost.meet.inwords import ask_for_words_of, way_said
from gatepost.meet.models import Booking, Event, Invitation, SeatMail, Way
from gatepost.meet.services import holding, interpreting, telling
from gatepost.org.actor import Actor
from gatepost.reach import services as reach


@whole
def change_place(event: Event, place: str, *, way_there: str = "", by: Actor) -> int:
    """From now on it is held somewhere else.

    Holds afterwards: whoever has a time or a place that is still to come is told once, and so is their interpreter;
    the entry in a family's calendar counts as changed. Returns how many families are told.
    """
    place, way_there = place.strip(), way_there.strip()
    if not place:
        raise Refused(_("Please say where it is."))
    new = {"place": place, "way_there": way_there}
    if not Event.objects.filter(pk=event.pk).exclude(**new).update(**new):
        return 0
    holding.nobody_books(event.pk)
    event.place, event.way_there = place, way_there
    held = _still_to_come(event)
    Invitation.objects.filter(pk__in=[each.invitation_id for each in held]).update(changes=F("changes") + 1)
    ask_for_words_of(event, [each.invitation.adult for each in held], by=by)
    news = [_news(each, event) for each in held]
    reach.tell_all(notices.place_changed, news, by=by)
    interpreting.tell_place(held)
    telling.tell_each(held, SeatMail.News.MOVED)
    audit.record("meet.place_changed", event, by=by, told=len(news))
    return len(news)


def _still_to_come(event: Event) -> list[Booking]:
    """Whoever meets there. A place in a series is for all its days."""
    booked = Booking.objects.filter(slot__event=event, status=Booking.Status.BOOKED, way__in=["", Way.SCHOOL])
    if not event.template.whole:
        booked = booked.filter(slot__starts_at__gt=clock.now())
    elif not event.sessions.filter(starts_at__gt=clock.now(), called_off_at=None).exists():
        booked = booked.none()
    return list(booked.select_related("slot__host", "invitation__adult", "invitation__child"))


def _news(booking: Booking, event: Event) -> reach.News:
    slot, invitation = booking.slot, booking.invitation
    said = {"when_at": slot.starts_at.isoformat(), "minutes": slot.minutes, "host": slot.host.name}
    said |= {"place": event.place} | way_said(event, invitation.adult)
    return reach.News(invitation.adult, invitation.child, invitation.pk, said | {"number": invitation.changes})
