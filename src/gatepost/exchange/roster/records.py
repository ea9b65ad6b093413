"""What a roster says, as plain frozen rows: no database, no files, so that every reader ends in the same shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from gatepost.disclosure import Standing, Tri

MOST_PROBLEMS = 500  # kept in full; the rest is counted


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that somebody should look at: where it is, what it is, what to do."""

    file: str
    row: int  # as a spreadsheet counts: the header is row 1; 0 is the file as a whole
    column: str
    what: str
    fix: str
    stops: bool  # whether nothing can be taken over until it is mended

    @property
    def place(self) -> str:
        """Where it is, in words."""
        parts = [self.file, f"row {self.row}" if self.row else "", f"column {self.column}" if self.column else ""]
        return ", ".join(part for part in parts if part)


@dataclass
class Problems:
    """All that was found, up to a limit; what stops is never crowded out by what does not."""

    kept: list[Problem] = field(default_factory=list)
    stopping: int = 0
    left_out: int = 0

    def stop(self, file: str, row: int, column: str, what: str, fix: str) -> None:
        """Nothing can be taken over until this is mended."""
        self._add(Problem(file, row, column, what, fix, True))

    def note(self, file: str, row: int, column: str, what: str, fix: str) -> None:
        """Worth a look; the rest can be taken over."""
        self._add(Problem(file, row, column, what, fix, False))

    def _add(self, problem: Problem) -> None:
        self.stopping += problem.stops
        if len(self.kept) < MOST_PROBLEMS or (problem.stops and self.stopping <= MOST_PROBLEMS):
            self.kept.append(problem)
        else:
            self.left_out += 1


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school, and the organisation it belongs to. A blank key is the school that the reader was told."""

    key: str
    name: str
    organisation_key: str = ""
    organisation_name: str = ""
    alone: bool = True  # the school is an organisation of its own


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody who teaches at a school."""

    school: str
    key: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One class, and the keys of those who teach it."""

    school: str
    key: str
    name: str
    year: str
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One child, and the keys of their classes."""

    school: str
    key: str
    name: str
    called: str  # blank: the first word of the name
    born_on: date | None
    year: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointRow:
    """One way to reach an adult."""

    channel: str
    value: str


@dataclass(frozen=True, slots=True)
class AdultRow:
    """One adult, under the id that their source gives them."""

    key: str
    name: str
    language: str
    interpreter: str
    points: tuple[PointRow, ...]
    staff: str = ""  # the key of the member of staff that this adult also is
    at: tuple[str, int] = ("", 0)  # file and row, for what is found out later


@dataclass(frozen=True, slots=True)
class CareRow:
    """What the source says of one adult and one child."""

    school: str
    adult: str
    child: str
    relationship: str
    standing: Standing
    responsibility: Tri
    lives_with: Tri
    rank: int | None
    doubtful: bool = False  # the source says something about the bond that we cannot read: the office looks first


type Record = SchoolRow | StaffRow | GroupRow | ChildRow | AdultRow | CareRow


@dataclass
class Roster:
    """A whole roster, gathered from what a reader yields."""

    source: str  # "own" or "sds": ids of two sources never meet
    schools: dict[str, SchoolRow] = field(default_factory=dict)
    staff: list[StaffRow] = field(default_factory=list)
    groups: list[GroupRow] = field(default_factory=list)
    children: list[ChildRow] = field(default_factory=list)
    adults: dict[str, AdultRow] = field(default_factory=dict)
    cares: list[CareRow] = field(default_factory=list)

    def gather(self, records: Iterator[Record]) -> Roster:
        """Take in everything that a reader yields."""
        for record in records:
            match record:
                case SchoolRow():
                    self.schools[record.key] = record
                case StaffRow():
                    self.staff.append(record)
                case GroupRow():
                    self.groups.append(record)
                case ChildRow():
                    self.children.append(record)
                case AdultRow():
                    self.adults[record.key] = record
                case CareRow():
                    self.cares.append(record)
        return self
