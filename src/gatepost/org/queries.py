"""Who works where, now, and as what; whose emergency is open."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from gatepost.core import clock
from gatepost.core.readings import worded_once
from gatepost.language.catalogue import Read
from gatepost.org.models import (
    Adviser,
    Bilingual,
    Briefing,
    BrokenGlass,
    Dated,
    Job,
    Lead,
    Person,
    Role,
    School,
    Staff,
    StrandLead,
    Wording,
)
from gatepost.org.permissions import ADVISER, Permission, label_of, leading, roles_with


@dataclass(frozen=True)
class Hat:
    """One thing that somebody is today, and may act as: a job, a strand they lead, or an adviser."""

    key: str
    role: str
    organisation: UUID
    school: School | None = None

    @property
    def label(self) -> str | Promise:
        """The role in words."""
        return label_of(self.role)


def hats_of(person: Person) -> list[Hat]:
    """All that this person may act as today, one at a time: jobs first, then strands.

    Whoever works at a school is no independent adviser, whatever else is written down.
    """
    day = clock.today()
    jobs = [_hat(job, job.role) for job in jobs_on(person.pk, day)]
    if jobs:
        works_at = {job.school.pk for job in jobs if job.school}
        return jobs + [_hat(held, leading(held.strand)) for held in _strands_on(person.pk, works_at, day)]
    return [Hat(str(each.pk), ADVISER, each.organisation_id) for each in _services_on(person.pk, day)]


@worded_once
def jobs_on(person: UUID, day: date) -> QuerySet[Staff]:
    """This person's jobs of a day, in a settled order."""
    return on(day, Staff.objects.filter(person=person)).select_related("school").order_by("school__name", "role")


@worded_once
def _strands_on(person: UUID, works_at: Collection[UUID], day: date) -> QuerySet[StrandLead]:
    """The strands this person leads; only where they work that day, so that they leave with the job."""
    held = on(day, StrandLead.objects.filter(person=person, school_id__in=works_at))
    return held.select_related("school").order_by("school__name", "strand", "from_on")


@worded_once
def _services_on(person: UUID, day: date) -> QuerySet[Adviser]:
    return on(day, Adviser.objects.filter(person=person, organisation__kind="adviser")).order_by("id")


def hat_of(person: Person, chosen: str | None) -> Hat | None:
    """The hat that was chosen, if it may still be worn; else the first; else none."""
    hats = hats_of(person)
    return next((hat for hat in hats if hat.key == chosen), hats[0] if hats else None)


def _hat(held: Staff | StrandLead, role: str) -> Hat:
    return Hat(str(held.pk), role, held.school.organisation_id, held.school)


def staff_now(school_id: UUID, *, role: Role | None = None, able: Permission | None = None) -> QuerySet[Person]:
    """Everybody who works at this school today, by name; or those in a role, or in any role that allows something."""
    jobs = today(Staff.objects.filter(school_id=school_id))
    if role:
        jobs = jobs.filter(role=role)
    if able:
        jobs = jobs.filter(role__in=roles_with(able))
    return Person.objects.filter(is_active=True, pk__in=jobs.values("person")).order_by("name")


def today[M: Dated](rows: QuerySet[M]) -> QuerySet[M]:
    """Those of them that stand today, and have not been ended."""
    return on(clock.today(), rows)


def on[M: Dated](day: date, rows: QuerySet[M]) -> QuerySet[M]:
    """Those of them that stand on a day, and have not been ended."""
    return rows.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day, ended_at=None)


def jobs_here() -> QuerySet[Job]:
    """Every job at the school in scope: those that stand or will, by name, and then those that are over."""
    return Job.objects.select_related("person").order_by(
        F("ended_at").asc(nulls_first=True), "person__name", "role", "id"
    )


@dataclass(frozen=True)
class JobRow:
    """One job as a head's list shows it."""

    pk: UUID
    name: str
    email: str
    role: str | Promise
    from_on: date
    until_on: date | None
    over: bool
    to_come: bool


def row_of_job(job: Staff) -> JobRow:
    """A job in plain values."""
    ended = timezone.localdate(job.ended_at) if job.ended_at else None
    day = clock.today()
    return JobRow(
        pk=job.pk,
        name=job.person.name,
        email=job.person.email or "",
        role=label_of(job.role),
        from_on=job.from_on,
        until_on=ended or job.until_on,
        over=ended is not None or (job.until_on is not None and job.until_on < day),
        to_come=job.from_on > day,
    )


def rows_of_jobs(jobs: Iterable[Staff]) -> list[JobRow]:
    """Jobs in plain values."""
    return [row_of_job(job) for job in jobs]


def strands_here() -> QuerySet[Lead]:
    """Every strand that is or will be led at the school in scope."""
    day = clock.today()
    held = Lead.objects.filter(Q(until_on=None) | Q(until_on__gte=day), ended_at=None)
    return held.select_related("person").order_by("strand", "person__name")


def glass_open_for(person_id: UUID | None) -> QuerySet[BrokenGlass]:
    """The emergencies of this person that are open now."""
    return BrokenGlass.objects.filter(person=person_id, until__gt=clock.now())


def glass_not_looked_at(person_id: UUID | None) -> QuerySet[BrokenGlass]:
    """Emergencies at which nobody has looked since, apart from one's own."""
    return BrokenGlass.objects.filter(looked_at=None).exclude(person=person_id).select_related("person")


def words_read(tag: str) -> dict[str, Read]:
    """What people at this school have said of the strings of a language, with their names."""
    rows = Wording.objects.filter(language=tag).select_related("by")
    return {row.string: Read(tuple(row.words), row.by.name, timezone.localdate(row.at).isoformat()) for row in rows}


def how_much_is_read() -> dict[str, int]:
    """How many strings somebody at this school has read, by language."""
    return dict(Wording.objects.order_by().values_list("language").annotate(Count("pk")))


def bilingual_now() -> QuerySet[Bilingual]:
    """Who reads a language for the schools in scope: asked by the head, and at work there today."""
    works = Staff.objects.filter(person=OuterRef("person"), school=OuterRef("school"))
    return Bilingual.objects.filter(Exists(today(works)), ended_at=None).select_related("person")


def languages_of(person_id: UUID | None) -> frozenset[str]:
    """The languages that this person reads for the school."""
    return frozenset(bilingual_now().filter(person=person_id).values_list("language", flat=True))


def away_now() -> QuerySet[Briefing, Any]:
    """Who is away today, by their ids: what waits for them stands with their colleagues."""
    return Briefing.objects.filter(away_until__gte=clock.today()).values("person")
