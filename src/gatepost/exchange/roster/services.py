"""The two verbs of a roster: look at what it would change, and take it over, all or nothing."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from django.db import transaction

from gatepost.core import scope
from gatepost.core.errors import Refused
from gatepost.exchange.roster import own_csv, sds
from gatepost.exchange.roster.apply import write_down
from gatepost.exchange.roster.compare_families import FamilySide
from gatepost.exchange.roster.compare_school import SchoolSide
from gatepost.exchange.roster.plan import OrganisationPlan, targets
from gatepost.exchange.roster.records import Problems, Roster
from gatepost.exchange.roster.report import Report
from gatepost.exchange.roster.sources import DAMAGED, Source, open_source
from gatepost.org.actor import Actor


def preview(path: Path, *, school: str = "") -> Report:
    """Say what a roster would change. Nothing is written."""
    problems = Problems()
    roster = Roster("")
    try:
        roster = read(path, problems)
        plans = (
            [] if problems.stopping else [_compared(plan, roster, problems) for plan in targets(roster, school=school)]
        )
    except Refused as refusal:
        return Report(str(path), roster.source, problems, refused=str(refusal))
    return Report(str(path), roster.source, problems, plans)


def take_over(path: Path, *, school: str = "", allow_many: bool = False, by: Actor | None) -> Report:
    """Take a roster over, all or nothing.

    Holds afterwards: what the roster says is known, under its own ids; nobody was merged, no order was touched, and
    nothing that the office has settled by hand was changed. The same roster again changes nothing.
    """
    problems = Problems()
    roster = Roster("")
    try:
        roster = read(path, problems)
        if problems.stopping:
            return Report(str(path), roster.source, problems)
        with transaction.atomic():
            plans = _write(roster, problems, school=school, allow_many=allow_many, by=by)
    except Refused as refusal:
        return Report(str(path), roster.source, problems, refused=str(refusal))
    return Report(str(path), roster.source, problems, plans, applied=True)


def _write(
    roster: Roster, problems: Problems, *, school: str, allow_many: bool, by: Actor | None
) -> list[OrganisationPlan]:
    plans = targets(roster, school=school)
    for plan in plans:
        _compared(plan, roster, problems)
        if plan.touches_many and not allow_many:
            raise Refused(
                f"This would change {len(plan.touched)} of the {len(plan.known)} contacts known at "
                f"{plan.organisation.name}: more than 5 in 100. If that is right, add --allow-many. "
                "Nothing was changed."
            )
        with _scope_of(plan):
            write_down(plan, source=roster.source, by=by)
    return plans


def _compared(plan: OrganisationPlan, roster: Roster, problems: Problems) -> OrganisationPlan:
    with _scope_of(plan):
        side = SchoolSide(roster, plan, problems)
        side.compare()
        FamilySide(roster, plan, side, problems).compare()
    return plan


def _scope_of(plan: OrganisationPlan) -> AbstractContextManager[scope.Scope]:
    return scope.only([school.pk for school in plan.schools.values()], organisation=plan.organisation.pk)


def read(path: Path, problems: Problems) -> Roster:
    """The whole roster at `path`, whichever of the formats it is in."""
    source = open_source(path)
    names = source.names()
    if sds.is_sds(names):
        return _some_pupils(Roster("sds").gather(sds.read(source, problems)), path, problems)
    own = [name for name in names if own_csv.is_own(_header(source, name))]
    if len(own) == 1:
        return _some_pupils(Roster("own").gather(own_csv.read(source, own[0], problems)), path, problems)
    if len(own) > 1:
        raise Refused(f"{path.name} holds several rosters ({', '.join(own)}). Give one of them.")
    raise Refused(
        f"{path.name} is no roster we know. Give a School Data Sync folder or zip (with orgs.csv, users.csv and "
        "roles.csv), or a CSV of our own, whose first row begins with pupil_id."
    )


def _some_pupils(roster: Roster, path: Path, problems: Problems) -> Roster:
    """A roster without anybody in it would end every bond there is."""
    if not roster.children and not problems.stopping:
        problems.stop(path.name, 0, "", "The roster names no pupils.", "Export it again.")
    return roster


def _header(source: Source, name: str) -> list[str]:
    """The first cells of a file, roughly: enough to see whose format it is."""
    try:
        with source.open(name) as raw:
            head = raw.read(8192)
    except DAMAGED:
        raise Refused(f"{name} in {source.label} is damaged. Please export it again.") from None
    text = head.replace(b"\0", b"").decode("utf-8", "ignore").lstrip("\ufeff").lstrip()
    lines = [line for line in text.splitlines()[:2] if not line.casefold().startswith("sep=")]
    cells = [cell for delimiter in ",;\t|" for line in lines[:1] for cell in line.split(delimiter)]
    return [cell.strip("\"' ") for cell in cells]
