"""Whom to ask what they are good at, who has said what, and how it went."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from gatepost.core import clock
from gatepost.disclosure import Disclosed, Fact, decide
from gatepost.know.models import Adult, Care, Child, Strength, TimeOfDay
from gatepost.know.queries import care_facts_of
from gatepost.language.skills import words_like
from gatepost.language.table import from_name
from gatepost.reach.besides import Beside, Text, beside
from gatepost.reach.models import Answer, Ask
from gatepost.reach.queries.heard import English, english_of
from gatepost.support.models import Help

STRENGTHS, HELP = "support.strengths", "support.help"
"""The two questions of this package, as `Ask.question`."""

ONCE_IN = timedelta(days=365)


def to_be_asked() -> list[tuple[Adult, Child]]:
    """Every adult of the schools in scope who may be told of a child's learning and was not asked for a year.

    The child is one for whose sake the school may write to them. Whoever the gate keeps out of every child's
    education is not asked: they would learn that there is a school to help.
    """
    recent = Ask.objects.filter(question=STRENGTHS, asked_at__gt=clock.now() - ONCE_IN).values("adult")
    cares = Care.objects.filter(ended_on=None).exclude(adult__in=recent).select_related("adult", "child")
    return list(first_open_child(cares).items())


def first_open_child(cares: Iterable[Care]) -> dict[Adult, Child]:
    """Each adult with the first of these children of whose learning they may be told."""
    held = list(cares)
    facts = care_facts_of((care.adult_id, care.child_id) for care in held)
    found: dict[Adult, Child] = {}
    for care in sorted(held, key=lambda care: (care.adult.name, care.child.name, str(care.pk))):
        if decide(facts[care.adult_id, care.child_id], Fact.EDUCATION, on=clock.today()).allowed:
            found.setdefault(care.adult, care.child)
    return found


@dataclass(frozen=True)
class ShownHelp(Disclosed):
    """All that the page of a question for help may say: nothing of a child, nothing of another family."""

    what: str
    when: str
    place: str
    who: str
    beside: dict[str, Beside]  # the same in their language, by its name


def texts_of(wanted: Help) -> list[Text]:
    """The words that whoever asks for help has typed; the place stands as it is called."""
    return [Text(wanted.pk, name, words) for name in ("what", "when_words") if (words := getattr(wanted, name))]


def shown(wanted: Help) -> ShownHelp:
    """What the page of this question says."""
    theirs = {text.name: each for text, each in beside(texts_of(wanted), wanted.adult).items()}
    return ShownHelp(wanted.what, wanted.when_words, wanted.place, wanted.asked_by.name, theirs)


@dataclass(frozen=True)
class Found:
    """One strength that answers a search."""

    strength: Strength
    children: tuple[str, ...]
    times: str
    asked_before: int


def find_strengths(among: QuerySet[Strength], text: str) -> list[Found]:
    """Strengths that say this in any language we have a word for it in, or whose adult speaks the language named."""
    held = among.select_related("adult").prefetch_related("adult__languages", "helps")
    needles, language = words_like(text), from_name(text)
    hits = [each for each in held if _says(each.words, needles) or (language and _speaks(each.adult, language.tag))]
    names = _children({each.adult_id for each in hits})
    return [
        Found(each, tuple(names.get(each.adult_id, ())), _times(each), asked_before=len(each.helps.all()))
        for each in hits
    ]


def _times(strength: Strength) -> str:
    return ", ".join(str(TimeOfDay(time).label) for time in strength.times)


def _says(words: str, needles: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(needle)}", words, re.IGNORECASE) for needle in needles)


def _speaks(adult: Adult, language: str) -> bool:
    return adult.language == language or any(each.language == language for each in adult.languages.all())


def _children(adults: set[UUID]) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = {}
    for care in Care.objects.filter(adult__in=adults, ended_on=None).select_related("child").order_by("child__name"):
        names.setdefault(care.adult_id, []).append(care.child.called)
    return names


def with_answers(helps: QuerySet[Help]) -> QuerySet[Help]:
    """What was asked, the newest first, with what was answered."""
    return helps.select_related("adult", "ask", "asked_by").prefetch_related("ask__answers")


def shown_asked(helps: Iterable[Help]) -> list[tuple[Help, str, Answer | None, English | None]]:
    """Each with where it stands, what was said last, and that in English where they wrote their own language."""
    rows = list(helps)
    english = english_of(said for wanted in rows if (said := _said(wanted)))
    shown = [(wanted, _said(wanted)) for wanted in rows]
    return [(wanted, state_of(wanted), said, english.get(said.pk) if said else None) for wanted, said in shown]


def state_of(wanted: Help) -> str:
    """Where it stands: `waiting`, `yes`, `no` or `thanked`."""
    if wanted.thanked_at:
        return "thanked"
    said = _said(wanted)
    return said.value if said else "waiting"


def _said(wanted: Help) -> Answer | None:
    return next(iter(wanted.ask.answers.all()), None)
