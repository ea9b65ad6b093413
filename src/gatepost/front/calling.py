"""What the office has before it while it rings an adult: the numbers, when they like it, and what was tried before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gatepost.know.models import AdultLanguage, TimeOfDay
from gatepost.know.rules import may_open_adult
from gatepost.language.table import get
from gatepost.org.actor import Actor
from gatepost.reach.models import Notice
from gatepost.reach.services import calls


@dataclass(frozen=True)
class Number:
    """One telephone, to press."""

    pk: str
    shown: str
    dialled: str
    others_answer: bool


@dataclass(frozen=True)
class Tried:
    """One attempt that came to nothing, or of which nobody knows."""

    way: str
    state: str
    why: str
    at: datetime


@dataclass(frozen=True)
class Call:
    """How to reach one adult by voice, and what has been tried to tell them this."""

    numbers: tuple[Number, ...]
    relay: bool
    times: tuple[str, ...]
    in_vain: int
    tried: tuple[Tried, ...]

    @property
    def enough(self) -> bool:
        """Whether another way is better than one more call."""
        return self.in_vain >= calls.ENOUGH


def call_for(notice: Notice, *, seen_by: Actor) -> Call:
    """All of it. Numbers are for those who may open the adult's page; nobody sees those of one who is never rung."""
    relay = _by_relay(notice)
    points = calls.numbers_for(notice) if may_open_adult(seen_by, notice.adult) else []
    attempts = notice.deliveries.order_by("not_before", "id")
    return Call(
        numbers=tuple(
            Number(str(point.pk), point.value, calls.dialled(point.value, relay=relay), point.shared)
            for point in points
        ),
        relay=relay,
        times=tuple(str(TimeOfDay(time).label) for time in notice.adult.times if time in TimeOfDay.values),
        in_vain=notice.calls,
        tried=tuple(
            Tried(each.get_channel_display(), each.get_state_display(), each.problem, each.not_before)
            for each in attempts
        ),
    )


def _by_relay(notice: Notice) -> bool:
    """Whether they sign, or have said that they need the relay service."""
    adult = notice.adult
    wanted = get(adult.interpreter) if adult.interpreter else None
    if wanted and not wanted.written:
        return True
    if adult.languages.filter(use=AdultLanguage.Use.SIGNS).exists():
        return True
    said = [need.words.casefold() for need in adult.needs.all()]
    return any(word in words for words in said for word in calls.WORDS_OF_RELAY)
