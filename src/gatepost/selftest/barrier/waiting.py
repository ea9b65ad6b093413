"""Places that many families want, in a world: who waits for one, and who gets it. See `steps.py`.

The last place may be the other adult's, and then be free again: the barred adult may see that, as of any stranger. So
in the twin in which the other adult never had it, a stranger gives it back.
"""

from __future__ import annotations

from datetime import time, timedelta
from random import Random

from gatepost.core import clock
from gatepost.know.models import Adult
from gatepost.meet import services as meet
from gatepost.meet.models import Event, Invitation
from gatepost.meet.services.booking import promote
from gatepost.selftest.barrier.channels import look
from gatepost.selftest.barrier.world import World
from gatepost.selftest.barrier.writing import my_link

SHARED = Event.Kind.FAMILY_ACTIVITY


def plan_shared(world: World, dice: Random) -> None:
    """Ms Ode plans an hour for one family of the class, and the office invites: whoever is too late can wait."""
    days = [clock.today() + timedelta(days=150 + world.drawn.number % 30 + len(world.events))]
    wanted = meet.Plan(
        SHARED, "Baking", "Kitchen", days, time(10), time(11), 60, [world.group], [world.cast.ode], places=1
    )
    event = meet.plan_event(wanted, school_id=world.cast.school.pk, by=world.cast.actor_of(world.cast.ode))
    world.events.append(event)
    meet.invite(event, by=world.cast.actor_of(world.cast.finch))


def i_wait(world: World, dice: Random) -> None:
    """I ask to be told when a place is free, or do not want to wait any more."""
    if link := my_link(world, "/i/"):
        act = "wait" if dice.random() < 0.8 else "stop_waiting"
        look(world, "waiting list", "POST", link, {"act": act})
        look(world, "waiting list", "GET", link)


def other_waits_for_a_place(world: World, dice: Random) -> None:
    """The other adult waits for a place, or stops waiting."""
    verb = meet.wait if dice.random() < 0.7 else meet.stop_waiting
    for invitation in world.invitations(world.other):
        if invitation.event.kind == SHARED:
            verb(invitation, by=world.as_family(invitation))


def to_times(world: World, adult: Adult) -> list[Invitation]:
    """What this adult is invited to, less what can be waited for."""
    return [each for each in world.invitations(adult) if each.event.kind != SHARED]


def give_what_is_free(world: World) -> None:
    """A place that a stranger gave back goes to whoever waits for it."""
    for event in world.events:
        if event.kind == SHARED:
            promote(event, by=world.cast.actor_of(world.cast.ode))
