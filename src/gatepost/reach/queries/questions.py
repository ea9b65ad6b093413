"""What a text answers: what was texted to them last, if that asks something. Which of two it means, nobody guesses.

A reply mail says itself what it replies to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from gatepost.core import clock
from gatepost.know.models import Adult, Channel
from gatepost.language.stopping import bare
from gatepost.language.yesno import yes_or_no
from gatepost.org.models import School
from gatepost.reach.kinds import KINDS, NUMBER, WORDS, YES_OR_NO
from gatepost.reach.models import Ask, Delivery, IncomingText, Notice
from gatepost.reach.notices import THREAD_OPENS

State = Delivery.State
THEY_HAVE_IT = [State.ON_WIRE, State.UNCERTAIN, State.ACCEPTED, State.DELIVERED]
OPEN_FOR = timedelta(days=60)  # so long a number, a yes or a no answers a question
WORDS_FOR = timedelta(days=3)  # and words of any kind: later they may be about anything
AT_ONE_TIME = timedelta(days=3)  # two questions of these days may be mixed up
LATEST = 30  # messages that are looked at
SHOWN = 2  # of them, beside a text that a person reads


@dataclass(frozen=True)
class Meant:
    """The question that a text answers, if it answers one, and when they were asked, if nothing came after it."""

    asked: Ask | None = None
    told: Notice | None = None  # which asked it
    alone: bool = True  # no other question of these days could be meant
    last_asked: datetime | None = None


@dataclass(frozen=True)
class _Had:
    """One message that they have, and that can be answered."""

    told: Notice
    at: datetime

    @property
    def in_a_thread(self) -> bool:
        return KINDS[self.told.kind].opens == THREAD_OPENS

    def takes(self, shape: str) -> bool:
        asks = KINDS[self.told.kind].asks
        return asks is not None and shape in asks.shapes


def meant_by_text(adult: Adult, words: str, *, school: School) -> Meant:
    """What a text of this adult answers. Nothing, where a message that anybody may answer came after the question."""
    had, shape = _had(adult, school), shape_of(words)
    last_asked = had[0].told.created_at if had and not had[0].in_a_thread else None
    asking = had[:1] if shape == WORDS else had  # words are about what came last, or about something else
    passed_over = False  # a question that is open and came later, which one answers otherwise
    for each in asking:
        if each.in_a_thread:
            break
        asked = open_ask(each.told)
        if each.takes(shape):
            in_time = shape != WORDS or each.at > clock.now() - WORDS_FOR
            alone = not passed_over and (KINDS[each.told.kind].answers or not _rivals(each, asked, shape, had))
            return Meant(asked if in_time else None, each.told, alone, last_asked)
        passed_over = passed_over or asked is not None
    return Meant(last_asked=last_asked)


def open_ask(told: Notice) -> Ask | None:
    """What this message asks, if nobody has answered it since. Never what another adult was asked."""
    asks = KINDS[told.kind].asks
    asked = asks.of(told.subject) if asks and told.subject else None
    if asked is None or asked.adult_id != told.adult_id:
        return None
    return None if asked.answers.filter(at__gte=told.created_at).exists() else asked


def shape_of(words: str) -> str:
    """A number, whatever follows it; a yes or a no; else words."""
    if bare(words)[:1].isdigit():
        return NUMBER
    return WORDS if yes_or_no(words) is None else YES_OR_NO


def _had(adult: Adult, school: School) -> list[_Had]:
    """What they can answer of what they have, the newest first: by text; or, if nothing came so, in any way."""
    theirs = _answerable().filter(school=school, notice__adult=adult).select_related("notice")
    rows = theirs.filter(channel=Channel.SMS)[:LATEST] or theirs[:LATEST]
    return [_Had(row.notice, row.left_at) for row in rows]


def _answerable() -> QuerySet[Any]:
    """What adults have, and can answer: what comes together with others is read and answered on its page."""
    kinds = [kind.name for kind in KINDS.values() if kind.asks or kind.opens == THREAD_OPENS]
    alone = Delivery.objects.filter(along=None, company=None, notice__kind__in=kinds, state__in=THEY_HAVE_IT)
    by_time = alone.annotate(left_at=Coalesce("accepted_at", "not_before")).filter(left_at__gt=clock.now() - OPEN_FOR)
    return by_time.order_by("-left_at", "-notice__created_at", "id")


def had_before(texts: Iterable[IncomingText]) -> dict[UUID, list[Notice]]:
    """What each of these texts may be about: what its adult had had last by then, or what it replies to. One query."""
    texts = list(texts)
    rows = _answerable().filter(notice__adult__in={text.adult_id for text in texts if text.adult_id})
    had = [(row.left_at, row.notice) for row in rows.select_related("notice__child", "notice__school")]
    found = {}
    for text in texts:
        by_then = [told for at, told in had if told.adult_id == text.adult_id and at <= text.at]
        found[text.pk] = [text.notice] if text.notice else by_then[:SHOWN]
    return found


def _rivals(it: _Had, asked: Ask | None, shape: str, had: Sequence[_Had]) -> bool:
    """Whether another question that is open was asked in these days, and what they text could answer it, too.

    What goes on from an answer of theirs is answered then and there, or not at all.
    """
    lately = [each for each in had if each.takes(shape) and each.told != it.told and it.at - each.at < AT_ONE_TIME]
    others = [each for each in lately if not KINDS[each.told.kind].answers]
    return any(other and other != asked for other in map(open_ask, (each.told for each in others)))
