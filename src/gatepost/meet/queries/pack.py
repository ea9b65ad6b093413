"""What stands in the pack for an outage: who meets whom, when and where, and how to reach them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from gatepost.know.models import Channel, ContactPoint
from gatepost.language.dates import LONDON
from gatepost.language.words import say_language
from gatepost.meet.models import SIGNED, Booking, InterpreterBooking, Seat, Session
from gatepost.meet.queries.evening import bookings_of

DAYS = 3  # Friday's pack holds Monday's meetings


@dataclass(frozen=True)
class Line:
    """One family at one time."""

    starts_at: datetime
    child: str
    adult: str
    host: str
    room: str
    phone: str  # blank: none that they alone read
    text_only: bool
    also: str  # who comes with them


@dataclass(frozen=True)
class Sheet:
    """One session: by teacher and time, and once more by child for the door."""

    title: str
    starts_at: datetime
    place: str
    by_teacher: tuple[Line, ...]
    by_child: tuple[Line, ...]


def sheets_from(day: date) -> list[Sheet]:
    """The sessions of this day and the two after it, at the schools in scope."""
    begins = datetime.combine(day, datetime.min.time(), LONDON)
    held = Session.objects.filter(
        called_off_at=None, starts_at__gte=begins, starts_at__lt=begins + timedelta(days=DAYS)
    )
    return [_sheet(session) for session in held.select_related("event").order_by("starts_at", "id")]


def _sheet(session: Session) -> Sheet:
    bookings = list(bookings_of(session, Booking.objects.all()))
    phones, interpreters = _phones(bookings), _interpreters(bookings)
    lines = [_line(each, session, phones, interpreters.get(each.pk, "")) for each in bookings]
    return Sheet(
        title=session.event.title,
        starts_at=session.starts_at,
        place=session.place or session.event.place,
        by_teacher=tuple(sorted(lines, key=lambda line: (line.host, line.starts_at, line.child))),
        by_child=tuple(sorted(lines, key=lambda line: (line.child, line.starts_at))),
    )


def _line(booking: Booking, session: Session, phones: dict[UUID, str], interpreter: str) -> Line:
    invitation = booking.invitation
    series = booking.slot.session_id != session.pk
    others = [seat.detail for seat in booking.seats.all() if seat.kind != Seat.Kind.INTERPRETER and seat.detail]
    return Line(
        starts_at=session.starts_at if series else booking.slot.starts_at,
        child=invitation.child.name,
        adult=invitation.adult.name,
        host=booking.slot.host.name,
        room=booking.in_room.room.name if hasattr(booking, "in_room") else "",
        phone=phones.get(invitation.adult_id, ""),
        text_only=invitation.adult.no_voice_calls or invitation.adult.interpreter == SIGNED,
        also=", ".join(filter(None, [*others, interpreter])),
    )


def _phones(bookings: Iterable[Booking]) -> dict[UUID, str]:
    """The telephone that each of these adults reads alone, the best first."""
    adults = {booking.invitation.adult_id for booking in bookings}
    points = ContactPoint.objects.filter(adult__in=adults, channel=Channel.SMS, shared=False, ended_on=None)
    return dict(points.order_by("-rank", "-id").values_list("adult", "value"))


def _interpreters(bookings: Iterable[Booking]) -> dict[UUID, str]:
    """Who interprets at each meeting, and how to reach them; that nobody is found is said, too."""
    asked = InterpreterBooking.objects.filter(booking__in=[each.pk for each in bookings])
    live = asked.exclude(state=InterpreterBooking.State.RELEASED).select_related("person", "interpreter")
    return {each.booking_id: _words(each) for each in live}


def _words(asked: InterpreterBooking) -> str:
    phone = asked.interpreter.phone if asked.interpreter else ""
    who = " ".join(filter(None, [asked.by_whom or "nobody yet", phone]))
    return f"interpreter ({say_language(asked.language) if asked.language else '?'}): {who}"
