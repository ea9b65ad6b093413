"""Reads Gatepost's own CSV: one row a pupil, up to four contacts. Its columns: docs/reference/roster-csv.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

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
    SchoolRow,
    StaffRow,
)
from gatepost.exchange.roster.relationships import standing_of
from gatepost.exchange.roster.sources import Source

CONTACTS = 4
PUPIL = ("pupil_id", "name", "called", "born_on", "year", "class", "teacher_email", "teacher_name")
CONTACT = (
    "id",
    "name",
    "relationship",
    "responsibility",
    "lives_with",
    "language",
    "interpreter",
    "email",
    "mobile",
    "order",
    "person_email",
)
MUST = ("pupil_id", "name", "class", "contact1_id", "contact1_name", "contact1_relationship")
NEVER = ("password", "pin", "temporary_password")


def contact_columns(number: int) -> list[str]:
    """The columns of one contact, in their order."""
    return [f"contact{number}_{part}" for part in CONTACT]


ALL = (*PUPIL, *(column for number in range(1, CONTACTS + 1) for column in contact_columns(number)))
COLUMNS = Columns(must=MUST, may=tuple(column for column in ALL if column not in MUST), never=NEVER)


def is_own(header: list[str]) -> bool:
    """Whether these columns are ours."""
    return "pupil_id" in {cell.strip().casefold() for cell in header}


def read(source: Source, name: str, problems: Problems) -> Iterator[Record]:
    """What the file says, as rows; what it says twice is compared, never merged."""
    book = _Book(name, problems)
    yield SchoolRow(key="", name="")
    for row in rows(source, name, COLUMNS, problems):
        yield from book.read(row)
    yield from book.groups.values()
    yield from book.staff.values()
    yield from book.adults.values()


class _Book:
    """What stands on several rows: classes, their teachers, and adults with more than one child."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file, self.problems = file, problems
        self.cells = Cells(file, problems)
        self.pupils: dict[str, int] = {}
        self.adults: dict[str, AdultRow] = {}
        self.groups: dict[str, GroupRow] = {}
        self.staff: dict[str, StaffRow] = {}
        self.teachers: dict[str, str] = {}  # as said → as read

    def read(self, row: Row) -> Iterator[Record]:
        """One pupil, and the bonds to their contacts."""
        key = self.cells.id(row, "pupil_id")
        name = self.cells.name(row, "name")
        if key and self.pupils.setdefault(key, row.number) != row.number:
            what = f"The pupil id {key} stands in row {self.pupils[key]} already."
            self.problems.stop(self.file, row.number, "pupil_id", what, "Each pupil has one row and one id.")
            return
        if not key or not name:
            return
        group = self._group(row)
        yield ChildRow(
            school="",
            key=key,
            name=name,
            called=self.cells.words(row, "called", limit=100),
            born_on=self.cells.day(row, "born_on"),
            year=self.cells.words(row, "year", limit=20),
            groups=(group,) if group else (),
        )
        seen: set[str] = set()
        for number in range(1, CONTACTS + 1):
            care = self._contact(row, f"contact{number}_", key)
            if care and care.adult in seen:
                what = f"The contact id {care.adult} stands in this row twice."
                self.problems.stop(self.file, row.number, f"contact{number}_id", what, "Name each contact once.")
            elif care:
                seen.add(care.adult)
                yield care

    def _group(self, row: Row) -> str:
        """The class of a pupil, with its teacher where the row names one."""
        name = self.cells.words(row, "class", limit=100)
        if not name:
            return ""
        key = name.casefold()[:150]  # some letters grow when they are made small
        year = self.cells.words(row, "year", limit=20)
        group = self.groups.get(key) or GroupRow("", key, name, year, ())
        if group.year != year:
            group = replace(group, year="")  # a class of several years has none of its own
        email = self._teacher(row)
        if email and email not in group.teachers:
            group = replace(group, teachers=(*group.teachers, email))
        if email and not (email in self.staff and self.staff[email].name):
            self.staff[email] = StaffRow("", email, self.cells.words(row, "teacher_name", limit=200), email)
        self.groups[key] = group
        return key

    def _teacher(self, row: Row) -> str:
        """The address of the class's teacher: read once, and reported once, though every pupil's row has it."""
        said = row["teacher_email"]
        if said not in self.teachers:
            self.teachers[said] = self.cells.email(row, "teacher_email")
        return self.teachers[said]

    def _contact(self, row: Row, stem: str, pupil: str) -> CareRow | None:
        """The bond to one contact, who is kept with what other rows say of them."""
        if not any(row[stem + part] for part in CONTACT):
            return None
        key, name = self.cells.id(row, stem + "id"), self.cells.name(row, stem + "name")
        if not key or not name or not self._adult(row, stem, key, name):
            return None
        relationship = self.cells.words(row, stem + "relationship", limit=60)
        responsibility, odd = self.cells.tri(row, stem + "responsibility")
        lives_with, odd_too = self.cells.tri(row, stem + "lives_with")
        return CareRow(
            school="",
            adult=key,
            child=pupil,
            relationship=relationship,
            standing=standing_of(relationship, responsibility=responsibility, lives_with=lives_with),
            responsibility=responsibility,
            lives_with=lives_with,
            rank=self.cells.rank(row, stem + "order"),
            doubtful=odd or odd_too,
        )

    def _adult(self, row: Row, stem: str, key: str, name: str) -> bool:
        """Keep an adult. One id is one person: two names under it stop the import, and are never merged."""
        language = self.cells.language(row, stem + "language")
        interpreter = self.cells.language(row, stem + "interpreter", yes=language)
        values = [
            ("sms", self.cells.mobile(row, stem + "mobile")),
            ("email", self.cells.email(row, stem + "email")),
        ]
        points = tuple(PointRow(channel, value) for channel, value in values if value)
        staff = self.cells.email(row, stem + "person_email")
        before = self.adults.get(key)
        if before is None:
            at = (self.file, row.number)
            self.adults[key] = AdultRow(key, name, language, interpreter, points, staff, at)
            return True
        if before.name.casefold() != name.casefold():
            what = f"The contact id {key} is “{name}” here and “{before.name}” in row {before.at[1]}."
            fix = "One id must be one person. Give each their own, or spell the name the same way."
            self.problems.stop(self.file, row.number, stem + "id", what, fix)
            return False
        self._compare(row, stem, before, language, points)
        self.adults[key] = replace(
            before,
            language=before.language or language,
            interpreter=before.interpreter or interpreter,
            points=(*before.points, *(point for point in points if point not in before.points)),
            staff=before.staff or staff,
        )
        return True

    def _compare(self, row: Row, stem: str, before: AdultRow, language: str, points: tuple[PointRow, ...]) -> None:
        """Say where two rows about one adult differ; the first language stands, and all addresses are kept."""
        first = before.at[1]
        if language and before.language and language != before.language:
            what = f"{before.name} has another language in row {first}. The first one was taken."
            self.problems.note(self.file, row.number, stem + "language", what, "Make the rows the same.")
        for point in points:
            others = {other.value for other in before.points if other.channel == point.channel}
            if others and point.value not in others:
                column = stem + ("email" if point.channel == "email" else "mobile")
                what = f"{before.name} has another one in row {first}. Both were taken."
                self.problems.note(self.file, row.number, column, what, "Make the rows the same.")
