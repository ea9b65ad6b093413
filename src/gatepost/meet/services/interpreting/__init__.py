"""Interpreters, from the wish to the meeting: asked for with the booking, found, confirmed, moved and let go with it.

The family's time is held at once. Finding somebody is the school's promise, never a reason to wait for a date.
"""

from gatepost.meet.services.interpreting.along import choose, keep_in_step, of, release, wish_changed
from gatepost.meet.services.interpreting.finding import (
    Found,
    add,
    arrange,
    confirm,
    end,
    go_without,
    may_be_confirmed,
    refuse_unnoticed,
    say_language,
)
from gatepost.meet.services.interpreting.lasting import next_after, stretches
from gatepost.meet.services.interpreting.telling import remind, tell_called_off, tell_place

__all__ = [
    "Found",
    "add",
    "arrange",
    "choose",
    "confirm",
    "end",
    "go_without",
    "keep_in_step",
    "may_be_confirmed",
    "next_after",
    "of",
    "refuse_unnoticed",
    "release",
    "remind",
    "say_language",
    "stretches",
    "tell_called_off",
    "tell_place",
    "wish_changed",
]
