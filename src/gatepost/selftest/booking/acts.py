"""What families and staff do in the rush, each as its page does it; and what is broken on purpose."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock
from uuid import UUID

from django.db.models import F, QuerySet

from gatepost.core.errors import Refused
from gatepost.core.readings import worded_once
from gatepost.meet import queries, services
from gatepost.meet.models import Invitation, Slot
from gatepost.meet.services import Wishes, booking, holding, interpreting, preparing
from gatepost.org.actor import Actor
from gatepost.selftest.booking.world import World


class Unlucky(Exception):
    """It was refused in words: somebody else was quicker, or there is nothing to give back."""


def _fresh(world: World, dice: random.Random) -> tuple[Invitation, Actor]:
    """Some invitation, as the next request would read it."""
    (read,) = _read(dice.choice(world.invitations).pk)
    return read, world.cast.family_actor(read)


@worded_once
def _read(pk: UUID) -> QuerySet[Invitation]:
    return Invitation.objects.select_related("event", "adult", "child", "ask").filter(pk=pk).order_by()


def _book(world: World, dice: random.Random) -> None:
    invitation, by = _fresh(world, dice)
    slots = world.slots[invitation.event_id]
    slot = slots[int(len(slots) * dice.random() ** 2)]
    friend, spoken = ("A friend" if dice.random() < 0.2 else ""), ("so" if dice.random() < 0.3 else "")
    wishes = Wishes(supporter=friend, interpreter=spoken)
    services.book(invitation, slot, wishes=wishes, by=by)


def _wish(world: World, dice: random.Random) -> None:
    invitation, by = _fresh(world, dice)
    services.wish(invitation, wishes=Wishes(talk_about="Reading", interpreter="so"), by=by)


def _give_back(world: World, dice: random.Random) -> None:
    invitation, by = _fresh(world, dice)
    services.give_back(invitation, by=by)


def _take_back(world: World, dice: random.Random) -> None:
    """It was a slip."""
    invitation, by = _fresh(world, dice)
    services.give_back(invitation, by=by)
    services.take_back(invitation, by=by)


def _say_no(world: World, dice: random.Random) -> None:
    invitation, by = _fresh(world, dice)
    services.say_no(invitation, value="declined", by=by)


def _withdraw(world: World, dice: random.Random) -> None:
    invitation, _ = _fresh(world, dice)
    held = queries.booking_of(invitation)
    if held:
        services.withdraw(held, by=world.cast.actor_of(world.cast.finch))


def _take_room(world: World, dice: random.Random) -> None:
    """The office gives a meeting a room."""
    invitation, _ = _fresh(world, dice)
    held = queries.booking_of(invitation)
    if held is None:
        raise Unlucky
    preparing.take_room(held, dice.choice(world.rooms), by=world.cast.actor_of(world.cast.finch))


def _find(world: World, dice: random.Random) -> None:
    """The office finds an interpreter, instead of anybody before."""
    invitation, _ = _fresh(world, dice)
    held = queries.booking_of(invitation)
    asked = interpreting.of(held) if held else None
    if asked is None:
        raise Unlucky
    interpreting.arrange(asked, dice.choice(world.interpreters), by=world.cast.actor_of(world.cast.finch))


@dataclass(frozen=True)
class Act:
    """One thing that somebody presses, and how often beside the others."""

    often: int
    press: Callable[[World, random.Random], None]

    def do(self, world: World, dice: random.Random) -> None:
        """Press it."""
        try:
            self.press(world, dice)
        except Refused as refusal:
            raise Unlucky(str(refusal)) from None


ACTS = {
    "book": Act(60, _book),
    "wish": Act(6, _wish),
    "give_back": Act(14, _give_back),
    "take_back": Act(8, _take_back),
    "say_no": Act(6, _say_no),
    "withdraw": Act(6, _withdraw),
    "room": Act(12, _take_room),
    "interpreter": Act(12, _find),
}


# ── what is broken on purpose ────────────────────────────────────────────────────────────────────


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _look_first() -> Iterator[None]:
    """Whether a place is free is read, and taken a moment later."""

    def claim(slot_id: Any) -> None:
        slot = Slot.objects.get(pk=slot_id)
        if slot.taken >= slot.places:
            raise Refused("gone")
        Slot.objects.filter(pk=slot_id).update(taken=slot.taken + 1)

    with mock.patch.object(booking, "_claim", claim):
        yield


@contextmanager
def _forget_to_free() -> Iterator[None]:
    """A time that is given back stays taken."""
    with mock.patch.object(booking, "_free", lambda slot_id: None):
        yield


@contextmanager
def _free_twice() -> Iterator[None]:
    """A time that is given back is free for two."""

    def free(slot_id: Any) -> None:
        Slot.objects.filter(pk=slot_id, taken__gt=1).update(taken=F("taken") - 1)
        Slot.objects.filter(pk=slot_id, taken__gt=0).update(taken=F("taken") - 1)

    with mock.patch.object(booking, "_free", free):
        yield


@contextmanager
def _tell_nobody() -> Iterator[None]:
    """A booking without a word to the family."""
    with mock.patch.object(booking, "_tell_booked", lambda *_, **__: None):
        yield


@contextmanager
def _two_places() -> Iterator[None]:
    """Nobody keeps an adult's own time."""
    with mock.patch.object(holding, "hold", lambda *_, **__: None):
        yield


PLANTS = {
    "": _nothing,
    "look_first": _look_first,
    "forget": _forget_to_free,
    "free_twice": _free_twice,
    "silence": _tell_nobody,
    "two_places": _two_places,
}
