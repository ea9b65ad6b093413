"""Which of the organisations in a School Data Sync feed is a school, and which stands above it."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.exchange.roster.checks import Cells
from gatepost.exchange.roster.reading import Columns, Row, rows
from gatepost.exchange.roster.records import Problems, SchoolRow
from gatepost.exchange.roster.sources import Source

SCHOOLS = frozenset({"school", "college", "university", "campus"})
PARTS = frozenset({"department", "faculty", "program", "division", "branch"})
_ORGS = Columns(must=("sourcedId", "name", "type"), may=("parentSourcedId",))


class Orgs:
    """The tree of `orgs.csv`. A department counts as the school it is part of."""

    def __init__(self, source: Source, problems: Problems) -> None:
        """Read the tree; a circle or a parent that is not there is reported."""
        self.problems = problems
        self.rows: dict[str, Row] = {}
        cells = Cells("orgs.csv", problems)
        for row in rows(source, "orgs.csv", _ORGS, problems):
            key, _ = cells.id(row, "sourcedId"), cells.name(row, "name")
            if key in self.rows:
                what = f"The id {key} is there twice."
                problems.stop("orgs.csv", row.number, "sourcedId", what, "Each has one row and one id.")
            elif key:
                self.rows[key] = row
        for row in self.rows.values():
            parent = row["parentSourcedId"]
            if parent and parent not in self.rows:
                what = f"There is no “{parent[:60]}” in this file."
                problems.stop("orgs.csv", row.number, "parentSourcedId", what, "Export the whole tree.")

    def _line(self, key: str) -> list[str]:
        """An organisation and those above it, from near to far; a circle ends where it began."""
        line: list[str] = []
        while key in self.rows and key not in line:
            line.append(key)
            key = self.rows[key]["parentSourcedId"]
        return line

    def _kind(self, key: str) -> str:
        return self.rows[key]["type"].casefold()

    def is_school(self, key: str) -> bool:
        """Whether its type says that children are taught there."""
        return self._kind(key) in SCHOOLS

    def school_of(self, row: Row, file: str) -> str:
        """The school that a row's organisation is, or is part of. Anything else that has pupils counts as one."""
        key = row["orgSourcedId"]
        line = self._line(key)
        if not line:
            what = f"There is no “{key[:60]}” in orgs.csv."
            fix = "Export all the files again, at the same time."
            self.problems.stop(file, row.number, "orgSourcedId", what, fix)
            return ""
        near = [each for each in line if self._kind(each) in SCHOOLS]
        if near:
            return near[0]
        return line[0] if self._kind(key) not in PARTS else line[-1]

    def schools_used(self, keys: set[str]) -> Iterator[SchoolRow]:
        """The schools that somebody is at; an authority at which only staff are is not one of them."""
        for key in sorted(keys):
            top = self._line(key)[-1]
            row, above = self.rows[key], self.rows[top]
            yield SchoolRow(key, row["name"], top, above["name"], alone=top == key)
