"""Writes a plan down: a fixed number of statements for each kind of row, inside the caller's one transaction."""

from __future__ import annotations

from typing import Any

from django.db import models

from gatepost.core import audit
from gatepost.exchange.roster.plan import Links, OrganisationPlan, Part
from gatepost.know.models import Adult, Care, Child, ContactPoint, Group
from gatepost.org.actor import Actor
from gatepost.org.models import Organisation, Person, School, Staff

# In the order in which one needs the other. A row is found by its own id, and only these columns are written.
_ORDER: tuple[tuple[str, type[models.Model], tuple[str, ...]], ...] = (
    ("organisations", Organisation, ("name",)),
    ("schools", School, ("name",)),
    ("staff", Person, ("name",)),
    ("jobs", Staff, ()),
    ("classes", Group, ("name", "year")),
    ("children", Child, ("name", "called", "born_on", "year")),
    ("adults", Adult, ("name", "language", "interpreter", "person")),
    ("contact details", ContactPoint, ("shared",)),
    (
        "bonds",
        Care,
        ("relationship", "standing", "responsibility", "lives_with", "rank", "held", "ended_on"),
    ),
)
BATCH = 2_000


def write_down(plan: OrganisationPlan, *, source: str, by: Actor | None) -> None:
    """Write all of it. The scope of the plan's schools and a transaction are open.

    Holds afterwards: the same roster, read again, changes nothing; no order and nothing that the office has settled
    was touched; every school has a line in the audit trail.
    """
    for word, model, columns in _ORDER:
        if word in plan.parts:
            _write(plan.parts[word], model, columns)
    _join("teachers of classes", Group.teachers.through, ("group_id", "person_id"), plan)
    _join("places in classes", Child.groups.through, ("group_id", "child_id"), plan)
    for school in plan.schools.values():
        counts = {word: [len(part.new), len(part.changed), len(part.gone)] for word, part in plan.parts.items()}
        audit.record("exchange.imported", school, by=by, source=source, counts=counts)


def _write(part: Part[Any], model: type[models.Model], columns: tuple[str, ...]) -> None:
    rows: models.Manager[Any] = model._default_manager
    if part.word == "contact details" and part.gone:
        rows.filter(pk__in=[row.pk for row in part.gone]).delete()
    if part.new:
        rows.bulk_create(part.new, batch_size=BATCH)
    changed = [*part.changed, *part.gone] if part.word == "bonds" else part.changed
    if changed:
        rows.bulk_create(
            changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=list(columns)
        )


def _join(word: str, through: type[models.Model], columns: tuple[str, str], plan: OrganisationPlan) -> None:
    added, removed = plan.joins.get(word, (set(), set()))
    rows: models.Manager[Any] = through._default_manager
    one, other = columns
    rows.bulk_create([through(**{one: left, other: right}) for left, right in sorted(added)], batch_size=BATCH)
    for left, rights in _by_class(removed).items():
        rows.filter(**{one: left, f"{other}__in": rights}).delete()


def _by_class(links: Links) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for left, right in links:
        found.setdefault(left, []).append(right)
    return found
