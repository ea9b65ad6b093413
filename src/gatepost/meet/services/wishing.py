"""Asking for something besides a time after it was booked: by text, on a slip, on the page behind a code."""

from __future__ import annotations

from gatepost.core.whole import whole
from gatepost.meet import queries
from gatepost.meet.models import Arrangement, Invitation
from gatepost.meet.services import booking, helping
from gatepost.meet.wishes import Wishes, wishes_at
from gatepost.org.actor import Actor


@whole
def wish_also(invitation: Invitation, *, wishes: Wishes, by: Actor) -> list[Arrangement]:
    """Add to what an adult has asked for; nothing that they said before is lost by it. Returns what help is new.

    Holds afterwards: with a time, it stands beside it, an interpreter is looked for; without one, the help is promised.
    """
    promised = helping.ask_for_help(invitation, wishes.help, by=by)
    held = queries.booking_of(invitation)
    if held and wishes != Wishes(help=wishes.help):
        booking.wish(invitation, wishes=wishes_at(held).besides(wishes), by=by)
    return promised
