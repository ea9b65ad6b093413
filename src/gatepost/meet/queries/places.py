"""Where a meeting is held, as the family chose it and as staff read it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.know.models import Adult
from gatepost.meet.inwords import beside_of
from gatepost.meet.models import Booking, Event, Way
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


def ring_on_the_way(school: School) -> str:
    """Whom to ring who does not find it."""
    return f"{school.office_name}, {school.office_phone}".strip(", ")


def all_of_the_way(event: Event, way: str, adult: Adult, school: School) -> str:
    """The way there for a calendar: theirs, ours, and whom to ring; nothing where nobody goes anywhere."""
    if way or not event.way_there:
        return ""
    theirs = beside_of(event, adult).way_there
    return " ".join(filter(None, [theirs.words if theirs else "", event.way_there, ring_on_the_way(school)]))


def place_for_staff(booking: Booking) -> str:
    """With what the family wrote."""
    way = way_of(booking)
    if not way:
        return booking.slot.event.place
    return f"{FOR_STAFF[way]}: {booking.where}" if booking.where else str(FOR_STAFF[way])
