"""Events, times, invitations, bookings and what they hold: facts, and the promises that the database keeps."""

from gatepost.meet.models.agenda import AgendaItem
from gatepost.meet.models.another import AnotherWay
from gatepost.meet.models.arrivals import Kiosk, SignIn
from gatepost.meet.models.bookings import Attendance, Booking, Invitation, Seat, Way
from gatepost.meet.models.companions import Companion
from gatepost.meet.models.eligible import Eligible
from gatepost.meet.models.evenings import Delay
from gatepost.meet.models.events import Event, Session, Slot
from gatepost.meet.models.feeds import Feed
from gatepost.meet.models.holds import Hold
from gatepost.meet.models.interpreters import SIGNED, Interpreter, InterpreterBooking
from gatepost.meet.models.mails import InterpreterMail, MeetingMail, SeatMail
from gatepost.meet.models.outings import Outing, OutingCall
from gatepost.meet.models.preparing import Arrangement, Room, RoomBooking
from gatepost.meet.models.release import Cover, LessonTimes
from gatepost.meet.models.sheets import Sheet
from gatepost.meet.models.waiting import Waiting

__all__ = [
    "SIGNED",
    "AgendaItem",
    "AnotherWay",
    "Arrangement",
    "Attendance",
    "Booking",
    "Companion",
    "Cover",
    "Delay",
    "Eligible",
    "Event",
    "Feed",
    "Hold",
    "Interpreter",
    "InterpreterBooking",
    "InterpreterMail",
    "Invitation",
    "Kiosk",
    "LessonTimes",
    "MeetingMail",
    "Outing",
    "OutingCall",
    "Room",
    "RoomBooking",
    "Seat",
    "SeatMail",
    "Session",
    "Sheet",
    "SignIn",
    "Slot",
    "Waiting",
    "Way",
]
