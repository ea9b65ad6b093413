"""Telling of an interpreter: whoever interprets, and the adult."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gatepost.core import clock
from gatepost.meet import notices
from gatepost.meet.models import Booking, InterpreterBooking, InterpreterMail, SeatMail, Session, Slot, Way
from gatepost.meet.queries.places import place_for_family, way_of
from gatepost.meet.services import telling
from gatepost.meet.services.interpreting.lasting import stretches
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.services.taking_back import forget

State, News = InterpreterBooking.State, InterpreterMail.News


def tell(live: InterpreterBooking, news: InterpreterMail.News, at: Slot | None = None) -> None:
    """A line in the ledger for whoever interprets."""
    outside = live.interpreter
    telling.tell_colleague(live, SeatMail.News(news), at)
    if outside is None:
        return
    slot, way = at or live.booking.slot, way_of(live.booking)
    InterpreterMail.objects.create(
        school_id=live.school_id,
        interpreter=outside,
        of=live,
        news=news,
        state=InterpreterMail.State.QUEUED if outside.email else InterpreterMail.State.BY_HAND,
        starts_at=slot.starts_at,
        minutes=slot.minutes if at else sum(each.minutes for each in stretches(live)),
        place="" if live.by_remote or way in (Way.PHONE, Way.VIDEO) else place_for_family(slot.event.place, way),
        made_at=clock.now(),
    )


def tell_adult(live: InterpreterBooking, *, by: Actor) -> None:
    """The adult hears by itself that somebody interprets, or that we look again. Of several news only the last."""
    invitation, slot = live.booking.invitation, live.booking.slot
    if slot.starts_at < clock.now():
        return
    said: dict[str, Any] = {"when_at": slot.starts_at.isoformat(), "tongue": live.language}
    said |= {"found": live.is_settled, "remote": live.by_remote}
    forget([notices.interpreter.name], subject=invitation.pk, adult=invitation.adult_id)
    reach.tell(invitation.adult, notices.interpreter, about=invitation.child, subject=invitation.pk, by=by, **said)


def tell_called_off(bookings: Iterable[Booking], session: Session) -> None:
    """One day of a series is off: whoever interprets on it is told."""
    if not session.event.template.whole:
        return  # the whole meeting goes, and they are told with it
    live = InterpreterBooking.objects.filter(booking__in=[each.pk for each in bookings])
    for each in live.filter(state__in=[State.BOOKED, State.CONFIRMED]).select_related(
        "interpreter", "person", "booking__slot__event"
    ):
        telling.tell_colleague(each, SeatMail.News.RELEASED, session)
        if outside := each.interpreter:
            InterpreterMail.objects.create(
                school_id=each.school_id,
                interpreter=outside,
                of=each,
                news=News.RELEASED,
                state=InterpreterMail.State.QUEUED if outside.email else InterpreterMail.State.BY_HAND,
                starts_at=session.starts_at,
                minutes=session.minutes,
                place=session.place or session.event.place,
                made_at=clock.now(),
            )


def tell_place(bookings: Iterable[Booking]) -> None:
    """These meetings are held at another place: whoever comes to them to interpret is told."""
    live = InterpreterBooking.objects.filter(booking__in=[each.pk for each in bookings], by_remote=False)
    settled = live.filter(state__in=[State.BOOKED, State.CONFIRMED])
    for each in settled.select_related("interpreter", "person", "booking__slot__event", "next_slot"):
        tell(each, News.MOVED)


def remind(booking: Booking) -> None:
    """Whoever interprets there is reminded; nobody is rung for it."""
    live = InterpreterBooking.objects.filter(booking=booking, state__in=[State.BOOKED, State.CONFIRMED])
    for each in live.select_related("interpreter", "person", "booking__slot__event", "next_slot"):
        if each.person or (each.interpreter and each.interpreter.email):
            tell(each, News.REMINDER)
