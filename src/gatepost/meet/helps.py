"""What a family can ask for so that they can come: the same list in the same order on a page, in a text, on paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gatepost.know.models import Adult, Barrier
from gatepost.meet.kinds import Books
from gatepost.meet.models import SIGNED, Event, Way
from gatepost.meet.wishes import Wishes

type Words = str | Promise

HELP: dict[str, Words] = {
    "transport": _("Help with getting there"),
    "childcare": _("Somebody to look after my other children"),
    "food": _("Something to eat and drink"),
    "access": _("Something that I need: no steps, a hearing loop, large print"),
    "quiet": _("A quieter or more private way"),
}
"""Kind of `Arrangement` → the words. For everybody: what stands in whose way is not shown to whoever holds a link."""

BEHIND_A_CODE: dict[str, Words] = HELP | {"money": _("The fare, or what else it costs")}
OFFERED_FOR: dict[str, str] = {
    Barrier.Kind.TRANSPORT: "transport",
    Barrier.Kind.CHILDCARE: "childcare",
    Barrier.Kind.MONEY: "money",
    Barrier.Kind.OWN_SCHOOLING: "quiet",
    Barrier.Kind.HEALTH: "access",
}
"""What an adult has said stands in their way → which of these is offered to them first."""

IF_NONE: dict[str, Words] = {
    "remote": _("If you find no interpreter: by phone or video is fine"),
    "other_date": _("If you find no interpreter: another date"),
}
"""Value of `InterpreterBooking.Wish` → the words. Who ticks neither waits until somebody is found."""
IF_NONE_SIGNED: dict[str, Words] = IF_NONE | {"remote": _("If you find no interpreter: by video is fine")}
ELSEWHERE, INTERPRETER, WAY = "elsewhere", "interpreter", "way:"
SECOND_PARENT, CHILD = "second_parent", "child"
SECOND_PARENT_WORDS, CHILD_WORDS = _("My child’s other parent comes with me"), _("My child comes, too")
ELSEWHERE_WORDS = _("I would rather meet in another place, or by phone")
WAY_WORDS: dict[str, Words] = {f"{WAY}{way.value}": way.label for way in Way}


def if_none(spoken: str) -> dict[str, Words]:
    """What can be ticked for the while in which nobody is found; whoever signs is never offered a voice call."""
    return IF_NONE_SIGNED if spoken == SIGNED else IF_NONE


def can_tick(event: Event) -> dict[str, Words]:
    """What everybody who is invited to this event can tick beside a time: help, where they meet, who comes along."""
    ways = {f"{WAY}{way}": WAY_WORDS[f"{WAY}{way}"] for way in event.ways}
    along = {CHILD: CHILD_WORDS} if event.template.books is Books.TIME else {}
    return HELP | (ways or {ELSEWHERE: ELSEWHERE_WORDS}) | {SECOND_PARENT: SECOND_PARENT_WORDS} | along


def wishes_of(ticked: Collection[str], adult: Adult, *, talk_about: str = "") -> Wishes:
    """What was ticked, as the services want it."""
    ways = [value.removeprefix(WAY) for value in ticked if value.startswith(WAY)]
    return Wishes(
        talk_about=talk_about,
        interpreter=(adult.interpreter or adult.language or "?") if {INTERPRETER, *IF_NONE} & set(ticked) else "",
        elsewhere=ELSEWHERE in ticked,
        second_parent=SECOND_PARENT in ticked,
        child=CHILD in ticked,
        help=tuple(value for value in ticked if value in HELP),
        interpreter_wish=next((value for value in IF_NONE if value in ticked), ""),
        way=ways[0] if ways else "",
    )


def by_text(event: Event, adult: Adult) -> dict[str, Words]:
    """The same for a text, where an interpreter can be asked for, too. It is kept short: each part of it costs.

    That they come to school needs no number; who comes along, they say on the page, on a slip or on the telephone.
    """
    left_out = {f"{WAY}{Way.SCHOOL}", SECOND_PARENT, CHILD}
    more = {value: words for value, words in can_tick(event).items() if value not in left_out}
    if adult.interpreter:
        return HELP | if_none(adult.interpreter) | more
    if adult.language in ("", "en"):
        return more
    return {INTERPRETER: _("I would like an interpreter")} | HELP | IF_NONE | more


def in_words(ticks: Mapping[str, Words], language: str) -> list[str]:
    """How they are said in a language."""
    with override(language):
        return [str(words) for words in ticks.values()]
