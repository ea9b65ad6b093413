"""Compares staff, classes and children of a roster with those of one organisation."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib.auth.hashers import make_password

from gatepost.core import clock
from gatepost.exchange.roster.plan import Links, OrganisationPlan
from gatepost.exchange.roster.records import ChildRow, Problems, Roster, StaffRow
from gatepost.know.models import Child, Group
from gatepost.org.models import Person, Role, Staff


class SchoolSide:
    """Who teaches, which classes there are, and which children are in them."""

    def __init__(self, roster: Roster, plan: OrganisationPlan, problems: Problems) -> None:
        """Keep what is compared. The scope of the plan's schools is open."""
        self.roster, self.plan, self.problems = roster, plan, problems
        self.prefix = f"{roster.source}:"
        self.people: dict[str, Person] = {}  # by the roster's key
        self.groups: dict[tuple[str, str], Group] = {}
        self.children: dict[tuple[str, str], Child] = {}
        self.known_children: dict[UUID, Child] = {}  # all that this source has ever named here

    def compare(self) -> None:
        """Everything on this side."""
        self._staff()
        self._groups()
        self._children()

    def _staff(self) -> None:
        """People who teach. A person is found by the source's id or by their address, and never renamed by another."""
        rows = [row for row in self.roster.staff if row.school in self.plan.schools]
        top = self.plan.organisation.source_key or ""
        keys = {row.key: f"{top or self.prefix}:{row.key}"[:200] for row in rows}
        by_key = {p.source_key: p for p in Person.objects.filter(source_key__in=set(keys.values()))}
        by_email = {p.email: p for p in Person.objects.filter(email__in={row.email for row in rows if row.email})}
        for row in rows:
            if row.key not in self.people:
                known = by_key.get(keys[row.key])
                person = self._person(row, keys[row.key], known, by_email.get(row.email) if row.email else None)
                self.people[row.key] = person
                by_email[person.email] = person
        jobs = set(
            Staff.objects.filter(school__in=self._school_ids(), role=Role.TEACHER).values_list("school", "person")
        )
        part = self.plan.part("jobs")
        for row in rows:
            school, person = self.plan.schools[row.school], self.people[row.key]
            if (school.pk, person.pk) in jobs:
                part.unchanged += 1
                continue
            jobs.add((school.pk, person.pk))
            part.new.append(Staff(school=school, person=person, role=Role.TEACHER, from_on=clock.today()))
            part.sample("new", f"{person.name}, teacher")

    def _person(self, row: StaffRow, key: str, known: Person | None, mailbox: Person | None) -> Person:
        part = self.plan.part("staff")
        if known is None and mailbox is not None:
            part.unchanged += 1
            return mailbox
        name = row.name or (known.name if known else row.email.partition("@")[0].title()) or row.key
        email = row.email or None
        if known and email and known.email != email:
            what = f"{known.name} has another address here than the one they sign in with, which stays."
            self.problems.note("", 0, "", what, "Change it in Gatepost by hand, if they have a new one.")
        make = partial(Person, source_key=key, email=email, password=make_password(None))
        person: Person = part.meet(known, {"name": name}, make, name)
        return person

    def _school_ids(self) -> list[UUID]:
        return [school.pk for school in self.plan.schools.values()]

    def _place(self, school_id: UUID) -> str:
        return next(key for key, school in self.plan.schools.items() if school.pk == school_id)

    def _groups(self) -> None:
        part = self.plan.part("classes")
        known = {
            (self._place(group.school_id), (group.source_key or "").removeprefix(self.prefix)): group
            for group in Group.objects.filter(source_key__startswith=self.prefix)
        }
        taught = set(
            Group.teachers.through._default_manager.filter(group__in=[g.pk for g in known.values()]).values_list(
                "group_id", "person_id"
            )
        )
        wanted: Links = set()
        unsaid: set[UUID] = set()
        for row in self.roster.groups:
            if row.school not in self.plan.schools:
                continue
            school = self.plan.schools[row.school]
            make = partial(Group, school_id=school.pk, source_key=f"{self.prefix}{row.key}")
            before = known.get((row.school, row.key))
            group = part.meet(before, {"name": row.name, "year": row.year}, make, row.name)
            self.groups[row.school, row.key] = group
            wanted |= {(group.pk, self.people[key].pk) for key in row.teachers if key in self.people}
            if not row.teachers:
                unsaid.add(group.pk)
        self.known_groups = {group.pk: group for group in known.values()}
        removed = {link for link in taught - wanted if link[0] not in unsaid}
        self.plan.joins["teachers of classes"] = (wanted - taught, removed)

    def _children(self) -> None:
        part = self.plan.part("children")
        self.known_children = {child.pk: child for child in Child.objects.filter(source_key__startswith=self.prefix)}
        known = {
            (self._place(child.school_id), (child.source_key or "").removeprefix(self.prefix)): child
            for child in self.known_children.values()
        }
        wanted: Links = set()
        for row in self.roster.children:
            if row.school not in self.plan.schools:
                continue
            school = self.plan.schools[row.school]
            before = known.get((row.school, row.key))
            make = partial(Child, school_id=school.pk, source_key=f"{self.prefix}{row.key}")
            child = part.meet(before, _facts(row, before), make, row.name)
            self.children[row.school, row.key] = child
            wanted |= {(self.groups[row.school, key].pk, child.pk) for key in row.groups}
        through = Child.groups.through._default_manager.filter(group__in=self.known_groups)
        there = set(through.values_list("group_id", "child_id"))
        self.plan.joins["places in classes"] = (wanted - there, there - wanted)


def _facts(row: ChildRow, before: Child | None) -> dict[str, object]:
    """What the roster says; an empty cell takes nothing away. A child who is called nothing has their first name."""
    called = row.called
    if not called and before is not None and before.called != _first(before.name):
        called = before.called
    return {
        "name": row.name,
        "called": called or _first(row.name),
        "born_on": row.born_on or (before.born_on if before else None),
        "year": row.year or (before.year if before else ""),
    }


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0][:100]
