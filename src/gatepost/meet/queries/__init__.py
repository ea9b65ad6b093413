"""What an adult may choose from, what a page may show of an invitation, and who would be told."""

from gatepost.meet.queries.choosing import (
    Held,
    ShownInvitation,
    ShownTime,
    booking_of,
    given_back_lately,
    held_of,
    is_closed,
    moments_of,
    offered_to,
    shown,
    slots_for,
    times_for,
    too_close,
    too_short,
)
from gatepost.meet.queries.evening import (
    Grid,
    bookings_of,
    by_room,
    delays,
    grid,
    next_free_today,
    session_today,
    who_waits,
)
from gatepost.meet.queries.inviting import Recipient, bill, left_out, not_own, recipients
from gatepost.meet.queries.kitchen import meals
from gatepost.meet.queries.waiting import is_waiting, waiting_for

__all__ = [
    "Grid",
    "Held",
    "Recipient",
    "ShownInvitation",
    "ShownTime",
    "bill",
    "booking_of",
    "bookings_of",
    "by_room",
    "delays",
    "given_back_lately",
    "grid",
    "held_of",
    "is_closed",
    "is_waiting",
    "left_out",
    "meals",
    "moments_of",
    "next_free_today",
    "not_own",
    "offered_to",
    "recipients",
    "session_today",
    "shown",
    "slots_for",
    "times_for",
    "too_close",
    "too_short",
    "waiting_for",
    "who_waits",
]
