"""Telling, and what people settle of it. Nothing here sends: `delivery` does, from the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from gatepost.core import audit, bulk, clock
from gatepost.core.errors import Refused
from gatepost.core.ids import new_ids
from gatepost.disclosure import CareFacts, Standing, Verdict
from gatepost.disclosure.gate import Decision, decide_all
from gatepost.know.models import Adult, Channel, Child, ContactPoint
from gatepost.know.queries import Pair, best_contact, care_facts, care_facts_of, contact_for, contacts_for
from gatepost.language.table import FAMILY_LANGUAGES
from gatepost.org.actor import Actor
from gatepost.reach import links
from gatepost.reach.delivery import timing
from gatepost.reach.delivery.few import left_this_week, or_together
from gatepost.reach.delivery.ledger import ON_ITS_WAY, with_company
from gatepost.reach.kinds import KINDS, NoticeKind
from gatepost.reach.models import Delivery, FamilyLink, Notice, Touch
from gatepost.reach.onpaper import on_paper
from gatepost.reach.services.asking import touch
from gatepost.reach.services.optouts import ASKED_FOR_NONE, who_opted_out


@dataclass(frozen=True)
class News:
    """One thing that one adult is to be told about one child."""

    adult: Adult
    about: Child
    subject: UUID | None = None  # what its link opens
    params: dict[str, Any] = field(default_factory=dict)


def tell(
    adult: Adult,
    kind: NoticeKind,
    *,
    about: Child,
    subject: UUID | None = None,
    by: Actor | None,
    **params: Any,
) -> Notice:
    """Promise to tell an adult something about a child, in their language, by a way that reaches them.

    Holds afterwards: the promise is a row in the caller's own transaction; the gate has been asked once and its rule
    is on the row. It is asked again when the message is handed over. Whoever cannot be reached is on the office's
    list: nothing disappears.
    """
    (notice,) = tell_all(kind, [News(adult, about, subject, params)], by=by)
    return Notice.objects.get(pk=notice)


@transaction.atomic(savepoint=False)  # a part of a larger deed is not undone alone
def tell_all(
    kind: NoticeKind,
    news: Sequence[News],
    *,
    by: Actor | None,
    batch: UUID | None = None,
    not_before: datetime | None = None,
    put_off: bool = False,
    facts: Mapping[Pair, CareFacts] | None = None,
) -> list[UUID]:
    """The same for many adults of one school at once, in a few queries however many there are. Returns the promises.

    What has a `batch` can be taken back until it leaves (`taking_back.py`); `not_before` gives the time for it. What
    is `put_off` until then goes together with what else was.
    `facts`: what the gate must know of all of them, where the caller has read it in this same transaction.
    """
    pairs = [(each.adult.pk, each.about.pk) for each in news]
    adults = {adult for adult, _child in pairs}
    facts, contacts = facts or care_facts_of(pairs), contacts_for(pairs)
    letters = on_paper(kind, ((each.adult, each.about) for each in news), contacts)
    unwanted = who_opted_out(kind, adults)
    few = left_this_week(kind, adults, school_id=news[0].about.school_id) if news else {}
    told, sent, today, ids = list[_Told](), list[_Sent](), clock.today(), iter(new_ids(2 * len(news)))
    for each, pair in zip(news, pairs, strict=True):
        decision, point = _decide(facts[pair], kind, on=today), contacts[pair]
        state, rule = _first_state(decision), decision.rule
        if decision.allowed and pair[0] in unwanted:
            state, rule = Notice.State.BARRED, ASKED_FOR_NONE
        elif decision.allowed and point is None and pair not in letters:
            state = Notice.State.BY_HAND
        promise = _Told(
            next(ids), each.about.school_id, *pair, language_for(each.adult), each.params, each.subject, state, rule
        )
        told.append(promise)
        if state is Notice.State.QUEUED:
            when = timing.of_first(kind, each.adult, each.params, not_before=not_before, put_off=put_off)
            when = or_together(when, each.adult, few, not_before=not_before)
            sent.append(_first_attempt(next(ids), promise, None if pair in letters else point, when))
    _write_down(kind, told, sent, batch, by=by)
    return [each.id for each in told]


def _first_attempt(key: UUID, promise: _Told, point: ContactPoint | None, when: timing.When) -> _Sent:
    channel, to = (point.channel, point.pk) if point else (Channel.LETTER, None)
    return _Sent(key, promise.school_id, promise.id, channel, to, *when)


def _write_down(
    kind: NoticeKind, told: Sequence[_Told], sent: Sequence[_Sent], batch: UUID | None, *, by: Actor | None
) -> None:
    if not told:
        return
    alike: dict[str, Any] = {"kind": kind.name, "facts": sorted(kind.facts), "batch": batch, "created_at": clock.now()}
    bulk.write(Notice, _Told._fields, told, **alike)
    bulk.write(Delivery, _Sent._fields, sent)
    said = {(state, rule): {"kind": kind.name, "state": state, "rule": rule} for *_, state, rule in told}
    lines = [(each.id, each.child_id, said[each.state, each.rule]) for each in told]
    audit.record_rows("reach.notice_written", Notice, lines, school_id=told[0].school_id, by=by)


class _Told(NamedTuple):
    """What a promise says beside what it has in common with the others of its kind."""

    id: UUID
    school_id: UUID
    adult_id: UUID
    child_id: UUID
    language: str
    params: dict[str, Any]
    subject: UUID | None
    state: Notice.State
    rule: str


class _Sent(NamedTuple):
    """The first attempt to keep it."""

    id: UUID
    school_id: UUID
    notice_id: UUID
    channel: str
    contact_point_id: UUID | None
    not_before: datetime
    together_at: datetime | None


@transaction.atomic
def tell_there(
    point: ContactPoint,
    kind: NoticeKind,
    *,
    school_id: UUID,
    subject: UUID | None = None,
    by: Actor | None,
    **params: Any,
) -> Notice:
    """Promise to tell an adult something that is about no child, at this contact point of theirs."""
    if kind.facts:
        raise ValueError(f"{kind.name} says something about a child: the gate has to be asked.")
    notice = Notice.objects.create(
        school_id=school_id,
        adult=point.adult,
        kind=kind.name,
        language=language_for(point.adult),
        subject=subject,
        params=params,
        stays=True,
        created_at=clock.now(),
    )
    delivery_to(notice, point).save()
    audit.record("reach.notice_written", notice, by=by, kind=notice.kind, state=notice.state, rule="")
    return notice


def delivery_to(notice: Notice, point: ContactPoint | None) -> Delivery:
    """One attempt, not yet written down: to this contact point, when the night is over; without one, on paper."""
    return Delivery(
        school_id=notice.school_id,
        notice=notice,
        channel=point.channel if point else Channel.LETTER,
        contact_point=point,
        **timing.at_the_next_chance(KINDS[notice.kind], notice.adult, notice.params)._asdict(),
    )


def may_tell(adult: Adult, kind: NoticeKind, *, about: Child) -> Decision:
    """What the gate says today of this notice to this adult about this child."""
    return _decide(care_facts(adult, about), kind)


def _decide(care: CareFacts, kind: NoticeKind, *, on: date | None = None) -> Decision:
    if not kind.facts:
        return Decision(Verdict.ALLOW, "parent-told")
    return decide_all(care, kind.facts, on=on or clock.today())


def language_for(adult: Adult) -> str:
    """The language to write in: theirs where the product speaks it, else English."""
    return adult.language if adult.language in FAMILY_LANGUAGES else "en"


def _first_state(decision: Decision) -> Notice.State:
    states = {
        Verdict.ALLOW: Notice.State.QUEUED,
        Verdict.HOLD: Notice.State.HELD,
        Verdict.DENY: Notice.State.BARRED,
    }
    return states[decision.verdict]


def _queue(notice: Notice) -> None:
    child = notice.child
    point = contact_for(notice.adult, about=child) if child else best_contact(notice.adult)
    if child and on_paper(KINDS[notice.kind], [(notice.adult, child)], {(notice.adult_id, child.pk): point}):
        delivery_to(notice, None).save()
        return
    if point is None:
        notice.state = Notice.State.BY_HAND
        notice.save()
    elif not Delivery.objects.filter(notice=notice, state__in=ON_ITS_WAY).exists():  # else a sender has it in hand
        delivery_to(notice, point).save()


@transaction.atomic
def release(adult: Adult, *, child: Child, by: Actor | None) -> int:
    """Ask the gate again about everything held back from an adult about a child, once the office has settled it.

    Holds afterwards: what may pass is queued, what may not is barred by a rule, the rest still waits. Returns how many
    were queued.
    """
    queued = 0
    for notice in Notice.objects.filter(adult=adult, child=child, state=Notice.State.HELD):
        decision = may_tell(adult, KINDS[notice.kind], about=child)
        if (_first_state(decision), decision.rule) == (Notice.State.HELD, notice.rule):
            continue  # nothing has changed, and the trail says already why it waits
        notice.state, notice.rule = _first_state(decision), decision.rule
        still = Notice.objects.filter(pk=notice.pk, state=Notice.State.HELD)
        if not still.update(state=notice.state, rule=notice.rule):
            continue  # somebody else has just released it
        if decision.allowed:
            _queue(notice)
            queued += 1
        audit.record("reach.notice_released", notice, by=by, state=notice.state, rule=decision.rule)
    return queued


@transaction.atomic
def ask_again(adult: Adult, *, child: Child, by: Actor | None) -> None:
    """What this adult may learn about this child has changed: ask the gate about all that is on its way to them.

    Holds afterwards: what may not pass is stopped by a rule, what waited and may pass now is queued, and a link that
    opens nothing but what is now forbidden is dead for good. What a sender has in hand is stopped by the sender.
    """
    care = care_facts(adult, child)
    theirs = Notice.objects.filter(adult=adult, child=child)
    for notice in theirs.filter(state__in=[Notice.State.QUEUED, Notice.State.BY_HAND]):
        decision = _decide(care, KINDS[notice.kind])
        if not decision.allowed:
            _stop(notice, decision, by=by)
    release_it = [_decide(care, KINDS[held.kind]).verdict for held in theirs.filter(state=Notice.State.HELD)]
    if set(release_it) - {Verdict.HOLD}:
        release(adult, child=child, by=by)
    _revoke_links(adult, child, care, by=by)


def _stop(notice: Notice, decision: Decision, *, by: Actor | None) -> None:
    waiting = Notice.objects.filter(pk=notice.pk, state__in=[Notice.State.QUEUED, Notice.State.BY_HAND])
    if waiting.update(state=_first_state(decision), rule=decision.rule):
        queued = Delivery.objects.filter(notice=notice, state=Delivery.State.QUEUED)
        queued.update(state=Delivery.State.STOPPED, problem=decision.rule)
        audit.record("reach.stopped_at_the_gate", notice, by=by, rule=decision.rule)


def _revoke_links(adult: Adult, child: Child, care: CareFacts, *, by: Actor | None) -> None:
    """What the gate denies now stays shut, also if an order is lifted later: a new link comes with new news.

    A link by which something may still be done lives on; the door asks the gate about each page behind it.
    """
    verdicts = [(kind.opens, _decide(care, kind).verdict) for kind in KINDS.values() if kind.opens]
    shut = {opens for opens, verdict in verdicts if verdict is Verdict.DENY}
    shut -= {opens for opens, verdict in verdicts if verdict is not Verdict.DENY}
    links.revoke(FamilyLink.objects.filter(adult=adult, child=child, purpose__in=shut), by=by)


def settled_but_held() -> QuerySet[Notice]:
    """What is held although it is settled what the adult is: by the source, or in the moment before a crash."""
    return Notice.objects.filter(
        state=Notice.State.HELD,
        adult__cares__child=F("child"),
        adult__cares__ended_on=None,
        adult__cares__held=False,
        adult__cares__standing__in=[Standing.PARENT, Standing.CARER],
    )


def release_settled() -> int:
    """Release all of it. Returns how many were queued. Safe to do again."""
    pairs = {(notice.adult, notice.child) for notice in settled_but_held()}
    return sum(release(adult, child=child, by=None) for adult, child in pairs if child)


@transaction.atomic
def it_came(delivery: Delivery, *, by: Actor) -> None:
    """The family says that a message of which we were not sure has come."""
    all_of_it = _settle(delivery, Delivery.State.ACCEPTED, accepted_at=clock.now(), by=by)
    Notice.objects.filter(deliveries__in=all_of_it).update(state=Notice.State.SENT)


@transaction.atomic
def send_again(delivery: Delivery, *, by: Actor) -> None:
    """The family says that it has not come, or nobody knows: it goes to the wire once more, through the gate."""
    _settle(delivery, Delivery.State.QUEUED, not_before=clock.now(), repeats=F("repeats") + 1, by=by)


def _settle(delivery: Delivery, state: Delivery.State, *, by: Actor, **more: Any) -> list[UUID]:
    """One answer of the family settles all that the message carried. Returns those attempts."""
    unsure = list(with_company(delivery).filter(state=Delivery.State.UNCERTAIN).values_list("pk", flat=True))
    if not Delivery.objects.filter(pk__in=unsure, state=Delivery.State.UNCERTAIN).update(state=state, **more):
        raise Refused(_("Somebody has settled this already."))
    audit.record("reach.uncertain_settled", delivery, by=by, state=state)
    return unsure


@transaction.atomic
def said_in_person(notice: Notice, *, by: Actor) -> None:
    """Somebody has told the adult by telephone or at the gate: the promise is kept, and counts as a talk."""
    if notice.state != Notice.State.BY_HAND:
        raise Refused(_("This has already been said or sent."))
    if notice.child and not may_tell(notice.adult, KINDS[notice.kind], about=notice.child).allowed:
        raise Refused(_("This may not be told to this adult any more. Please look at their page first."))
    notice.state = Notice.State.SENT
    notice.save()
    way = Touch.Way.DOOR if notice.adult.no_voice_calls else Touch.Way.PHONE
    touch(notice.adult, child=notice.child, way=way, two_way=True, school_id=notice.school_id, by=by)
    audit.record("reach.said_in_person", notice, by=by)
