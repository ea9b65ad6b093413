"""Who may count, and who may see by name. Counts that leave the school have no names and hide small numbers."""

from __future__ import annotations

from gatepost.meet.models import Event
from gatepost.meet.rules import may_send
from gatepost.org.actor import Actor
from gatepost.org.permissions import Permission, has
from gatepost.org.rules import may_protect


def may_see_figures(actor: Actor) -> bool:
    """Governors, the authority, the head and whoever leads on figures: counts, and never a name."""
    return has(actor, Permission.COUNTS)


def may_see_not_heard(actor: Actor) -> bool:
    """The office, the head and whoever leads on figures: by name, since somebody has to ring them."""
    return has(actor, Permission.NOT_HEARD)


def may_take_not_heard(actor: Actor) -> bool:
    """Whoever sees the list or its counts."""
    return may_see_not_heard(actor) or may_see_figures(actor)


def may_see_attendance(actor: Actor) -> bool:
    """The head and whoever leads on figures: meeting by meeting, as the numbers are."""
    return has(actor, Permission.ATTENDANCE)


def may_take_attendance(actor: Actor) -> bool:
    """Whoever sees them or the counts that may leave the school."""
    return may_see_attendance(actor) or may_see_figures(actor)


def may_note(actor: Actor) -> bool:
    """Whether somebody may note a talk with the people on the list."""
    return has(actor, Permission.NOTE_ANY_TALK) or (has(actor, Permission.NOTE_TALK) and has(actor, Permission.SEE_ALL))


def may_tell_left_out(actor: Actor, event: Event) -> bool:
    """Whoever invites to it, and whoever reads the list of those who were left out."""
    return may_send(actor, event) or may_protect(actor)
