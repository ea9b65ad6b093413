"""The same words to many adults. Each gets them in their own thread, so that nobody reads another's answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from gatepost.core import audit, bulk, clock
from gatepost.core.errors import Refused
from gatepost.core.ids import new_ids
from gatepost.core.readings import worded_once
from gatepost.know.models import Adult, Child
from gatepost.org.actor import Actor
from gatepost.org.pressing import kept_once
from gatepost.reach import notices, sayings
from gatepost.reach.audience import Line
from gatepost.reach.delivery import load
from gatepost.reach.models import Broadcast, Message, Thread, Translation
from gatepost.reach.models.translations import BROADCAST
from gatepost.reach.queries import tongues
from gatepost.reach.sayings import Saying
from gatepost.reach.services import News, budgets, recordings, tell_all, translating
from gatepost.reach.services.taking_back import take_back
from gatepost.reach.services.threads import hard

ANYBODY = "…"
"""Stands for a name where a saying is shown that goes to many."""
AT_ONCE = 500  # families for whom rows are made together: memory does not grow with the number of families


@transaction.atomic
def send(
    words: str,
    lines: Sequence[Line],
    *,
    said: Saying = (),
    urgent: bool,
    school_id: UUID,
    key: UUID | None = None,
    by: Actor,
) -> Broadcast:
    """Send the same to every one of these adults whom the gate lets pass. It leaves in a minute, or later.

    `key`: of the press of a button (`press_of`); pressed twice, it is sent once.

    Holds afterwards: each has one notice and one message in a thread of their own; who is left out has a notice with
    its rule; whoever has had enough for today, and everybody at night, gets it in the morning, unless it is urgent.
    """
    if said:
        words = sayings.words(said, "en", adult=ANYBODY, child=ANYBODY)
    if not words.strip():
        raise Refused(_("Please write a few words."))
    allowed = [line for line in lines if line.decision.allowed]
    if not allowed:
        raise Refused(_("Nobody would get it."))
    sent = _kept_once(
        key, {"words": words.strip(), "said": list(said), "urgent": urgent, "school_id": school_id}, by=by
    )
    threads = _threads([(line.adult, line.child) for line in allowed], by=by)
    _keep_messages(sent, {threads[line.adult.pk, line.child.pk]: line for line in allowed}, by=by)
    params = _params(sent, allowed, by=by)
    _count_texts(sent, allowed, params)
    _tell(sent, lines, threads, params, by=by)
    Broadcast.objects.filter(pk=sent.pk).update(told=len(allowed))
    age = None if said else hard(sent.words)
    audit.record("reach.broadcast_sent", sent, by=by, adults=len(allowed), urgent=urgent, phrases=len(said), age=age)
    return sent


def _tell(
    sent: Broadcast,
    lines: Sequence[Line],
    threads: dict[tuple[UUID, UUID], UUID],
    params: dict[str, dict[str, Any]],
    *,
    by: Actor,
) -> None:
    """In a minute, or in the morning whoever has had enough for today; what is urgent to everybody at once."""
    told = (line.adult.pk for line in lines if line.decision.allowed)
    later = set() if sent.urgent else load.who_has_had_enough(told)
    kind = notices.urgent if sent.urgent else notices.broadcast
    for not_before, wanted in ((load.soon(urgent=sent.urgent), False), (load.tomorrow(), True)):
        group = [line for line in lines if (line.adult.pk in later) is wanted]
        for some in batched(group, AT_ONCE):
            news = [
                News(line.adult, line.child, threads.get((line.adult.pk, line.child.pk)), params[_reads(line)])
                for line in some
            ]
            tell_all(kind, news, by=by, batch=sent.pk, not_before=not_before, put_off=wanted)


def _kept_once(key: UUID | None, what: dict[str, Any], *, by: Actor) -> Broadcast:
    row = what | {"by_id": by.staff_id, "at": clock.now()}
    sent, is_new = kept_once(Broadcast, key, row)
    if not is_new:
        raise Refused(_("You have sent this already. It leaves once."))
    return sent


def _count_texts(sent: Broadcast, lines: Sequence[Line], params: dict[str, dict[str, Any]]) -> None:
    """Write down what its texts take; where that is more than the school means to spend, nothing leaves."""
    bill = budgets.bill(sent.words, tuple(sent.said), lines, school=sent.school, who=sent.by.name, theirs=params)
    if not sent.urgent:
        budgets.refuse_too_much(sent.school_id, bill.parts)
    texts = sum(adults for _cost, adults in bill.lines)
    Broadcast.objects.filter(pk=sent.pk).update(text_parts=bill.parts, texts=texts)


def _keep_messages(sent: Broadcast, threads: dict[UUID, Line], *, by: Actor) -> None:
    """One message in each thread; what comes from the phrasebook with the names of the two whom it is about."""

    def words_for(line: Line) -> str:
        if not sent.said:
            return sent.words
        return sayings.words(sent.said, "en", adult=line.adult.name, child=line.child.called)

    alike = {"school_id": sent.school_id, "by_id": by.staff_id, "said": sent.said, "at": sent.at}
    for some in batched(threads.items(), AT_ONCE):
        rows = [(key, thread, words_for(line)) for key, (thread, line) in zip(new_ids(len(some)), some, strict=True)]
        bulk.write(Message, ("id", "thread_id", "words"), rows, broadcast_id=sent.pk, **alike)


def _reads(line: Line) -> str:
    return tongues.read_by(line.adult)


def _params(sent: Broadcast, lines: Sequence[Line], *, by: Actor) -> dict[str, dict[str, Any]]:
    """What each language gets: the words, and what a person has made of them before; else our apology."""
    said: dict[str, Any] = {"words": sent.words, "who": sent.by.name, **({"said": sent.said} if sent.said else {})}
    found: dict[str, dict[str, Any]] = defaultdict(lambda: said)
    wanted = translating.Wanted(sent.pk, BROADCAST, sent.words, sent.school_id)
    for tag in sorted({_reads(line) for line in lines} - tongues.spoken(sent.said)):
        row = translating.ask_out(wanted, tag, by=by)
        found[tag] = said | (tongues.params_of(translating.show(row)) or {"sorry": row is not None})
    return found


def _threads(pairs: Sequence[tuple[Adult, Child]], *, by: Actor) -> dict[tuple[UUID, UUID], UUID]:
    """The thread of each adult about each child, as the one in which the school wrote just now.

    Where a family waits for an answer, it goes on waiting for whoever it has written to.
    """
    now = clock.now()
    lately = {"wrote_last_id": by.staff_id, "told_at": now}
    found = dict[tuple[UUID, UUID], UUID]()
    for some in batched(pairs, AT_ONCE):
        schools = {(adult.pk, child.pk): child.school_id for adult, child in some}
        known = _known_threads(schools)
        begun = {pair: key for pair, key in zip(schools, new_ids(len(schools)), strict=True) if pair not in known}
        new = [(key, schools[pair], *pair) for pair, key in begun.items()]
        columns = ("id", "school_id", "adult_id", "child_id")
        if bulk.write(Thread, columns, new, pass_over_known=True, begun_at=now, **lately) < len(new):
            known, begun = _known_threads(schools), {}  # somebody has just begun one of them
        bulk.change(Thread, known.values(), was={}, told_at=now)
        Thread.objects.filter(pk__in=known.values(), waits_since=None).update(wrote_last=by.staff_id)
        found |= known | begun
    return found


def _known_threads(pairs: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], UUID]:
    rows = _threads_of({adult for adult, _child in pairs})
    return {(adult, child): key for adult, child, key in rows if (adult, child) in pairs}


@worded_once
def _threads_of(adults: set[UUID]) -> QuerySet[Thread, Any]:
    return Thread.objects.filter(adult__in=adults).order_by().values_list("adult", "child", "pk")


@transaction.atomic
def undo(sent: Broadcast, *, by: Actor) -> None:
    """Take it back within its minute: nobody gets it, and no thread holds it."""
    take_back(sent.pk, by=by)
    Translation.objects.filter(of=sent.pk, part=BROADCAST).delete()
    recordings.forget(sent.pk)
    touched = list(sent.messages.values_list("thread", flat=True))
    audit.record("reach.broadcast_taken_back", sent, by=by)
    sent.delete()
    left = Thread.objects.filter(pk__in=touched)
    left.filter(messages=None).delete()
    last = Message.objects.filter(thread=OuterRef("pk"), by__isnull=False).order_by("-at")
    left.update(told_at=Subquery(last.values("at")[:1]), wrote_last=Subquery(last.values("by")[:1]))
