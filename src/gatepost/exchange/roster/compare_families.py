"""Compares adults, how they are reached, and their bonds to children with what is known: nobody is ever merged."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import Any
from uuid import UUID

from gatepost.core import clock
from gatepost.disclosure import Tri
from gatepost.exchange.roster.compare_school import SchoolSide
from gatepost.exchange.roster.plan import OrganisationPlan
from gatepost.exchange.roster.records import AdultRow, CareRow, Problems, Roster
from gatepost.exchange.roster.relationships import standing_of
from gatepost.know.models import Adult, Care, Child, ContactPoint, Order
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
        known = {adult.source_key: adult for adult in Adult.objects.filter(source_key__startswith=self.prefix)}
        people = self._people(keys)
        part = self.plan.part("adults")
        for key in keys:
            row = self.roster.adults[key]
            before = known.get(f"{self.prefix}{key}")
            wanted: dict[str, Any] = {"name": row.name, "language": row.language, "interpreter": row.interpreter}
            if before is not None:
                wanted = {name: value or getattr(before, name) for name, value in wanted.items()}
                self._look_at_name(before, row)
            if key in people:
                wanted["person"] = people[key]
            changed = len(part.changed)
            make = partial(Adult, organisation_id=self.plan.organisation.pk, source_key=f"{self.prefix}{key}")
            adult = part.meet(before, wanted, make, row.name)
            self.adults[key] = adult
            if len(part.changed) > changed:
                self.plan.touched.add(adult.pk)

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
        for key, adult in self.adults.items():
            old = {(point.channel, point.value): point for point in there.pop(adult.pk, [])}
            for rank, row in enumerate(self.roster.adults[key].points, start=1):
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
                if point.confirmed_at:
                    kept.append(point)  # the family has said that it is theirs
                else:
                    part.lose(point, f"{adult.name}: {_CHANNELS[point.channel]}")
                    self.plan.touched.add(adult.pk)
        kept += [point for points in there.values() for point in points]
        self._share(kept)

    def _new_point(self, adult: Adult, point: ContactPoint) -> None:
        part = self.plan.part("contact details")
        part.new.append(point)
        part.sample("new", f"{adult.name}: {_CHANNELS[point.channel]}")
        self.plan.touched.add(adult.pk)

    def _share(self, points: list[ContactPoint]) -> None:
        """Whoever has the same number or mailbox shares it, and nobody is taken for one person because of it."""
        part = self.plan.part("contact details")
        holders: dict[tuple[str, str], set[UUID]] = defaultdict(set)
        for point in points:
            holders[point.channel, point.value.casefold()].add(point.adult_id)
        new = set(map(id, part.new))
        for point in points:
            shared = len(holders[point.channel, point.value.casefold()]) > 1
            if id(point) in new:
                point.shared = shared
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
        if before is None:
            facts["held"] = facts["held"] or self._is_like(adult, child, restrained.get(child.pk, []))
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
        for order in Order.objects.select_related("adult"):
            found[order.child_id].append(order.adult)
        return found

    def _is_like(self, adult: Adult, child: Child, restrained: list[Adult]) -> bool:
        """A new contact with the name, number or mailbox of somebody under an order: the office looks first."""
        for other in restrained:
            alike = other.name.casefold() == adult.name.casefold() or self.values[other.pk] & self.values[adult.pk]
            if other.pk != adult.pk and alike:
                what = f"{adult.name} is new for {child.name}, and resembles somebody under an order about this child."
                self.problems.note("", 0, "", what, LOOK_FIRST)
                return True
        return False

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
