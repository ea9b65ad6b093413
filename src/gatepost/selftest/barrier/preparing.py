"""How a talk is made ready, in the twin worlds: mine in both of them, the other adult's in one alone."""

from __future__ import annotations

from random import Random

from gatepost.know.models import Adult
from gatepost.meet.models import AgendaItem, Booking
from gatepost.meet.services import agenda, preparing
from gatepost.selftest.barrier.world import World
from gatepost.selftest.barrier.writing import WORDS


def my_talk_is_prepared(world: World, dice: Random) -> None:
    """The school and I write what my talk is about."""
    _prepare(world, world.me, "How maths goes", "Friends")


def other_talk_is_prepared(world: World, dice: Random) -> None:
    """The other adult's talk: what it is about, what is answered, who comes."""
    words = dice.choice(WORDS)
    booking = _prepare(world, world.other, words, words)
    if booking is None:
        return
    by = world.cast.actor_of(world.cast.ode)
    if item := AgendaItem.objects.filter(invitation=booking.invitation, side="family").first():
        agenda.answer(booking, item.pk, words, by=by)
    preparing.add_professional(booking, world.cast.kent, words, by=by)


def _prepare(world: World, adult: Adult, ours: str, theirs: str) -> Booking | None:
    held = Booking.objects.filter(invitation__adult=adult, status="booked")
    booking = held.select_related("slot__event", "invitation").order_by("-booked_at").first()
    if booking:
        agenda.add_for_family(booking.invitation, theirs, by=world.as_family(booking.invitation))
        agenda.add_for_school(booking, ours, by=world.cast.actor_of(world.cast.ode))
    return booking
