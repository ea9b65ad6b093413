"""What an adviser sees of a family that agreed: what the adult could read, asked of the gate anew each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gatepost.agree.models import Record
from gatepost.agree.queries import ShownRecord, shown
from gatepost.core import audit, clock, scope
from gatepost.disclosure import Disclosed, Fact
from gatepost.disclosure.gate import decide
from gatepost.know.models import Adult, Care, Child
from gatepost.know.queries import care_facts_of
from gatepost.org.actor import Actor
from gatepost.org.models import Adviser, School
from gatepost.org.queries import today
from gatepost.support.models import AdvisedFamily, AdviserNote, FamilyAgreed

MOST_TALKS = 20  # the newest; an adviser's page does not grow with the years


@dataclass(frozen=True)
class Family(Disclosed):
    """One family as its adviser finds it: the adult's name, and the first names of the children that are theirs."""

    pk: UUID
    adult: str
    children: tuple[str, ...]
    since: date
    until: date | None


@dataclass(frozen=True)
class Talk(Disclosed):
    """One talk as the family could read it."""

    about: str
    record: ShownRecord


def families(agreements: Iterable[AdvisedFamily]) -> list[Family]:
    """Families for a list. Asked once for each organisation, however many families it has."""
    rows = list(agreements)
    by_home: dict[UUID, list[AdvisedFamily]] = defaultdict(list)
    for row in rows:
        by_home[row.organisation_id].append(row)
    names: dict[UUID, str] = {}
    children: dict[UUID, list[str]] = defaultdict(list)
    for home, group in by_home.items():
        with _at_home(home):
            adults = [row.adult_id for row in group]
            names |= dict(Adult.objects.filter(pk__in=adults).values_list("pk", "name"))
            for adult_id, child in _open_children(adults):
                children[adult_id].append(child.called)
    return [
        Family(row.pk, names.get(row.adult_id, ""), tuple(children[row.adult_id]), row.from_on, row.until_on)
        for row in rows
    ]


def talks(agreement: AdvisedFamily, *, by: Actor) -> list[Talk]:
    """What the school has shared with this adult and the gate still lets them read; newest first.

    Holds afterwards: the trail of each school says that the adviser has opened it, and the family can see that.
    """
    with _at_home(agreement.organisation_id):
        children = {child.pk: child for _, child in _open_children([agreement.adult_id])}
        found = Record.objects.filter(adult=agreement.adult_id, child__in=children, shared_at__isnull=False)
        records = found.select_related("child", "teacher", "booking__slot").order_by("-shared_at")[:MOST_TALKS]
        by_school: dict[UUID, list[Record]] = defaultdict(list)
        for record in records:
            by_school[record.school_id].append(record)
        for opened in by_school.values():
            audit.read_all(opened, by=by)
        return [Talk(children[record.child_id].called, shown(record)) for record in records]


@contextmanager
def _at_home(organisation_id: UUID) -> Iterator[None]:
    """Look into the schools of the organisation that knows the family; only for what its adult could read."""
    schools = School.objects.filter(organisation=organisation_id).values_list("pk", flat=True)
    with scope.only(schools, organisation=organisation_id):
        yield


def _open_children(adults: list[UUID]) -> list[tuple[UUID, Child]]:
    """The children of these adults about whom the gate lets each of them know how they get on."""
    cares = Care.objects.filter(adult__in=adults, ended_on=None).select_related("child").order_by("child__called", "pk")
    facts = care_facts_of((care.adult_id, care.child_id) for care in cares)
    day = clock.today()
    return [
        (care.adult_id, care.child)
        for care in cares
        if decide(facts[care.adult_id, care.child_id], Fact.EDUCATION, on=day).allowed
    ]


@dataclass(frozen=True)
class NoteRow:
    """One note of the adviser's own."""

    words: str
    written_at: datetime


def notes(agreement: AdvisedFamily) -> list[NoteRow]:
    """The adviser's notes about this family, from this agreement and from those before it; newest first."""
    before = AdvisedFamily.objects.filter(adult=agreement.adult_id, adviser=agreement.adviser_id)
    found = AdviserNote.objects.filter(agreement__in=before.values("pk"), author=agreement.adviser_id)
    return [NoteRow(note.words, note.written_at) for note in found]


def advisers_now() -> list[Adviser]:
    """Everybody a family can say yes to."""
    now = today(Adviser.objects.filter(person__is_active=True)).select_related("person", "organisation")
    return list(now.order_by("organisation__name", "person__name"))


@dataclass(frozen=True)
class AgreementRow:
    """One agreement as the office finds it: with whom, since when, and never what came of it."""

    pk: UUID
    adult_id: UUID
    adult: str
    adviser: str
    service: str
    since: date
    until: date | None
    stands: bool
    ended_by_adult: bool


def rows_of(agreements: Iterable[FamilyAgreed]) -> list[AgreementRow]:
    """Agreements in plain values; the caller has joined adult, adviser and service."""
    day = clock.today()
    return [
        AgreementRow(
            pk=each.pk,
            adult_id=each.adult_id,
            adult=each.adult.name,
            adviser=each.adviser.person.name,
            service=each.shared_with.name,
            since=each.from_on,
            until=each.ended_at.date() if each.ended_at else each.until_on,
            stands=each.ended_at is None and (each.until_on is None or each.until_on >= day),
            ended_by_adult=each.ended_by_adult,
        )
        for each in agreements
    ]
