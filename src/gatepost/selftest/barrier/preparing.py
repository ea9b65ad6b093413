"""How a talk is made ready and who is asked: mine in both of the twin worlds, the other adult's in one alone."""

from __future__ import annotations

from datetime import time, timedelta
from random import Random

from gatepost.core import clock
from gatepost.know.models import Adult
from gatepost.meet import services as meet
from gatepost.meet.models import AgendaItem, Arrangement, Booking, Event, Invitation
from gatepost.meet.services import agenda, eligibility, helping, preparing, sheets
from gatepost.selftest.barrier.world import World
from gatepost.selftest.barrier.writing import WORDS


def my_talk_is_prepared(world: World, dice: Random) -> None:
    """The school and I write what my talk is about."""
    _prepare(world, world.me, "How maths goes", "Friends", pause=1)


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


def other_gets_ready(world: World, dice: Random) -> None:
    """The other adult writes on their own sheet, and perhaps shares it."""
    verb = sheets.share if dice.random() < 0.5 else sheets.keep
    for invitation in world.invitations(world.other):
        verb(invitation, dict.fromkeys(sheets.QUESTIONS, dice.choice(WORDS)), by=world.as_family(invitation))


def other_is_helped(world: World, dice: Random) -> None:
    """The other adult asks for help to come; with a time, somebody says how it is arranged."""
    for invitation in world.invitations(world.other):
        helping.ask_for_help(invitation, ["childcare", "transport"], by=world.as_family(invitation))
        if booking := Booking.objects.filter(invitation=invitation, status="booked").first():
            by = world.cast.actor_of(world.cast.finch)
            preparing.arrange(booking, Arrangement.Kind.TRANSPORT, words=dice.choice(WORDS), pence=800, by=by)


def only_the_other_may_come(world: World, dice: Random) -> None:
    """A meeting of a council to which the other adult alone is asked: for everybody else it is not there."""
    days = [clock.today() + timedelta(days=120)]
    host = world.cast.kent
    wanted = meet.Plan(Event.Kind.COUNCIL, "Council", "Library", days, time(18), time(19), 60, [world.group], [host])
    event = meet.plan_event(wanted, school_id=world.cast.school.pk, by=world.cast.actor_of(world.cast.bell))
    eligibility.open_to(event, {world.other.pk}, by=world.cast.actor_of(world.cast.bell))
    meet.invite(event, by=world.cast.actor_of(world.cast.finch))
    invited = Invitation.objects.filter(event=event).values_list("adult", flat=True)
    assert set(invited) <= {world.other.pk}


def _prepare(world: World, adult: Adult, ours: str, theirs: str, pause: int = 0) -> Booking | None:
    held = Booking.objects.filter(invitation__adult=adult, status="booked")
    booking = held.select_related("slot__event", "invitation").order_by("-booked_at").first()
    if booking:
        agenda.add_for_family(booking.invitation, theirs, by=world.as_family(booking.invitation))
        world.ticks += pause  # what is written in one moment stands in no particular order
        agenda.add_for_school(booking, ours, by=world.cast.actor_of(world.cast.ode))
    return booking
