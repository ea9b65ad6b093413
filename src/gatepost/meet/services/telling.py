"""Telling whoever else comes to a meeting: colleagues who sit there or interpret, and people from outside.

A line in the ledger, in the transaction of the change itself; what has not left yet and is not true any more goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gatepost.core import clock
from gatepost.meet.models import Booking, InterpreterBooking, Seat, SeatMail, Session, Slot, Way
from gatepost.meet.queries.places import place_for_family, way_of
from gatepost.meet.seats import OF_THE_SCHOOL
from gatepost.org.models import Person

News, State = SeatMail.News, SeatMail.State


@dataclass(frozen=True)
class Listener:
    """Who is told: a colleague, or somebody from outside by their mailbox, if we have one."""

    name: str
    person: Person | None = None
    email: str = ""


def who_sits(seat: Seat) -> Listener:
    """Whoever has this seat."""
    if seat.person:
        return Listener(seat.person.name, seat.person, seat.person.email or "")
    return Listener(seat.detail, None, seat.email)


def tell_all(booking: Booking, news: SeatMail.News, at: Slot | Session | None = None) -> None:
    """Everybody whom the school has asked to sit there hears of it."""
    for seat in Seat.objects.filter(booking=booking, kind__in=OF_THE_SCHOOL).select_related("person"):
        tell_one(booking, who_sits(seat), news, at)


def tell_each(bookings: Iterable[Booking], news: SeatMail.News, at: Slot | Session | None = None) -> None:
    """The same for many meetings."""
    for booking in bookings:
        tell_all(booking, news, at)


def tell_colleague(live: InterpreterBooking, news: SeatMail.News, at: Slot | Session | None = None) -> None:
    """A colleague who interprets there hears of it."""
    if live.person:
        tell_one(live.booking, Listener(live.person.name, live.person, live.person.email or ""), news, at)


def tell_one(booking: Booking, to: Listener, news: SeatMail.News, at: Slot | Session | None = None) -> None:
    """One line for one listener; several changes one after the other are said once, as they stand in the end."""
    slot = at or booking.slot
    still = _still_news(booking, to, news, slot)
    if still is None or (news == News.REMINDER and not to.email):
        return
    way = way_of(booking)
    place = (isinstance(slot, Session) and slot.place) or booking.slot.event.place
    SeatMail.objects.create(
        school_id=booking.school_id,
        booking=booking,
        person=to.person,
        name=to.name,
        email=to.email,
        news=still,
        state=State.QUEUED if to.email else State.BY_HAND,
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        place="" if way in (Way.PHONE, Way.VIDEO) else place_for_family(place, way),
        made_at=clock.now(),
    )


def _still_news(booking: Booking, to: Listener, news: SeatMail.News, slot: Slot | Session) -> SeatMail.News | None:
    """What is left to be said, once what they have not heard yet is taken back. None: nothing."""
    of_it = SeatMail.objects.filter(booking__invitation=booking.invitation_id, person=to.person, name=to.name)
    unheard = of_it.filter(state__in=[State.QUEUED, State.BY_HAND])
    before = {mail.news: mail.starts_at for mail in unheard}
    unheard.delete()
    if news == News.RELEASED:
        return None if News.BOOKED in before else news
    if before.get(News.RELEASED) == slot.starts_at:
        return None  # given back and taken back before anybody was told
    return News.BOOKED if News.BOOKED in before else news
