"""What extra help a child gets and who has understood what it is for; and what a family's page says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from gatepost.disclosure import Disclosed
from gatepost.know.models import Child
from gatepost.org.actor import Actor
from gatepost.reach import meanings, sayings
from gatepost.reach.besides import Beside, last_day
from gatepost.reach.models import Answer, Explain
from gatepost.reach.queries.heard import English, with_english
from gatepost.support import extra_words
from gatepost.support.extra_rules import told_open_to
from gatepost.support.models import ExtraHelp, ExtraHelpTold


@dataclass(frozen=True)
class Understood:
    """One adult: what they said last, and who speaks with them by when, where they do not understand it yet."""

    told: ExtraHelpTold
    said: Answer | None
    english: English | None
    call: Explain | None


@dataclass(frozen=True)
class Given:
    """One thing that a child gets, and what each adult says."""

    extra: ExtraHelp
    adults: tuple[Understood, ...]


def extra_help_of(child: Child, actor: Actor) -> list[Given]:
    """All of it, the newest first. Of one's own family nobody reads what they say."""
    every = list(ExtraHelp.objects.filter(child=child).select_related("led_by"))
    rows = told_open_to(actor).filter(extra__in=every).select_related("adult", "ask").prefetch_related("ask__answers")
    told = [(each, next(iter(each.ask.answers.all()), None)) for each in rows]
    calls = {
        (asked.of, asked.adult_id): asked
        for asked in Explain.objects.filter(of__in=[extra.pk for extra in every], done_at=None).select_related("owner")
    }
    english = {said.pk: words for said, words in with_english([said for _each, said in told if said])}
    return [
        Given(
            extra,
            tuple(
                Understood(each, said, english.get(said.pk) if said else None, calls.get((extra.pk, each.adult_id)))
                for each, said in told
                if each.extra_id == extra.pk
            ),
        )
        for extra in every
    ]


# ── what a family sees ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ShownExtra(Disclosed):
    """All that the page may say of it."""

    child: str
    who: str
    what: str
    purpose: str
    when_words: str
    spoken: bool  # the purpose is in the reader's language already
    beside: dict[str, Beside]
    lacking: bool
    by_day: date | None
    said: str  # yes, not_yet, or blank: not answered since it was asked last
    explained: tuple[meanings.Meaning, ...]


def shown(told: ExtraHelpTold, *, nameless: bool) -> ShownExtra:
    """What the page says, in the reader's language where the words are there."""
    extra, tag = told.extra, get_language() or "en"
    child = f"{extra.child.called[:1]}." if nameless else extra.child.called
    said = sayings.words(extra.said, tag, adult=told.adult.name, child=child) if extra.said else ""
    beside = extra_words.beside_of(told)
    answer = told.ask.answers.first()
    return ShownExtra(
        child="" if nameless else child,
        who=extra.led_by.name,
        what=extra.what,
        purpose=said or extra.purpose,
        when_words=extra.when_words,
        spoken=bool(said),
        beside=beside,
        lacking=any(each.lacking for each in beside.values()),
        by_day=last_day(beside.values()),
        said=answer.value if answer else "",
        explained=() if extra.said else meanings.explained([extra.purpose]),
    )
