"""Compares adults, how they are reached, and their bonds to children with what is known: nobody is ever merged."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q

from gatepost.core import clock
from gatepost.disclosure import Tri
from gatepost.exchange.roster.compare_school import SchoolSide
from gatepost.exchange.roster.plan import OrganisationPlan
from gatepost.exchange.roster.records import AdultRow, CareRow, PointRow, Problems, Roster
from gatepost.exchange.roster.relationships import standing_of
from gatepost.know.models import Adult, AdultChange, Care, Child, ContactPoint, Order
from gatepost.org.models import Person

_CHANNELS = {"sms": "telephone", "email": "mailbox"}
LOOK_FIRST = "Look at it in the office's queue before anything is sent."


class FamilySide:
    """Adults, contact points and bonds."""

    def __init__(self, roster: Roster, plan: OrganisationPlan, side: SchoolSide, problems: Problems) -> None:
        """Keep what is compared. The scope of the plan's schools is open."""
        self.roster, self.plan, self.side, self.problems = roster, plan, side, problems
        self.prefix = self._prefix()
        self.adults: dict[str, Adult] = {}  # by the roster's key
        self.other_person: set[UUID] = set()  # adults whose id now carries a wholly other name

    def _prefix(self) -> str:
        """Ids of two schools' own lists never meet: one school's contact 12 is not another's."""
        if self.roster.source != "own":
            return f"{self.roster.source}:"
        (school,) = self.plan.schools.values()
        return f"own:{school.pk.hex}:"

    def compare(self) -> None:
        """Everything on this side."""
        schools = self.plan.schools
        rows = [row for row in self.roster.cares if row.school in schools]
        self.before = {(care.adult_id, care.child_id): care for care in Care.objects.all()}
        self.plan.known = {care.adult_id for care in self.before.values() if care.ended_on is None}
        self._adults(sorted({row.adult for row in rows}))
        self._points()
        self._bonds(rows)
        self.plan.touched &= self.plan.known

    # Adults

    def _adults(self, keys: list[str]) -> None:
        rows = Adult.objects.filter(source_key__startswith=self.prefix).select_related("merged_into")
        known = {adult.source_key: adult for adult in rows}
        said = self._said_by_people()
        people = self._people(keys)
        part = self.plan.part("adults")
        for key in keys:
            row = self.roster.adults[key]
            before = known.get(f"{self.prefix}{key}")
            if before is not None and before.merged_into:
                self.adults[key] = before.merged_into  # a person found both ids to be one adult
                part.unchanged += 1
                continue
            wanted: dict[str, Any] = {"name": row.name, "language": row.language, "interpreter": row.interpreter}
            if before is not None:
                stays = said[before.pk]
                wanted = {name: value for name, value in wanted.items() if value and name not in stays}
                self._look_at_name(before, row)
            if key in people:
                wanted["person"] = people[key]
            changed = len(part.changed)
            make = partial(Adult, organisation_id=self.plan.organisation.pk, source_key=f"{self.prefix}{key}")
            adult = part.meet(before, wanted, make, row.name)
            self.adults[key] = adult
            if len(part.changed) > changed:
                self.plan.touched.add(adult.pk)

    def _said_by_people(self) -> dict[UUID, set[str]]:
        """Which columns of an adult a person has settled: a feed leaves them as they are."""
        found: dict[UUID, set[str]] = defaultdict(set)
        by_hand = AdultChange.objects.filter(thing="Adult").exclude(by_person=None, by_adult=None)
        for adult, field in by_hand.values_list("adult", "field"):
            found[adult].add(field)
        return found

    def _look_at_name(self, before: Adult, row: AdultRow) -> None:
        """An id whose name shares no word with the one before may have gone to another person."""
        if set(before.name.casefold().split()) & set(row.name.casefold().split()):
            return
        self.other_person.add(before.pk)
        what = f"The contact id {row.key} was “{before.name}” and is now “{row.name}”: perhaps another person."
        self.problems.note(*row.at, "", what, LOOK_FIRST)

    def _people(self, keys: list[str]) -> dict[str, Person]:
        """The adults who also work here, each one person and one adult."""
        rows = [self.roster.adults[key] for key in keys if self.roster.adults[key].staff]
        schools = list(self.plan.schools.values())
        wanted = {row.staff for row in rows}
        here = {
            person.email or "": person
            for person in Person.objects.filter(email__in=wanted, jobs__school__in=schools).distinct()
        }
        taken = dict(Adult.objects.filter(person__isnull=False).values_list("person", "source_key"))
        found: dict[str, Person] = {}
        for row in rows:
            person = self.side.people.get(row.staff) or here.get(row.staff)
            if person is None:
                what = f"Nobody who works at this school has the address {row.staff}."
                self.problems.note(*row.at, "", what, "Correct it, or add them as staff first.")
            elif taken.setdefault(person.pk, f"{self.prefix}{row.key}") != f"{self.prefix}{row.key}":
                what = f"{person.name} is joined to another adult already, and stays so."
                self.problems.note(*row.at, "", what, "Give a member of staff one contact id only.")
            else:
                found[row.key] = person
        return found

    # How they are reached

    def _points(self) -> None:
        part = self.plan.part("contact details")
        there: dict[UUID, list[ContactPoint]] = defaultdict(list)
        for point in ContactPoint.objects.all():
            there[point.adult_id].append(point)
        kept: list[ContactPoint] = []
        for adult, rows in self._listed_points():
            old = {(point.channel, point.value): point for point in there.pop(adult.pk, [])}
            for rank, row in enumerate(rows, start=1):
                place = (row.channel, row.value)
                if place in old:
                    point = old.pop(place)
                else:
                    point = ContactPoint(
                        organisation_id=self.plan.organisation.pk,
                        adult_id=adult.pk,
                        channel=row.channel,
                        value=row.value,
                        rank=rank,
                    )
                    self._new_point(adult, point)
                kept.append(point)
            for point in old.values():
                if point.confirmed_at or point.by_hand:
                    kept.append(point)  # the family has said that it is theirs, or that it is not
                else:
                    part.lose(point, f"{adult.name}: {_CHANNELS[point.channel]}")
                    self.plan.touched.add(adult.pk)
        kept += [point for points in there.values() for point in points]
        self._share(kept)

    def _listed_points(self) -> list[tuple[Adult, list[PointRow]]]:
        """Each adult with all that the roster lists for them, also under two ids."""
        found: dict[UUID, tuple[Adult, dict[tuple[str, str], PointRow]]] = {}
        for key, adult in self.adults.items():
            rows = found.setdefault(adult.pk, (adult, {}))[1]
            for row in self.roster.adults[key].points:
                rows.setdefault((row.channel, row.value), row)
        return [(adult, list(rows.values())) for adult, rows in found.values()]

    def _new_point(self, adult: Adult, point: ContactPoint) -> None:
        part = self.plan.part("contact details")
        part.new.append(point)
        part.sample("new", f"{adult.name}: {_CHANNELS[point.channel]}")
        self.plan.touched.add(adult.pk)

    def _share(self, points: list[ContactPoint]) -> None:
        """Whoever has the same number or mailbox shares it, and nobody is taken for one person because of it."""
        part = self.plan.part("contact details")
        left = {(point.channel, point.value.casefold()) for point in points if point.ended_on}
        points = [point for point in points if point.ended_on is None]
        holders: dict[tuple[str, str], set[UUID]] = defaultdict(set)
        for point in points:
            holders[point.channel, point.value.casefold()].add(point.adult_id)
        new = set(map(id, part.new))
        for point in points:
            shared = len(holders[point.channel, point.value.casefold()]) > 1
            if id(point) in new:
                point.shared = shared
            elif point.shared and (point.by_hand or (point.channel, point.value.casefold()) in left):
                part.unchanged += (
                    1  # somebody said so, or gave it up and may read it still: a feed says nothing of that
                )
            elif point.shared != shared:
                point.shared = shared
                part.changed.append(point)
                part.sample("changed", "now read by several adults" if shared else "now read by one adult only")
            else:
                part.unchanged += 1
        self.values: dict[UUID, set[str]] = defaultdict(set)
        for point in points:
            self.values[point.adult_id].add(point.value.casefold())
        self._look_for_twins(holders)

    def _look_for_twins(self, holders: dict[tuple[str, str], set[UUID]]) -> None:
        """Two ids, one name, one number: perhaps one person listed twice. Only a person may say so."""
        names = {adult.pk: (adult.name, self.roster.adults[key].at) for key, adult in self.adults.items()}
        said: set[str] = set()
        for adults in holders.values():
            first: dict[str, str] = {}
            for name, at in sorted(names[pk] for pk in adults if pk in names):
                if name.casefold() in first and name not in said:
                    said.add(name)
                    what = f"Two contact ids are called “{name}” and share a number or mailbox. They stay two adults."
                    self.problems.note(*at, "", what, "If they are one person, give them one id in your system.")
                first[name.casefold()] = name

    # Bonds

    def _bonds(self, rows: list[CareRow]) -> None:
        part = self.plan.part("bonds")
        restrained = self._restrained()
        wanted: set[tuple[UUID, UUID]] = set()
        for row in rows:
            adult, child = self.adults[row.adult], self.side.children[row.school, row.child]
            if (adult.pk, child.pk) in wanted:
                continue  # two ids of one adult: the first line counts
            wanted.add((adult.pk, child.pk))
            before = self.before.get((adult.pk, child.pk))
            settled = before is not None and not before.from_source
            if settled and adult.pk not in self.other_person:
                self.plan.kept_by_office += 1
                continue
            touched = part.touched
            # What the office settled was about somebody else, where the id now carries another name: it waits again.
            facts = {"held": True} if settled else self._facts(row, before, adult, child, restrained)
            make = partial(Care, school_id=child.school_id, adult_id=adult.pk, child_id=child.pk, from_source=True)
            part.meet(before, facts, make, f"{adult.name} – {child.name}")
            if part.touched > touched:
                self.plan.touched.add(adult.pk)
        self._ended(wanted)

    def _facts(
        self, row: CareRow, before: Care | None, adult: Adult, child: Child, restrained: dict[UUID, list[Adult]]
    ) -> dict[str, Any]:
        """What the roster says of a bond; what it does not say takes nothing away, and a hold is never lifted."""
        facts: dict[str, Any] = {
            "relationship": row.relationship,
            "standing": row.standing.value,
            "responsibility": row.responsibility.value,
            "lives_with": row.lives_with.value,
            "rank": row.rank,
            "ended_on": None,
            "held": row.doubtful or adult.pk in self.other_person,
        }
        if before is None or before.ended_on:
            facts["held"] = facts["held"] or self._waits(adult, child, restrained.get(child.pk, []))
        if before is None:
            return facts
        facts["held"] = facts["held"] or before.held
        facts["relationship"], facts["rank"] = row.relationship or before.relationship, row.rank or before.rank
        for name in ("responsibility", "lives_with"):
            facts[name] = getattr(before, name) if facts[name] == Tri.UNKNOWN else facts[name]
        facts["standing"] = standing_of(
            facts["relationship"], responsibility=Tri(facts["responsibility"]), lives_with=Tri(facts["lives_with"])
        ).value
        return facts

    def _restrained(self) -> dict[UUID, list[Adult]]:
        """Whom an order restrains, child by child. Orders are read here and never touched."""
        found: dict[UUID, list[Adult]] = defaultdict(list)
        lifted = Q(lifted_by__isnull=False, lifting_agreed_by__isnull=False)
        for order in Order.objects.exclude(lifted).select_related("adult"):
            found[order.child_id].append(order.adult)
        return found

    def _waits(self, adult: Adult, child: Child, restrained: list[Adult]) -> bool:
        """Whoever is new for a child about whom an order stands is told nothing before the office has looked."""
        if not restrained:
            return False
        alike = any(self._is_like(adult, other) for other in restrained if other.pk != adult.pk)
        why = "and resembles somebody under an order about this child." if alike else "about whom an order stands."
        what = f"{adult.name} is new for {child.name}, {why}"
        self.problems.note("", 0, "", what, LOOK_FIRST)
        return True

    def _is_like(self, adult: Adult, other: Adult) -> bool:
        """The same name, number or mailbox."""
        return other.name.casefold() == adult.name.casefold() or bool(self.values[other.pk] & self.values[adult.pk])

    def _ended(self, wanted: set[tuple[UUID, UUID]]) -> None:
        """Bonds that the source no longer names end, and are kept. What the office has settled stands."""
        part = self.plan.part("bonds")
        names = {child.pk: child.name for child in self.side.known_children.values()}
        for pair, care in self.before.items():
            if pair in wanted or care.ended_on or care.child_id not in names:
                continue
            if not care.from_source:
                self.plan.kept_by_office += 1
                continue
            care.ended_on = clock.today()
            part.lose(care, f"{care.adult.name} – {names[care.child_id]}")
            self.plan.touched.add(care.adult_id)
