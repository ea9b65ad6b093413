"""Events, times, invitations, bookings and what they hold: facts, and the promises that the database keeps."""

from gatepost.meet.models.bookings import Attendance, Booking, Invitation, Seat
from gatepost.meet.models.events import Event, Session, Slot
from gatepost.meet.models.holds import Hold

__all__ = [
    "Attendance",
    "Booking",
    "Event",
    "Hold",
    "Invitation",
    "Seat",
    "Session",
    "Slot",
]
