"""What taking over a roster would change: compared row by row with what is known, written nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from gatepost.core.errors import Refused
from gatepost.exchange.roster.records import Roster, SchoolRow
from gatepost.org.models import Organisation, School

SAMPLES = 10
MOST_TOUCHED = 0.05  # trust.md I12: a feed that changes more than this of the known contacts needs somebody's word


@dataclass
class Part[M: models.Model]:
    """What would change in one kind of row."""

    word: str
    new: list[M] = field(default_factory=list)
    changed: list[M] = field(default_factory=list)
    gone: list[M] = field(default_factory=list)
    unchanged: int = 0
    samples: dict[str, list[str]] = field(default_factory=dict)

    def meet(self, before: M | None, wanted: dict[str, Any], make: Callable[..., M], label: str) -> M:
        """The row as it should be: made, changed or left as it is."""
        if before is None:
            row = make(**wanted)
            self.new.append(row)
            self.sample("new", label)
            return row
        differing = {name: value for name, value in wanted.items() if getattr(before, name) != value}
        if not differing:
            self.unchanged += 1
            return before
        said = ", ".join(
            f"{_word(name)} {_said(getattr(before, name))} → {_said(differing[name])}" for name in differing
        )
        for name, value in differing.items():
            setattr(before, name, value)
        self.changed.append(before)
        self.sample("changed", f"{label}: {said}")
        return before

    def lose(self, row: M, label: str) -> None:
        """The roster no longer names it."""
        self.gone.append(row)
        self.sample("gone", label)

    def sample(self, kind: str, label: str) -> None:
        """Keep the first few, for a person to look at."""
        kept = self.samples.setdefault(kind, [])
        if len(kept) < SAMPLES:
            kept.append(label)

    @property
    def touched(self) -> int:
        """How many rows would be written."""
        return len(self.new) + len(self.changed) + len(self.gone)


def _word(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


def _said(value: Any) -> str:
    return str(value) if value not in (None, "") else "(nothing)"


type Links = set[tuple[UUID, UUID]]


@dataclass
class OrganisationPlan:
    """What would change in one organisation."""

    organisation: Organisation
    schools: dict[str, School]  # by the key that the roster gives them
    parts: dict[str, Part[Any]] = field(default_factory=dict)
    joins: dict[str, tuple[Links, Links]] = field(default_factory=dict)  # word → (added, removed)
    kept_by_office: int = 0
    known: set[UUID] = field(default_factory=set)  # adults with a bond at these schools
    touched: set[UUID] = field(default_factory=set)  # those of them whom this would change

    def part(self, word: str) -> Part[Any]:
        """The part of this name."""
        return self.parts.setdefault(word, Part(word))

    @property
    def changes(self) -> int:
        """How many rows would be written."""
        joined = sum(len(added) + len(removed) for added, removed in self.joins.values())
        return joined + sum(part.touched for part in self.parts.values())

    @property
    def touches_many(self) -> bool:
        """Whether this would change so many known contacts that somebody should look twice."""
        return len(self.touched) > MOST_TOUCHED * len(self.known)


def targets(roster: Roster, *, school: str) -> list[OrganisationPlan]:
    """The organisations and schools that the roster is about: those that are known, or new ones."""
    if roster.source == "own":
        return [_own_target(school)]
    rows = list(roster.schools.values())
    if school:
        rows = [row for row in rows if row.name.casefold() == school.casefold()]
        if not rows:
            names = ", ".join(sorted(row.name for row in roster.schools.values())) or "none"
            raise Refused(f"The roster has no school called “{school}”. It has: {names}.")
    plans: dict[str, OrganisationPlan] = {}
    for row in rows:
        plan = plans.get(row.organisation_key) or _organisation(roster.source, row)
        plans[row.organisation_key] = plan
        key = f"{roster.source}:{row.key}"
        known = School.objects.filter(source_key=key, organisation=plan.organisation).first()
        plan.schools[row.key] = plan.part("schools").meet(
            known,
            {"name": row.name},
            lambda key=key, plan=plan, **wanted: School(organisation=plan.organisation, source_key=key, **wanted),
            row.name,
        )
    return list(plans.values())


def _organisation(source: str, row: SchoolRow) -> OrganisationPlan:
    key = f"{source}:{row.organisation_key}"
    kind = Organisation.Kind.SINGLE if row.alone else Organisation.Kind.AUTHORITY
    known = Organisation.objects.filter(source_key=key).first()
    plan = OrganisationPlan(known or Organisation(), {})
    plan.organisation = plan.part("organisations").meet(
        known,
        {"name": row.organisation_name},
        lambda **wanted: Organisation(source_key=key, kind=kind, **wanted),
        row.organisation_name,
    )
    return plan


def _own_target(name: str) -> OrganisationPlan:
    """The school whose roster this is. Our own CSV does not name it: whoever imports does."""
    schools = list(School.objects.select_related("organisation").order_by("name"))
    if name:
        found = [school for school in schools if school.name.casefold() == name.casefold()]
        if not found:
            return _new_school(name)
    else:
        found = schools
    if len(found) == 1:
        plan = OrganisationPlan(found[0].organisation, {"": found[0]})
        plan.part("schools").unchanged += 1
        return plan
    if not found:
        raise Refused("Say which school this is: --school “Elm Park Primary”.")
    raise Refused("Several schools are here. Say which one this is with --school: " + _listed(found))


def _listed(schools: Iterable[School]) -> str:
    return ", ".join(school.name for school in schools) + "."


def _new_school(name: str) -> OrganisationPlan:
    organisation = Organisation(name=name, kind=Organisation.Kind.SINGLE)
    plan = OrganisationPlan(organisation, {"": School(organisation=organisation, name=name)})
    plan.part("organisations").new.append(organisation)
    plan.part("schools").new.append(plan.schools[""])
    plan.part("schools").sample("new", name)
    return plan
