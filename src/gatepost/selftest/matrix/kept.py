"""What the office keeps of each family of the matrix: a household, a team, a merge, words to be read first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from gatepost.agree.models import Reading, Record
from gatepost.core import clock
from gatepost.disclosure import Standing
from gatepost.front import merging
from gatepost.know import services as know
from gatepost.know.models import Adult, AdultMerge, Care, Channel, ContactPoint, HouseholdMember
from gatepost.org.actor import Actor
from gatepost.testing import Cast

if TYPE_CHECKING:
    from gatepost.selftest.matrix.school import Family


def kept(family: Family, cast: Cast, record: Record) -> dict[str, models.Model]:
    """One of each, through the services that make it in a real school."""
    office = _office(family, cast)
    home = know.found_household([family.adult, family.child], organisation=family.adult.organisation_id, by=office)
    know.hide_address(home, address="1 Far Lane", by=office)
    return {
        "household": home,
        "member": HouseholdMember.objects.get(household=home, child=family.child),
        "team": know.join_team(family.child, family.host, role="key worker", from_on=clock.today(), by=office),
        "contact": _contact(family),
        "reading": _reading(family, record),
    }


def merged(family: Family, cast: Cast) -> AdultMerge:
    """Another adult of the child, listed twice. Made last: what came later would keep them one."""
    once, again = (
        Adult.objects.create(organisation_id=family.adult.organisation_id, name="Lou Twice", language="en")
        for _ in range(2)
    )
    Care.objects.create(school_id=family.child.school_id, adult=once, child=family.child, standing=Standing.PARENT)
    return merging.merge(once, again, by=_office(family, cast))


def _office(family: Family, cast: Cast) -> Actor:
    ours = family.child.school_id == cast.school.pk
    return cast.actor_of(cast.finch if ours else family.host)


def _contact(family: Family) -> ContactPoint:
    known = family.adult.contact_points.filter(ended_on=None).first()
    return known or ContactPoint.objects.create(
        organisation_id=family.adult.organisation_id,
        adult=family.adult,
        channel=Channel.EMAIL,
        value=f"{family.key}@example.org",
    )


def _reading(family: Family, record: Record) -> Reading:
    """Words that wait for a second reader: of themselves about Tyler, as if by themselves about the others."""
    waiting = Reading.objects.filter(record=record, state=Reading.State.WAITING).first()
    return waiting or Reading.objects.create(
        school_id=record.school_id, record=record, number=record.version, asked_by=family.host, asked_at=clock.now()
    )
