"""The notices that `agree` can send. None of them carries what was said or promised: the page behind the code does."""

from __future__ import annotations

from uuid import UUID

from gatepost.agree.models import Record
from gatepost.disclosure import Fact
from gatepost.reach.kinds import NUMBER, NoticeKind, Question, Tone, register
from gatepost.reach.models import Ask

OPENS = "summary:open"


def _whether_it_makes_sense(record: UUID) -> Ask | None:
    return Ask.objects.filter(pk__in=Record.objects.filter(pk=record).values("understood")).first()


summary = register(
    NoticeKind(
        name="agree.summary",
        facts=frozenset({Fact.EDUCATION}),
        template="agree/notices/summary",
        why="Says that what was said and promised at a talk can be read, and asks whether it made sense.",
        opens=OPENS,
        asks=Question(frozenset({NUMBER}), _whether_it_makes_sense),
    )
)

summary_theirs = register(
    NoticeKind(
        name="agree.summary_theirs",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/in_your_language",
        why="The summary of a talk that was there in English before is there in the adult's language now.",
        opens=OPENS,
    )
)

promise_kept = register(
    NoticeKind(
        name="agree.promise_kept",
        facts=frozenset({Fact.EDUCATION}),
        template="agree/notices/promise_kept",
        why="Says that the school has done something that it promised.",
        opens=OPENS,
        tone=Tone.GOOD,
        calm=True,
    )
)

promise_not_kept = register(
    NoticeKind(
        name="agree.promise_not_kept",
        facts=frozenset({Fact.EDUCATION}),
        template="agree/notices/promise_not_kept",
        why="Says that the school has not done something that it promised, and that the page says why.",
        opens=OPENS,
    )
)
