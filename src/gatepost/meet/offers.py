"""What other parts of the product offer once a meeting has begun: they say so here, since `meet` knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from gatepost.meet.models import Event
from gatepost.org.actor import Actor


@dataclass(frozen=True)
class Offer:
    """A page about an event that is not ours."""

    address: str  # the name of its address, which takes the event
    words: str | Promise
    may: Callable[[Actor, Event], bool]


_OFFERS: list[Offer] = []


def offer(made: Offer) -> None:
    """Put it on the page of every event that has begun."""
    if made not in _OFFERS:
        _OFFERS.append(made)


def offers_to(actor: Actor, event: Event) -> list[Offer]:
    """What this member of staff is offered there."""
    return [each for each in _OFFERS if each.may(actor, event)]
