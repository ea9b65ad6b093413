"""Where a meeting is held, as the family chose it and as staff read it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.meet.models import Booking, Way
from gatepost.org.models import School

FOR_STAFF: dict[str, str | Promise] = {
    Way.HOME: _("At their home"),
    Way.OUTSIDE: _("In a café or another place"),
    Way.PHONE: _("By phone"),
    Way.VIDEO: _("By video"),
}


def way_of(booking: Booking) -> str:
    """The way that the family chose instead of the event's own place; blank where it is held there."""
    return booking.way if booking.way in FOR_STAFF else ""


def is_away(booking: Booking) -> bool:
    """Whether whoever hosts it goes to the family, or meets them outside the school."""
    if way := way_of(booking):
        return way in (Way.HOME, Way.OUTSIDE)
    return booking.way == "" and booking.slot.event.template.place in ("theirs", "outside", "door")


def place_for_family(place: str, way: str) -> str:
    """In the reader's language. Which café or number they typed does not stand behind their link."""
    return str(Way(way).label) if way in FOR_STAFF else place


def way_there_and_phone(way_there: str, way: str, school: School) -> str:
    """How to get there, and whom to ring on the way; nothing where nobody goes anywhere."""
    if way or not way_there:
        return ""
    return " ".join(filter(None, [way_there, f"{school.office_name}, {school.office_phone}".strip(", ")]))


def place_for_staff(booking: Booking) -> str:
    """With what the family wrote."""
    way = way_of(booking)
    if not way:
        return booking.slot.event.place
    return f"{FOR_STAFF[way]}: {booking.where}" if booking.where else str(FOR_STAFF[way])
