"""Asking, hearing the answer, and noting that people have spoken."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from gatepost.core import audit, bulk, clock
from gatepost.know.models import Adult, Child
from gatepost.org.actor import Actor
from gatepost.reach.kinds import Tone
from gatepost.reach.models import Answer, Ask, Touch
from gatepost.reach.services import translating


def ask(adult: Adult, question: str, *, about: Child) -> Ask:
    """Put a question to an adult about a child."""
    (asked,) = ask_all(question, [(adult, about)])
    return asked


@transaction.atomic
def ask_all(question: str, asked: Sequence[tuple[Adult, Child]]) -> list[Ask]:
    """The same question to many adults, each about a child."""
    return Ask.objects.bulk_create(
        Ask(school_id=about.school_id, adult=adult, child=about, question=question, asked_at=clock.now())
        for adult, about in asked
    )


@transaction.atomic(savepoint=False)  # a part of a larger deed is not undone alone
def answer(asked: Ask, value: str, *, words: str = "", at_home: bool = False, way: Touch.Way, by: Actor) -> Answer:
    """Keep what an adult said to a question, and that they spoke. All ways of answering are equal.

    Holds afterwards: earlier answers stand; the latest one counts; the adult has been heard.
    """
    said = Answer(
        school_id=asked.school_id,
        ask=asked,
        value=value,
        words=words,
        way=way,
        keyed_by_id=by.person_id,
        at=clock.now(),
    )
    bulk.insert(Answer, [said])
    heard = translating.Wanted(said.pk, "answer", words, asked.school_id, adult=asked.adult, child=asked.child)
    translating.hear(heard, by=by)
    touch(asked.adult, child=asked.child, way=way, two_way=True, at_home=at_home, school_id=asked.school_id, by=by)
    return said


@transaction.atomic(savepoint=False)  # a part of a larger deed is not undone alone
def touch(
    adult: Adult,
    *,
    child: Child | None,
    way: Touch.Way,
    two_way: bool,
    at_home: bool = False,
    tone: Tone = Tone.NEUTRAL,
    school_id: UUID,
    by: Actor | None,
) -> Touch:
    """Note one contact with one adult: how, whether both spoke, whether about learning at home, and in what tone."""
    noted = Touch(
        school_id=school_id,
        adult=adult,
        child=child,
        at=clock.now(),
        way=way,
        two_way=two_way,
        at_home=at_home,
        tone=tone,
        by_id=by.person_id if by else None,
    )
    bulk.insert(Touch, [noted])
    audit.record("reach.touched", noted, by=by, way=way, two_way=two_way)
    return noted
