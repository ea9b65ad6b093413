"""Emergencies as pages show them: the child by name, whoever opened the records, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from gatepost.core import clock
from gatepost.know.models import Child
from gatepost.know.rules import children_not_own, children_of
from gatepost.org.actor import Actor
from gatepost.org.models import BrokenGlass
from gatepost.org.queries import glass_open_for
from gatepost.org.rules import may_look_at

SHORTEST, MOST = 3, 20  # letters of a name, and children found: enough to find one, too few to leaf through the school


@dataclass(frozen=True)
class Emergency:
    """One line of the report."""

    pk: UUID
    who: str
    child: str
    reason: str
    opened_at: datetime
    until: datetime
    looked_at: datetime | None
    looked_at_by: str
    may_look: bool
    is_open: bool


def children_called(name: str, *, by: Actor) -> list[Child]:
    """Children of the school whose name has these letters; never one's own."""
    if len(name) < SHORTEST:
        return []
    return list(children_not_own(by).filter(name__icontains=name).prefetch_related("groups")[:MOST])


def name_of(glass: BrokenGlass) -> str:
    """The child's name; blank where the child is known no more."""
    return _names([glass]).get(glass.child, "")


def open_now(actor: Actor) -> list[Emergency]:
    """What this member of staff has open."""
    return rows_of(glass_open_for(actor.person_id).select_related("person", "looked_at_by"), by=actor)


def report(actor: Actor) -> QuerySet[BrokenGlass]:
    """Every emergency of the school but those about one's own child, newest first."""
    own = children_of(actor).values("pk")
    return BrokenGlass.objects.exclude(child__in=own).select_related("person", "looked_at_by")


def rows_of(emergencies: Iterable[BrokenGlass], *, by: Actor) -> list[Emergency]:
    """Emergencies with the children's names, in one more query however many there are."""
    rows = list(emergencies)
    names, now = _names(rows), clock.now()
    return [
        Emergency(
            pk=each.pk,
            who=each.person.name,
            child=names.get(each.child, ""),
            reason=each.reason,
            opened_at=each.opened_at,
            until=each.until,
            looked_at=each.looked_at,
            looked_at_by=each.looked_at_by.name if each.looked_at_by else "",
            may_look=each.looked_at is None and may_look_at(by, each),
            is_open=each.until > now,
        )
        for each in rows
    ]


def _names(emergencies: Iterable[BrokenGlass]) -> dict[UUID, str]:
    children = Child.objects.filter(pk__in={each.child for each in emergencies})
    return dict(children.values_list("pk", "name"))
