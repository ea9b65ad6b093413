"""How the meetings of a family are prepared: one of each thing that has an address."""

from __future__ import annotations

from django.db import models

from gatepost.core import clock
from gatepost.meet.models import Booking, Interpreter, InterpreterBooking, InterpreterMail, Seat, SeatMail
from gatepost.meet.services import Wishes, interpreting, preparing, sheets, wish
from gatepost.org.actor import Actor


def prepared(booking: Booking, *, by: Actor) -> dict[str, models.Model]:
    """An interpreter who is to be found, one from outside, what one of those is to be told; a nurse; and a room."""
    wish(booking.invitation, wishes=Wishes(interpreter="so"), by=by)
    asked = InterpreterBooking.objects.get(booking=booking)
    typed = {"name": "Sagal Ali", "languages": ["so"], "phone": "0113 496 0001"}
    outside: Interpreter = interpreting.add(typed, school_id=booking.school_id, by=by)
    mail = InterpreterMail.objects.create(
        school_id=booking.school_id,
        interpreter=outside,
        of=asked,
        news=InterpreterMail.News.BOOKED,
        state=InterpreterMail.State.BY_HAND,
        starts_at=clock.now(),
        minutes=10,
        made_at=clock.now(),
    )
    has = {"name": f"Room {booking.pk}", "features": ["quiet"], "seats": 6}
    room = preparing.add_room(has, school_id=booking.school_id, by=by)
    holder = Actor(adult_id=booking.invitation.adult_id, schools=frozenset([booking.school_id]))
    sheets.share(booking.invitation, {"know": "We moved.", "worry": "", "change": ""}, by=holder)
    seated = preparing.add_from_outside(booking, Seat.Kind.PROFESSIONAL, "Nurse Obi", "She helps with asthma", by=by)
    seat_mail = SeatMail.objects.get(booking=seated.booking)
    made: dict[str, models.Model] = {"interpreting": asked, "interpreter": outside, "interpreter_mail": mail}
    return made | {"room": room, "seat_mail": seat_mail}
