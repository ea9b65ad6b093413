"""Who works where, now."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from gatepost.core import clock
from gatepost.org.models import Person, Role, Staff


def jobs_now(person: Person) -> QuerySet[Staff]:
    """This person's jobs today, in a settled order."""
    return _today(Staff.objects.filter(person=person)).select_related("school").order_by("school__name", "role")


def staff_now(school_id: UUID, *, role: Role | None = None) -> QuerySet[Person]:
    """Everybody who works at this school today, by name."""
    jobs = _today(Staff.objects.filter(school_id=school_id))
    if role:
        jobs = jobs.filter(role=role)
    return Person.objects.filter(is_active=True, pk__in=jobs.values("person")).order_by("name")


def _today(jobs: QuerySet[Staff]) -> QuerySet[Staff]:
    today = clock.today()
    return jobs.filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today)
