"""What an adult may choose from, what a page may show of an invitation, and who would be told."""

from gatepost.meet.queries.choosing import (
    Held,
    ShownInvitation,
    ShownTime,
    booking_of,
    given_back_lately,
    held_of,
    is_closed,
    shown,
    slots_for,
    times_for,
    too_close,
    too_short,
)
from gatepost.meet.queries.inviting import Recipient, bill, left_out, not_own, recipients
from gatepost.meet.queries.kitchen import meals
from gatepost.meet.queries.waiting import is_waiting, waiting_for

__all__ = [
    "Held",
    "Recipient",
    "ShownInvitation",
    "ShownTime",
    "bill",
    "booking_of",
    "given_back_lately",
    "held_of",
    "is_closed",
    "is_waiting",
    "left_out",
    "meals",
    "not_own",
    "recipients",
    "shown",
    "slots_for",
    "times_for",
    "too_close",
    "too_short",
    "waiting_for",
]
