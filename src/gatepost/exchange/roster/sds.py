"""Reads Microsoft School Data Sync v2.1: a folder or zip of CSV files with orgs, users, roles and relationships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from gatepost.disclosure import Standing, Tri
from gatepost.exchange.roster.checks import Cells
from gatepost.exchange.roster.reading import Columns, Row, rows
from gatepost.exchange.roster.records import (
    AdultRow,
    CareRow,
    ChildRow,
    GroupRow,
    PointRow,
    Problems,
    Record,
    StaffRow,
)
from gatepost.exchange.roster.relationships import standing_of
from gatepost.exchange.roster.sds_orgs import Orgs
from gatepost.exchange.roster.sources import Source
from gatepost.know.numbers import read_mobile

NEEDED = ("orgs.csv", "users.csv", "roles.csv")
TEACHES = frozenset({"teacher", "professor", "lecturer", "instructor", "adjunct", "faculty"})
NOT_READ = {
    "userFlags.csv": "It says who has special needs or free meals, which Gatepost does not take from a roster.",
    "courses.csv": "Gatepost needs classes, not courses.",
    "academicSessions.csv": "Gatepost takes a roster as it stands today.",
}
_USERS = Columns(
    must=("sourcedId", "givenName", "familyName"),
    may=("username", "email", "phone", "sms"),
    never=("password", "activedirectorymatchid"),
)
_ROLES = Columns(
    must=("userSourcedId", "orgSourcedId", "role"),
    may=("grade", "isPrimary"),
    never=("sessionsourcedid", "rolestartdate", "roleenddate"),
)
_DEMOGRAPHICS = Columns(
    must=("userSourcedId",),
    may=("birthDate",),
    never=("sex", "birthcity", "birthstate", "birthcountry", "ethnicitycodes", "racecodes"),
)
_CLASSES = Columns(must=("sourcedId", "orgSourcedId", "title"), never=("sessionsourcedids", "coursesourcedid"))
_ENROLLMENTS = Columns(must=("classSourcedId", "userSourcedId", "role"))
_RELATIONSHIPS = Columns(must=("userSourcedId", "relationshipUserSourcedId", "relationshipRole"))
_STRONGEST = [Standing.PARENT, Standing.CARER, Standing.EMERGENCY_ONLY, Standing.UNKNOWN]


def is_sds(names: list[str]) -> bool:
    """Whether these files are a School Data Sync roster."""
    return {"users.csv", "orgs.csv"} <= set(names)


def read(source: Source, problems: Problems) -> Iterator[Record]:
    """What the files say, as rows. A password, a match id, ethnicity and flags are never taken into memory."""
    names = source.names()
    for name in NEEDED:
        if name not in names:
            problems.stop(name, 0, "", f"The file {name} is missing.", "Export it too: spelled exactly like this.")
    for name in names:
        if name in NOT_READ:
            problems.note(name, 0, "", f"This file was not read. {NOT_READ[name]}", "Nothing to do.")
    if not problems.stopping:
        yield from _Feed(source, problems).read()


class _Feed:
    """The files of one feed, read in an order in which each finds what it points to."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems
        self.files = set(source.names())
        self.users: dict[str, Row] = {}
        self.born: dict[str, date | None] = {}
        self.pupils: dict[tuple[str, str], str] = {}  # school, user → grade
        self.staff: dict[tuple[str, str], None] = {}
        self.group_school: dict[str, str] = {}

    def read(self) -> Iterator[Record]:
        """Everything."""
        self.orgs = Orgs(self.source, self.problems)
        for row in self._rows("users.csv", _USERS):
            self._user(row)
        for row in self._rows("demographics.csv", _DEMOGRAPHICS):
            self.born[row["userSourcedId"]] = Cells("demographics.csv", self.problems).day(row, "birthDate")
        self._roles()
        groups = self._groups()
        self._leave_out_staff_above()
        yield from self.orgs.schools_used({school for school, _ in [*self.pupils, *self.staff]})
        members = self._members(groups)
        yield from groups.values()
        yield from self._staff()
        for (school, user), grade in self.pupils.items():
            yield self._child(school, user, grade, tuple(members.get((school, user), ())))
        yield from self._bonds()

    def _rows(self, name: str, columns: Columns) -> Iterator[Row]:
        if name in self.files:
            yield from rows(self.source, name, columns, self.problems)

    def _user(self, row: Row) -> None:
        cells = Cells("users.csv", self.problems)
        key = cells.id(row, "sourcedId")
        if key in self.users:
            what = f"The id {key} stands in row {self.users[key].number} already."
            self.problems.stop("users.csv", row.number, "sourcedId", what, "Each person has one row and one id.")
        elif key:
            cells.name(row, "givenName", limit=100)
            cells.words(row, "familyName", limit=99)
            self.users[key] = row

    def _known(self, file: str, row: Row, column: str) -> str:
        """The user that a row points to, or a blank where there is none."""
        key = row[column]
        if key in self.users:
            return key
        what = f"There is no “{key[:60]}” in users.csv."
        self.problems.stop(file, row.number, column, what, "Export all the files again, at the same time.")
        return ""

    def _roles(self) -> None:
        for row in self._rows("roles.csv", _ROLES):
            user, school = self._known("roles.csv", row, "userSourcedId"), self.orgs.school_of(row, "roles.csv")
            if not user or not school:
                continue
            role = row["role"].casefold()
            if role == "student":
                self.pupils.setdefault((school, user), row["grade"][:20])
            elif role in TEACHES:
                self.staff[school, user] = None
            else:
                what = f"{_name(self.users[user])} is “{row['role'][:40]}”, which Gatepost does not take over."
                fix = "Give them their role in Gatepost by hand, if they need one."
                self.problems.note("roles.csv", row.number, "role", what, fix)

    def _leave_out_staff_above(self) -> None:
        """An authority or a ministry at which nobody learns is no school, and its staff no school's staff."""
        with_pupils = {school for school, _ in self.pupils}
        for school, user in list(self.staff):
            if school not in with_pupils and not self.orgs.is_school(school):
                del self.staff[school, user]
                what = (
                    f"{_name(self.users[user])} teaches at “{self.orgs.rows[school]['name'][:60]}”, which is no school."
                )
                self.problems.note(
                    "roles.csv", 0, "orgSourcedId", what, "Nothing to do, if they have a row for each school."
                )

    def _groups(self) -> dict[str, GroupRow]:
        found: dict[str, GroupRow] = {}
        cells = Cells("classes.csv", self.problems)
        for row in self._rows("classes.csv", _CLASSES):
            key, name = cells.id(row, "sourcedId"), cells.name(row, "title", limit=100)
            school = self.orgs.school_of(row, "classes.csv")
            if key in found:
                what = f"The id {key} is there twice."
                self.problems.stop("classes.csv", row.number, "sourcedId", what, "Each class has one row and one id.")
            elif key and school:
                found[key] = GroupRow(school, key, name, "", ())
                self.group_school[key] = school
        return found

    def _members(self, groups: dict[str, GroupRow]) -> dict[tuple[str, str], list[str]]:
        """The classes of each pupil; teachers are put on their classes."""
        members: dict[tuple[str, str], list[str]] = {}
        teachers: dict[str, list[str]] = {}
        others: Counter[str] = Counter()
        for row in self._rows("enrollments.csv", _ENROLLMENTS):
            user, group = self._known("enrollments.csv", row, "userSourcedId"), row["classSourcedId"]
            if group not in groups:
                what = f"There is no “{group[:60]}” in classes.csv."
                fix = "Export all the files again, at the same time."
                self.problems.stop("enrollments.csv", row.number, "classSourcedId", what, fix)
            elif user:
                place = (groups[group].school, user)
                if row["role"].casefold() == "student":
                    self._enrol(row, place, group, members)
                elif row["role"].casefold() in TEACHES:
                    self.staff[place] = None
                    teachers.setdefault(group, []).append(user)
                else:
                    others[row["role"][:40]] += 1
        for role, count in others.items():
            what = f"{count} of these are “{role}”, which Gatepost does not take over."
            self.problems.note("enrollments.csv", 0, "role", what, "Nothing to do, unless they should see the class.")
        for key, users in teachers.items():
            group_row = groups[key]
            groups[key] = GroupRow(group_row.school, key, group_row.name, group_row.year, tuple(dict.fromkeys(users)))
        return members

    def _enrol(self, row: Row, place: tuple[str, str], group: str, members: dict[tuple[str, str], list[str]]) -> None:
        if place not in self.pupils:
            what = f"{_name(self.users[place[1]])} is in this class, but no pupil of its school."
            fix = "Add a row for them to roles.csv, if they are."
            self.problems.note("enrollments.csv", row.number, "userSourcedId", what, fix)
        elif group not in members.setdefault(place, []):
            members[place].append(group)

    def _staff(self) -> Iterator[Record]:
        cells = Cells("users.csv", self.problems)
        for school, user in self.staff:
            row = self.users[user]
            email = cells.email(row, "email") or (cells.email(row, "username") if "@" in row["username"] else "")
            yield StaffRow(school, user, _name(row), email)

    def _child(self, school: str, user: str, grade: str, groups: tuple[str, ...]) -> ChildRow:
        row = self.users[user]
        return ChildRow(school, user, _name(row), row["givenName"][:100], self.born.get(user), grade, groups)

    def _bonds(self) -> Iterator[Record]:
        """Adults and their bonds. What the feed does not say (responsibility, home, language) stays unknown."""
        schools: dict[str, list[str]] = {}
        for school, user in self.pupils:
            schools.setdefault(user, []).append(school)
        adults: dict[str, AdultRow] = {}
        bonds: dict[tuple[str, str], CareRow] = {}
        for row in self._rows("relationships.csv", _RELATIONSHIPS):
            child = self._known("relationships.csv", row, "userSourcedId")
            adult = self._known("relationships.csv", row, "relationshipUserSourcedId")
            if not child or not adult:
                continue
            if child not in schools or child == adult:
                what = f"{_name(self.users[child])} is no pupil of any school here. The row was left out."
                fix = "The first column is the pupil, the second one the adult."
                self.problems.note("relationships.csv", row.number, "userSourcedId", what, fix)
                continue
            if adult not in adults:
                adults[adult] = self._adult(adult)
            for school in schools[child]:
                care = _bond(school, adult, child, row["relationshipRole"][:60])
                self._keep(bonds, care)
        yield from adults.values()
        yield from bonds.values()

    def _keep(self, bonds: dict[tuple[str, str], CareRow], care: CareRow) -> None:
        """One bond for each pair: where the feed names two, the one that says more stands."""
        place = (care.adult, f"{care.school}/{care.child}")
        before = bonds.get(place)
        if before is None or _STRONGEST.index(care.standing) < _STRONGEST.index(before.standing):
            bonds[place] = care

    def _adult(self, user: str) -> AdultRow:
        row, cells = self.users[user], Cells("users.csv", self.problems)
        points = []
        if mobile := cells.mobile(row, "sms"):
            points.append(PointRow("sms", mobile))
        other, _ = read_mobile(row["phone"]) if row["phone"] and row["phone"] != row["sms"] else ("", "")
        if other and other != mobile:
            points.append(PointRow("sms", other))
        if email := cells.email(row, "email"):
            points.append(PointRow("email", email))
        staff = user if any(user == each for _, each in self.staff) else ""
        return AdultRow(user, _name(row), "", "", tuple(points), staff, ("users.csv", row.number))


def _bond(school: str, adult: str, child: str, role: str) -> CareRow:
    standing = standing_of(role, responsibility=Tri.UNKNOWN, lives_with=Tri.UNKNOWN)
    return CareRow(school, adult, child, role, standing, Tri.UNKNOWN, Tri.UNKNOWN, None)


def _name(row: Row) -> str:
    return f"{row['givenName']} {row['familyName']}".strip()[:200]
