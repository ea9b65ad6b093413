"""Who would be told something, how and in which language, and who would not and why: shown before anything leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gatepost.core import clock
from gatepost.disclosure import Verdict
from gatepost.disclosure.gate import STRICTEST_FIRST, Decision, decide_all
from gatepost.know.models import Adult, Care, Channel, Child
from gatepost.know.queries import care_facts_of, contacts_for
from gatepost.know.rules import children_of
from gatepost.org.actor import Actor
from gatepost.org.rules import reader_of
from gatepost.reach.delivery.few import left_this_week, when_together
from gatepost.reach.kinds import NoticeKind
from gatepost.reach.onpaper import channel_shown, on_paper
from gatepost.reach.services import language_for


@dataclass(frozen=True)
class Line:
    """One adult who would be told, and by which child's sake; or who is left out, and by which rule."""

    adult: Adult
    child: Child
    decision: Decision
    channel: str

    @property
    def language(self) -> str:
        """The language to write in."""
        return language_for(self.adult)

    @property
    def channel_words(self) -> str:
        """The way, in words."""
        return str(Channel(self.channel).label)


@dataclass(frozen=True)
class LeftOut:
    """One adult who would hear nothing, as somebody of staff may know it."""

    adult: str
    child: str
    rule: str
    why: str


@dataclass(frozen=True)
class Later:
    """One adult who has said that there is a lot on them, and gets it with what else waits."""

    adult: str
    at: datetime


@dataclass(frozen=True)
class Preview:
    """What would leave, in a few numbers, who gets it later and who would hear nothing."""

    told: int
    ways: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    left_out: tuple[LeftOut, ...]
    later: tuple[Later, ...] = ()


def lines_for(kind: NoticeKind, children: QuerySet[Child] | Iterable[Child]) -> list[Line]:
    """Every adult of these children once, by the child about whom they may be told most.

    An adult whom the gate keeps out of each of these children is there, too: with the rule that does it. A few
    queries, however many children there are.
    """
    cares = list(
        Care.objects.filter(child__in=children, ended_on=None)
        .select_related("adult", "child")
        .order_by("child__name", "child", "adult__name", "adult")
    )
    pairs = {(care.adult_id, care.child_id) for care in cares}
    facts, contacts = care_facts_of(pairs), contacts_for(pairs)
    letters = on_paper(kind, ((care.adult, care.child) for care in cares), contacts)
    best: dict[Adult, Line] = {}
    for care in cares:
        pair = care.adult_id, care.child_id
        decision, point = decide_all(facts[pair], kind.facts, on=clock.today()), contacts[pair]
        line = Line(care.adult, care.child, decision, channel_shown(pair, letters, point))
        held = best.get(care.adult)
        if held is None or _rank(line) > _rank(held):
            best[care.adult] = line
    return list(best.values())


def _rank(line: Line) -> int:
    return STRICTEST_FIRST.index(line.decision.verdict)


def preview(lines: Sequence[Line], *, seen_by: Actor, kind: NoticeKind | None = None) -> Preview:
    """These lines in words. Adults of one's own child are told like all others, and not looked at.

    `kind`: what is sent, where some may get it later since there is a lot on them.
    """
    own = set(children_of(seen_by).values_list("pk", flat=True))
    reader = reader_of(seen_by)
    told = [line for line in lines if line.decision.verdict is Verdict.ALLOW]
    out = []
    for line in lines:
        if line.decision.allowed or line.child.pk in own:
            continue
        shown = line.decision.as_seen_by(reader)
        out.append(LeftOut(line.adult.name, line.child.called, shown.rule, shown.why))
    ways = Counter(str(Channel(line.channel).label) for line in told)
    languages = Counter(line.language for line in told)
    later = _later(kind, [line for line in told if line.child.pk not in own]) if kind else ()
    return Preview(len(told), tuple(ways.most_common()), tuple(languages.most_common()), tuple(out), later)


def _later(kind: NoticeKind, told: Sequence[Line]) -> tuple[Later, ...]:
    if not told:
        return ()
    left = left_this_week(kind, (line.adult.pk for line in told), school_id=told[0].child.school_id)
    waits = [line.adult for line in told if left.get(line.adult.pk) == 0]
    return tuple(Later(adult.name, when_together(adult).not_before) for adult in waits)
