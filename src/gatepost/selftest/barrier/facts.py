"""What is held about the other adult changes, in one of the twin worlds alone."""

from __future__ import annotations

from random import Random

from gatepost.core import clock
from gatepost.disclosure import Standing, Tri
from gatepost.know import services as know
from gatepost.know.models import Adult, Care, Channel, Child, ContactPoint, Facet, TimeOfDay
from gatepost.selftest.barrier.world import World
from gatepost.selftest.barrier.writing import WORDS


def other_reached_anew(world: World, dice: Random) -> None:
    """A new telephone of the other adult."""
    know.add_contact(world.other, Channel.SMS, f"07700900{dice.randrange(300, 999)}", by=None)


def other_changes_contact(world: World, dice: Random) -> None:
    """The other adult uses another mailbox or telephone from now on."""
    point = ContactPoint.objects.filter(adult=world.other, ended_on=None).order_by("rank", "pk").first()
    if point:
        number = dice.randrange(300, 999)
        fresh = f"07700900{number}" if point.channel == Channel.SMS else f"new{number}@example.org"
        know.change_contact(point, fresh, by=world.cast.actor_of(world.cast.finch))


def other_moves_house(world: World, dice: Random) -> None:
    """The other adult and the child live somewhere else; the address may be confidential."""
    members: list[Adult | Child] = [world.other, world.child]
    home = know.found_household(members, organisation=world.cast.organisation.pk, from_on=clock.today(), by=None)
    know.show_address(home, "5 New Street", by=None)
    if dice.random() < 0.5:
        know.hide_address(home, by=world.cast.actor_of(world.cast.finch))


def other_tells_of_themselves(world: World, dice: Random) -> None:
    """What the other adult is good at, speaks, and says of themselves."""
    by = world.cast.actor_of(world.cast.finch)
    know.add_strength(world.other, dice.choice(WORDS), language="en", by=by)
    know.say_facets(world.other, [Facet.Kind.LONE], by=by)
    times = dice.sample(TimeOfDay.values, 2)
    wishes = {"language": dice.choice(["ur", "so", "en"]), "interpreter": "ur", "times": times}
    know.say_wishes(world.other, wishes, by=by)


def other_waits(world: World, dice: Random) -> None:
    """The office holds what is for the other adult; or settles what they are to the child."""
    care = Care.objects.get(adult=world.other, child=world.child)
    if dice.random() < 0.5:
        Care.objects.filter(pk=care.pk).update(held=True)
    else:
        lives = Tri(care.lives_with)
        by = world.cast.actor_of(world.cast.finch)
        know.settle(care, standing=Standing.CARER, responsibility=Tri.UNKNOWN, lives_with=lives, by=by)
