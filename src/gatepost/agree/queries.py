"""What stands in a record and what is still missing, which promises are due, and what a family's page may show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from gatepost.agree import readable
from gatepost.agree import words as in_their_language
from gatepost.agree.models import Action, Reading, Record, Revision, Target
from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Disclosed
from gatepost.disclosure.freetext import index_of
from gatepost.know.models import Adult, Care, Child
from gatepost.org.models import Person
from gatepost.org.permissions import label_of
from gatepost.reach import meanings
from gatepost.reach.besides import Beside, last_day
from gatepost.reach.models import Answer, Ask

YES, NOT_QUITE, CORRECTION = "yes", "not_quite", "correction"


# ── promises ─────────────────────────────────────────────────────────────────────────────────────


def promises_of(person_id: UUID | None) -> QuerySet[Action]:
    """What this member of staff has promised and not yet done, the next day first."""
    return Action.objects.filter(owner=person_id, state=Action.State.OPEN).order_by("due_on", "id")


def in_order(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Open ones first, the longest overdue first of all; then the closed ones, newest first."""
    is_open = Q(state=Action.State.OPEN)
    return actions.annotate(
        closed=Case(When(is_open, then=Value(0)), default=Value(1)),
        open_until=Case(When(is_open, then=F("due_on")), default=None),
    ).order_by("closed", "open_until", "-closed_at", "id")


def promised_last_time(record: Record) -> QuerySet[Action]:
    """What was promised to this adult about this child at the talk before; nothing of any other adult's."""
    earlier = Record.objects.filter(adult=record.adult_id, child=record.child_id, created_at__lt=record.created_at)
    return Action.objects.filter(record__in=earlier.order_by("-created_at").values("pk")[:1])


def cares_for(person: Person, child: Child) -> bool:
    """Whether a member of staff is a parent or carer of this child."""
    return Care.objects.filter(child=child, adult__person=person, ended_on=None).exists()


# ── records ──────────────────────────────────────────────────────────────────────────────────────


def content_of(record: Record, names: Iterable[str]) -> dict[str, Any]:
    """The words of a record as a revision keeps them."""
    return {name: _kept(getattr(record, name)) for name in names}


def _kept(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def missing(record: Record) -> list[str]:
    """What a record still needs before the family can read it, in sentences."""
    gaps = []
    if not (record.parent_says.strip() or record.nothing_to_add):
        gaps.append(_("Write down what the family says, or tick that you asked and there is nothing to add."))
    if not promises_of_the_school(record).exists():
        gaps.append(_("Promise at least one thing that the school will do."))
    if not record.summary_plain.strip():
        gaps.append(_("Write the summary for the family."))
    if not (record.next_on or record.no_next_because.strip()):
        gaps.append(_("Give the next date, or say why there is none."))
    return gaps


def promises_of_the_school(record: Record) -> QuerySet[Action]:
    """What the school has promised at a talk, kept or not."""
    return record.actions.filter(side=Action.Side.SCHOOL, kind=Action.Kind.ACTION)


def asks_more_of_the_family(record: Record) -> bool:
    """Whether the family has promised more than the school: worth a thought, not forbidden."""
    sides = record.actions.aggregate(
        school=Count("pk", filter=Q(side=Action.Side.SCHOOL)), family=Count("pk", filter=Q(side=Action.Side.FAMILY))
    )
    return bool(sides["family"] > sides["school"])


def last_revision(record: Record) -> Revision | None:
    """Who saved last, and when."""
    return record.revisions.select_related("by").first()


def asked(record: Record) -> Ask:
    """The question whether it made sense; it stands from the day of sharing."""
    if record.understood is None:
        raise Refused(_("This has not been shared yet."))
    return record.understood


def corrections(record: Record) -> list[Answer]:
    """What the adult has answered in their own words, newest first."""
    if record.understood is None:
        return []
    return list(record.understood.answers.exclude(value=YES).exclude(words=""))


def waits_for_a_call(record: Record) -> bool:
    """Whether somebody has already promised to ring about this record."""
    return record.actions.filter(kind=Action.Kind.CALL_BACK, state=Action.State.OPEN).exists()


# ── the family's page ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ShownPromise(Disclosed):
    """One promise as the family sees it."""

    text: str
    who: str  # the member of staff; blank where the family promised
    by_family: bool
    is_call: bool
    due_on: date
    state: str
    late: bool
    because: str
    closed_on: date | None
    beside: Beside | None = None  # the text in their language, or when it will be
    beside_because: Beside | None = None


@dataclass(frozen=True)
class ShownTarget(Disclosed):
    """What the child works towards."""

    text: str
    measure: str
    review_on: date
    beside: Beside | None = None


@dataclass(frozen=True)
class ShownRecord(Disclosed):
    """All that a family's page may know of a record: the version that was shared, and how the promises stand."""

    child: str
    teacher: str
    met_at: datetime
    summary: str
    their_words: str
    nothing_to_add: bool
    strengths: str
    works_at_home: str
    priorities: str
    contact_between: str
    next_on: date | None
    no_next_because: str
    targets: tuple[ShownTarget, ...]
    promises: tuple[ShownPromise, ...]
    calls: tuple[ShownPromise, ...]
    sense: str  # yes, not_quite, or blank: not answered since it was shared
    correction: str  # their own latest one
    explained: tuple[meanings.Meaning, ...]  # the school words in it
    beside: dict[str, Beside]  # of the texts above, by their names
    lacking: bool  # some of it is in English only
    by_day: date | None  # when it will be in theirs


def shown(record: Record) -> ShownRecord:
    """What the family sees. The caller holds a link and a code that the gate has let pass."""
    return _shown(record, _shared_words(record))


def preview(record: Record) -> ShownRecord:
    """What the family would see if it were shared now."""
    return _shown(record, content_of(record, _FAMILY_WORDS), unread=True)


_FAMILY_WORDS = (
    "summary_plain",
    "parent_says",
    "nothing_to_add",
    "strengths",
    "works_at_home",
    "priorities",
    "contact_between",
    "next_on",
    "no_next_because",
)


def _shared_words(record: Record) -> dict[str, Any]:
    return words_of(record, record.shared_number or 0)


def words_of(record: Record, number: int) -> dict[str, Any]:
    """The words of a record as they stood in this version."""
    content: dict[str, Any] = Revision.objects.get(record=record, number=number).content
    return content


def _shown(record: Record, words: dict[str, Any], *, unread: bool = False) -> ShownRecord:
    """`unread`: with what waits for a second reader."""
    actions = [action for action in record.actions.select_related("owner") if unread or not action.waits]
    targets = [target for target in record.targets.all() if unread or not target.waits]
    texts = in_their_language.texts_of(record, words, actions, targets)
    beside = {(text.of, text.name): each for text, each in in_their_language.beside_of(record, texts).items()}
    promises = [_promise(action, beside, unread=unread) for action in actions]
    sense, correction = _said(record)
    return ShownRecord(
        child=record.child.called,
        teacher=record.teacher.name,
        met_at=record.booking.slot.starts_at,
        summary=words["summary_plain"],
        their_words=words["parent_says"],
        nothing_to_add=words["nothing_to_add"],
        strengths=words["strengths"],
        works_at_home=words["works_at_home"],
        priorities=words["priorities"],
        contact_between=words["contact_between"],
        next_on=date.fromisoformat(words["next_on"]) if words["next_on"] else None,
        no_next_because=words["no_next_because"],
        targets=tuple(
            ShownTarget(each.text, each.measure, each.review_on, beside.get((each.pk, "text"))) for each in targets
        ),
        promises=tuple(each for each in promises if not each.is_call),
        calls=tuple(each for each in promises if each.is_call),
        sense=sense,
        correction=correction,
        explained=meanings.explained(_written(words, promises, targets)),
        beside={name: each for (of, name), each in beside.items() if of == record.pk},
        lacking=any(each.lacking for each in beside.values()),
        by_day=last_day(beside.values()),
    )


def _written(words: dict[str, Any], promises: list[ShownPromise], targets: list[Target]) -> Iterable[str]:
    yield from (words[name] or "" for name in readable.WRITTEN_BY_STAFF)
    yield from (f"{each.text} {each.because}" for each in promises)
    yield from (f"{each.text} {each.measure}" for each in targets)


def _promise(action: Action, beside: dict[tuple[UUID, str], Beside], *, unread: bool) -> ShownPromise:
    return ShownPromise(
        text=action.text,
        who=action.owner.name if action.owner else "",
        by_family=action.side == Action.Side.FAMILY,
        is_call=action.kind == Action.Kind.CALL_BACK,
        due_on=action.due_on,
        state=action.state,
        late=action.is_overdue(clock.today()),
        because="" if action.because_waits and not unread else action.because,
        closed_on=timezone.localdate(action.closed_at) if action.closed_at else None,
        beside=beside.get((action.pk, "text")),
        beside_because=beside.get((action.pk, "because")),
    )


def _said(record: Record) -> tuple[str, str]:
    """The adult's latest answer since sharing, and their latest correction."""
    if record.understood is None or record.shared_at is None:
        return "", ""
    answers = list(record.understood.answers.filter(at__gte=record.shared_at))
    sense = next((each.value for each in answers if each.value != CORRECTION), "")
    return sense, next((each.words for each in answers if each.value == CORRECTION), "")


# ── the second reader ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Passage:
    """One stretch of somebody's own words that is to go out."""

    label: str
    text: str
    is_new: bool  # the family does not have it yet


def waiting_reading(record: Record) -> Reading | None:
    """The reading of a record that waits for somebody, if one does."""
    return record.readings.filter(state=Reading.State.WAITING).first()


def sent_back(record: Record) -> Reading | None:
    """The last reading of a record, if it was sent back and nobody has asked again."""
    last = record.readings.order_by("-asked_at", "-id").first()
    return last if last and last.state == Reading.State.SENT_BACK else None


def has_unread(record: Record) -> bool:
    """Whether something of a record waits until somebody else has read it."""
    waits = record.actions.filter(Q(waits=True) | Q(because_waits=True))
    return waits.exists() or record.targets.filter(waits=True).exists()


def passages(reading: Reading) -> list[Passage]:
    """All that the family would read in somebody's own words, if this were let go now."""
    record = reading.record
    words, before = words_of(record, reading.number), _shared_words(record) if record.is_shared else {}
    named = {name: words[name] for name in _passage_labels() if words[name]}
    found = [Passage(_passage_labels()[name], text, text != before.get(name)) for name, text in named.items()]
    for action in record.actions.all():
        found.append(Passage(_("Promise"), action.text, action.waits or not before))
        if action.because:
            found.append(Passage(_("Why it was not kept"), action.because, action.because_waits or not before))
    for target in record.targets.all():
        text = f"{target.text} · {target.measure}" if target.measure else target.text
        found.append(Passage(_("Target"), text, target.waits or not before))
    return found


def _passage_labels() -> dict[str, str]:
    return {
        "summary_plain": _("Summary"),
        "parent_says": _("What the family says"),
        "strengths": _("What the child is good at"),
        "works_at_home": _("What works at home"),
        "priorities": _("What matters most"),
        "contact_between": _("Until the next talk"),
        "no_next_because": _("Why there is no date"),
    }


def fingerprint(read: list[Passage]) -> str:
    """Stands for exactly these words: what was read is what goes out."""
    return sha256(json.dumps([[each.label, each.text] for each in read]).encode()).hexdigest()


def names_to_mark(record: Record) -> frozenset[str]:
    """Every name of a child or an adult of the school, but the names of the two whom the record is about."""
    adults = Adult.objects.filter(cares__isnull=False).distinct().values_list("name", flat=True)
    children = Child.objects.values_list("name", flat=True)
    return index_of([*adults, *children]) - index_of([record.adult.name, record.child.called])


# ── who has opened it ───────────────────────────────────────────────────────────────────────────────

KEPT_FROM_FAMILIES = frozenset({"safeguarding"})  # who looks after a child's safety is not seen looking
MOST_OPENED = 30


@dataclass(frozen=True)
class Opened(Disclosed):
    """Somebody at school opened a record on a day."""

    on: date
    who: str
    role: str  # in words; blank where none was written down


def opened_by(record: Record) -> tuple[Opened, ...]:
    """Who at school has opened this adult's record, each once a day, newest first. Nothing of any other adult's."""
    lines = audit.reads_of(record).filter(by_person__isnull=False).values_list("at", "by_person", "details")[:500]
    all_of_them = dict.fromkeys((timezone.localdate(at), who, more.get("role", "")) for at, who, more in lines)
    found = [each for each in all_of_them if each[2] not in KEPT_FROM_FAMILIES]
    names = dict(Person.objects.filter(pk__in={who for _day, who, _role in found}).values_list("pk", "name"))
    opened = [Opened(day, names[who], str(label_of(role)) if role else "") for day, who, role in found if who in names]
    return tuple(opened[:MOST_OPENED])


# ── the conversation page ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ToSettle:
    """One row of a list of promises, and whether the reader may say how it went."""

    action: Action
    overdue: bool
    may_settle: bool


def rows_to_settle(actions: Iterable[Action], mine: QuerySet[Action]) -> list[ToSettle]:
    """These promises with what may be done about them, in one more query however many there are."""
    rows = list(actions)
    settled = set(mine.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    today = clock.today()
    return [ToSettle(row, row.is_overdue(today), row.is_open and row.pk in settled) for row in rows]
