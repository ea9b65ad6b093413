"""Who may play a part, who has the office's queues, and who decides about the time of an adult under an order."""

from __future__ import annotations

from django.conf import settings

from gatepost.agree.rules import children_behind_glass
from gatepost.know.models import Adult
from gatepost.know.rules import may_open_child
from gatepost.meet.models import Booking
from gatepost.org.actor import Actor
from gatepost.org.models import BrokenGlass
from gatepost.org.permissions import Permission, has
from gatepost.org.rules import may_protect


def may_play(actor: Actor) -> bool:
    """Everybody in the demonstration; nobody anywhere else."""
    return bool(settings.GATEPOST_DEMO)


def may_be_briefed(actor: Actor) -> bool:
    """Whoever works at a school, about what waits for themselves."""
    return actor.is_staff and bool(actor.schools)


def may_open_own_page(actor: Actor, adult: Adult) -> bool:
    """An adult, about themselves and nobody else; also one whom an order keeps from everything about a child."""
    return actor.adult_id == adult.pk and adult.merged_into_id is None


def may_decide_time(actor: Actor, booking: Booking) -> bool:
    """Whoever may know of the order, and never about their own child."""
    return may_protect(actor) and may_open_child(actor, booking.invitation.child)


def may_open_the_office(actor: Actor) -> bool:
    """The office, the head, the safeguarding lead, and leads on knowing or reaching families: each their own queues."""
    return any(has(actor, each) for each in (Permission.SETTLE, Permission.CLEAR, Permission.PROTECT))


def may_read_behind(actor: Actor, glass: BrokenGlass) -> bool:
    """Whoever broke it, until the hour is over."""
    return children_behind_glass(actor).filter(pk=glass.child).exists() and glass.person_id == actor.person_id
