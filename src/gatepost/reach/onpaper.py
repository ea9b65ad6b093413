"""Which notices go on paper, to whom, and what the slip at a letter's foot asks: registered by whoever has the news."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise

from gatepost.know.models import Adult, Channel, Child, ContactPoint
from gatepost.know.places import places_for
from gatepost.know.queries import Pair
from gatepost.org.actor import Actor
from gatepost.reach.kinds import NoticeKind
from gatepost.reach.models import Notice

CALL = "call"  # the box that every slip has, but for those who want no calls


@dataclass(frozen=True)
class Box:
    """One thing that can be ticked: how we know it, and what stands beside it."""

    value: str
    words: str


@dataclass(frozen=True)
class Paper:
    """What a letter of one kind asks and says more than a message does, and what is done with the slip."""

    asks: Callable[[Notice], list[Box]]  # in the language that is active
    take: Callable[[Notice, list[str], str, Actor], bool]  # what was ticked and written; False: the office reads it
    says: Callable[[Notice], list[str]] | None = None  # in full, for those who asked for letters: they open no page
    wish: str | Promise = ""  # what the lines on the slip are for


PAPERS: dict[str, Paper] = {}


def register_paper(kind: NoticeKind, paper: Paper) -> Paper:
    """Say what the letters of a kind ask. A kind without this asks nothing but whether to ring."""
    PAPERS[kind.name] = paper
    return paper


def fits_on_paper(kind: NoticeKind) -> bool:
    """Whether a letter comes in time: nothing that somebody waits for at this moment does."""
    return not (kind.at_once or kind.mints_code)


def on_paper(
    kind: NoticeKind, asked: Iterable[tuple[Adult, Child]], contacts: Mapping[Pair, ContactPoint | None]
) -> set[Pair]:
    """Who of these gets a letter: whoever prefers one, and whom nothing else reaches, where a letter gets there.

    What is a letter by its nature goes on paper to everybody to whom one gets.

    Asks the database only where somebody may need one.
    """
    if not fits_on_paper(kind):
        return set()
    pairs = {(adult.pk, child.pk): adult for adult, child in asked}
    wanted = {pair for pair, adult in pairs.items() if kind.paper or _prefers(adult, contacts[pair])}
    return set(places_for(wanted)) if wanted else set()


def _prefers(adult: Adult, point: ContactPoint | None) -> bool:
    if point is None:
        return True
    order: list[str] = adult.channel_order
    if Channel.LETTER not in order:
        return False
    return point.channel not in order or order.index(Channel.LETTER) < order.index(point.channel)


def channel_shown(pair: Pair, letters: set[Pair], point: ContactPoint | None) -> str:
    """The way a preview names."""
    if pair in letters:
        return Channel.LETTER.value
    return point.channel if point else Channel.PERSON.value


def boxes_in_english(notice: Notice, boxes: Callable[[Notice], list[Box]]) -> list[dict[str, str]]:
    """What can be ticked, as staff key it in."""
    with translation.override("en"):
        return [{"value": box.value, "words": box.words} for box in boxes(notice)]
