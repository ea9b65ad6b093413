"""What was picked from the phrasebook, as its readers will get it: language by language, with what the texts cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gatepost.know.models import Channel
from gatepost.language import table
from gatepost.language.phrasebook import status_of
from gatepost.org.actor import Actor
from gatepost.org.models import Person, School
from gatepost.reach import sayings
from gatepost.reach.audience import Line
from gatepost.reach.delivery.parts import Bill, TextCost, bill_of, cost_of
from gatepost.reach.delivery.render import text_like
from gatepost.reach.forms.saying import SayForm
from gatepost.reach.kinds import NoticeKind
from gatepost.reach.sayings import Saying

CHECK_PAGE = "reach/staff/say_check.html"
"""Shows what `before_it_leaves` gives."""


@dataclass(frozen=True)
class InLanguage:
    """The saying in one language."""

    language: table.Language
    words: str
    adults: int
    drafted: bool
    text: TextCost


@dataclass(frozen=True)
class SayingPreview:
    """The saying in English, and in each language that somebody of the audience reads."""

    languages: tuple[InLanguage, ...]
    bill: Bill


def preview_saying(
    saying: Saying, lines: Sequence[Line], kind: NoticeKind, *, school: School, who: str
) -> SayingPreview:
    """As each would get it, with the longest name of a child among them: no text costs more than it says here."""
    told = [line for line in lines if line.decision.allowed]
    read_by = Counter(line.language for line in told)
    by_text = Counter(line.language for line in told if line.channel == Channel.SMS)
    said = {tag: _said(saying, tag, told) for tag in ["en", *(tag for tag, _n in read_by.most_common() if tag != "en")]}
    texts = {
        tag: text_like(kind, school=school, language=tag, child="", words=words, who=who, spoken=words)
        for tag, words in said.items()
    }
    costs = {cost.language: cost for cost in cost_of(texts)}
    shown = [
        InLanguage(table.get(tag), words, read_by[tag], status_of(tag) == "drafted", costs[tag])
        for tag, words in said.items()
    ]
    return SayingPreview(tuple(shown), bill_of({tag: texts[tag] for tag in by_text}, by_text))


def _said(saying: Saying, tag: str, told: Sequence[Line]) -> str:
    readers = [line for line in told if line.language == tag] or list(told)
    if not readers:
        return sayings.words(saying, tag, adult="…", child="…")
    return max(
        (sayings.words(saying, tag, adult=line.adult.name, child=line.child.called) for line in readers), key=len
    )


def before_it_leaves(
    form: SayForm, lines: Sequence[Line], kind: NoticeKind, *, by: Actor, **more: Any
) -> dict[str, Any]:
    """What the page before sending shows: what each reads, in which language, and what it costs."""
    school, writer = School.objects.get(pk=by.school_id), Person.objects.get(pk=by.staff_id)
    return {
        "form": form,
        "saying": preview_saying(form.saying(), lines, kind, school=school, who=writer.name),
        "can_send": any(line.decision.allowed for line in lines),
        "send_words": _("Send"),
        **more,
    }
