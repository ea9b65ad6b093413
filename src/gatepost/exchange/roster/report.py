"""What an import found and would change (or has changed): for a person to read, and as JSON for a program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from gatepost.exchange.roster.plan import OrganisationPlan
from gatepost.exchange.roster.records import Problem, Problems

MOST_SHOWN = 40
KINDS = ("new", "changed", "gone")


@dataclass(frozen=True)
class Report:
    """One import, looked at or done."""

    path: str
    source: str  # "own", "sds", or a blank where it is neither
    problems: Problems
    plans: list[OrganisationPlan] = field(default_factory=list)
    refused: str = ""
    applied: bool = False

    @property
    def ok(self) -> bool:
        """Whether it was, or could be, taken over."""
        return not self.refused and not self.problems.stopping

    @property
    def changes(self) -> int:
        """How many rows were, or would be, written."""
        return sum(plan.changes for plan in self.plans)

    def counts(self) -> dict[str, dict[str, int]]:
        """New, changed, gone and unchanged for each kind of row."""
        found: dict[str, dict[str, int]] = {}
        for plan in self.plans:
            for word, part in plan.parts.items():
                into = found.setdefault(word, {"new": 0, "changed": 0, "gone": 0, "unchanged": 0})
                for kind in KINDS:
                    into[kind] += len(getattr(part, kind))
                into["unchanged"] += part.unchanged
            for word, (added, removed) in plan.joins.items():
                into = found.setdefault(word, {"new": 0, "changed": 0, "gone": 0, "unchanged": 0})
                into["new"] += len(added)
                into["gone"] += len(removed)
        return found

    def as_json(self) -> dict[str, Any]:
        """All of it, for a program."""
        return {
            "path": self.path,
            "source": self.source,
            "ok": self.ok,
            "applied": self.applied,
            "refused": self.refused,
            "changes": self.changes,
            "counts": self.counts(),
            "contacts": [
                {
                    "organisation": plan.organisation.name,
                    "known": len(plan.known),
                    "touched": len(plan.touched),
                    "settled_by_the_office": plan.kept_by_office,
                }
                for plan in self.plans
            ],
            "samples": {
                f"{plan.organisation.name}: {word}": part.samples
                for plan in self.plans
                for word, part in plan.parts.items()
                if part.samples
            },
            "problems": [asdict(problem) for problem in self.problems.kept],
            "problems_not_listed": self.problems.left_out,
        }

    def as_text(self) -> Iterator[str]:
        """All of it, line by line, for a person: what is wrong first."""
        stopping = [problem for problem in self.problems.kept if problem.stops]
        notes = [problem for problem in self.problems.kept if not problem.stops]
        if stopping:
            yield f"{self.problems.stopping} things must be mended before anything can be taken over:"
            yield from _listed(stopping)
        if notes:
            yield "Worth a look:"
            yield from _listed(notes)
        if self.problems.left_out:
            yield f"… and {self.problems.left_out} more of the same kinds."
        for plan in self.plans:
            yield from _plan(plan)
        yield self._verdict()

    def _verdict(self) -> str:
        if self.refused:
            return self.refused
        if self.problems.stopping:
            return "Nothing was changed."
        if self.applied:
            return f"Done: {self.changes} rows written." if self.changes else "Done: nothing had changed."
        if not self.changes:
            return "Nothing would change."
        many = [plan for plan in self.plans if plan.touches_many]
        if many:
            touched, known = sum(len(plan.touched) for plan in many), sum(len(plan.known) for plan in many)
            return (
                f"This was a rehearsal: {self.changes} rows would be written, and {touched} of {known} known contacts "
                "changed. If that is right, add --apply --allow-many to take the roster over."
            )
        return f"This was a rehearsal: {self.changes} rows would be written. Add --apply to take the roster over."


def _listed(problems: list[Problem]) -> Iterator[str]:
    for problem in problems[:MOST_SHOWN]:
        place = f"{problem.place}: " if problem.place else ""
        yield f"  {place}{problem.what} {problem.fix}"
    if len(problems) > MOST_SHOWN:
        yield f"  … and {len(problems) - MOST_SHOWN} more (all of them with --json)."


def _plan(plan: OrganisationPlan) -> Iterator[str]:
    yield f"{plan.organisation.name} ({', '.join(sorted(school.name for school in plan.schools.values()))})"
    for word, part in plan.parts.items():
        counts = f"{len(part.new)} new, {len(part.changed)} changed, {len(part.gone)} gone, {part.unchanged} unchanged"
        yield f"  {word}: {counts}"
        for kind in ("changed", "gone"):
            for sample in part.samples.get(kind, []):
                yield f"      {kind}: {sample}"
    for word, (added, removed) in plan.joins.items():
        if added or removed:
            yield f"  {word}: {len(added)} new, {len(removed)} gone"
    if plan.kept_by_office:
        yield f"  {plan.kept_by_office} bonds were settled by the office, and stay as they are."
