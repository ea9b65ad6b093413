"""What stands in a record and what is still missing, which promises are due, and what a family's page may show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from gatepost.agree.models import Action, Record, Revision
from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Disclosed
from gatepost.know.models import Care, Child
from gatepost.org.models import Person
from gatepost.reach.models import Answer, Ask

YES, NOT_QUITE, CORRECTION = "yes", "not_quite", "correction"


# ── promises ─────────────────────────────────────────────────────────────────────────────────────


def promises_of(person_id: UUID | None) -> QuerySet[Action]:
    """What this member of staff has promised and not yet done, the next day first."""
    return Action.objects.filter(owner=person_id, state=Action.State.OPEN).order_by("due_on", "id")


def overdue_of(person_id: UUID | None) -> QuerySet[Action]:
    """Those of them whose day has passed."""
    return promises_of(person_id).filter(due_on__lt=clock.today())


def in_order(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Open ones first, the longest overdue first of all; then the closed ones, newest first."""
    is_open = Q(state=Action.State.OPEN)
    return actions.annotate(
        closed=Case(When(is_open, then=Value(0)), default=Value(1)),
        waits=Case(When(is_open, then=F("due_on")), default=None),
    ).order_by("closed", "waits", "-closed_at", "id")


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
    if not record.actions.filter(side=Action.Side.SCHOOL, kind=Action.Kind.ACTION).exists():
        gaps.append(_("Promise at least one thing that the school will do."))
    if not record.summary_plain.strip():
        gaps.append(_("Write the summary for the family."))
    if not (record.next_on or record.no_next_because.strip()):
        gaps.append(_("Give the next date, or say why there is none."))
    return gaps


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


@dataclass(frozen=True)
class ShownTarget(Disclosed):
    """What the child works towards."""

    text: str
    measure: str
    review_on: date


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


def shown(record: Record) -> ShownRecord:
    """What the family sees. The caller holds a link and a code that the gate has let pass."""
    return _shown(record, _shared_words(record))


def preview(record: Record) -> ShownRecord:
    """What the family would see if it were shared now."""
    return _shown(record, content_of(record, _FAMILY_WORDS))


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
    content: dict[str, Any] = Revision.objects.get(record=record, number=record.shared_number or 0).content
    return content


def _shown(record: Record, words: dict[str, Any]) -> ShownRecord:
    promises = [_promise(action) for action in record.actions.select_related("owner")]
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
        targets=tuple(ShownTarget(each.text, each.measure, each.review_on) for each in record.targets.all()),
        promises=tuple(each for each in promises if not each.is_call),
        calls=tuple(each for each in promises if each.is_call),
        sense=sense,
        correction=correction,
    )


def _promise(action: Action) -> ShownPromise:
    return ShownPromise(
        text=action.text,
        who=action.owner.name if action.owner else "",
        by_family=action.side == Action.Side.FAMILY,
        is_call=action.kind == Action.Kind.CALL_BACK,
        due_on=action.due_on,
        state=action.state,
        late=action.is_overdue(clock.today()),
        because=action.because,
        closed_on=timezone.localdate(action.closed_at) if action.closed_at else None,
    )


def _said(record: Record) -> tuple[str, str]:
    """The adult's latest answer since sharing, and their latest correction."""
    if record.understood is None or record.shared_at is None:
        return "", ""
    answers = list(record.understood.answers.filter(at__gte=record.shared_at))
    sense = next((each.value for each in answers if each.value != CORRECTION), "")
    return sense, next((each.words for each in answers if each.value == CORRECTION), "")


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
