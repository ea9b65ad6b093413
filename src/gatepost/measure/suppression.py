"""Hides small counts in whatever leaves the school, so that no number points at a person, not even by subtraction.

Pure: frozen dataclasses in and out, no Django. A `Sheet` is what is about to be published: counts, and which of them
are the sum of which others. `suppress` hides every count under `MIN_CELL` and then as many more as it takes until
nobody can work out a hidden one from those that stay (`domain.md` §0.8, `trust.md` D19).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

MIN_CELL = 10

type Vector = list[Fraction]


@dataclass(frozen=True)
class Count:
    """One number of a sheet, by its name."""

    name: str
    value: int


@dataclass(frozen=True)
class Sum:
    """Says that one count is the sum of others: whoever sees all but one of them knows the last."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """Counts that leave the school together, and how they hang together."""

    counts: tuple[Count, ...]
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True)
class Shown:
    """One number as it may be published: `None` means hidden, and never says whether it was the small one."""

    name: str
    value: int | None


def suppress(sheet: Sheet, *, least: int = MIN_CELL) -> tuple[Shown, ...]:
    """The sheet as it may leave the school.

    Holds afterwards: no shown count is under `least`; each hidden one could be any of at least `least + 1` numbers
    for a reader who knows the shown ones, the sums, and that nobody counts below nothing.
    """
    values = {count.name: count.value for count in sheet.counts}
    _refuse_wrong_sums(sheet, values)
    hidden = {name for name, value in values.items() if value < least}
    while len(hidden) < len(values) and (bare := _computable(hidden, values, sheet.sums, least)):
        hidden.add(_next_to_hide(bare, hidden, values, sheet.sums))
    return tuple(Shown(count.name, None if count.name in hidden else count.value) for count in sheet.counts)


def published(sheet: Sheet, *, least: int = MIN_CELL) -> dict[str, int | None]:
    """The same by name, for tables."""
    return {shown.name: shown.value for shown in suppress(sheet, least=least)}


def _refuse_wrong_sums(sheet: Sheet, values: dict[str, int]) -> None:
    """A sum that is not one would protect nothing."""
    if len(values) != len(sheet.counts):
        raise ValueError("Two counts of a sheet have the same name.")
    for each in sheet.sums:
        if values[each.total] != sum(values[part] for part in each.parts):
            raise ValueError(f"{each.total} is not the sum of its parts.")


def _computable(hidden: set[str], values: dict[str, int], sums: Sequence[Sum], least: int) -> set[str]:
    """The hidden counts for which we cannot show that they might as well be quite different numbers.

    Each way of changing hidden counts that leaves every sum as it is proves freedom for the counts it touches, as far
    as none of them would fall below nothing. Only proved freedom counts, so this may hide too much, never too little.
    """
    totals = {each.total for each in sums}
    names = sorted(hidden, key=lambda name: (name not in totals, -values[name], name))  # large ones carry small ones
    touching = [each for each in sums if hidden & {each.total, *each.parts}]
    equations = [[_weight(each, name) for name in names] for each in touching]
    room = dict.fromkeys(names, Fraction(0))
    for change in _free_changes(equations, len(names)):
        steps = _steps(change, [values[name] for name in names])
        for name, weight in zip(names, change, strict=True):
            if weight:
                room[name] = Fraction(least) if steps is None else max(room[name], abs(weight) * steps)
    return {name for name in names if room[name] < least}


def _weight(each: Sum, name: str) -> Fraction:
    return Fraction(each.parts.count(name) - (each.total == name))


def _free_changes(equations: Sequence[Vector], width: int) -> list[Vector]:
    """A basis of the changes that leave every equation as it is (the null space), by elimination."""
    rows = [list(row) for row in equations]
    pivots: list[int] = []
    for column in range(width):
        found = next((row for row in rows[len(pivots) :] if row[column]), None)
        if found is None:
            continue
        rows.remove(found)
        rows.insert(len(pivots), [entry / found[column] for entry in found])
        _clear(rows, len(pivots), column)
        pivots.append(column)
    changes = []
    for free in (column for column in range(width) if column not in pivots):
        change = [Fraction(0)] * width
        change[free] = Fraction(1)
        for row, pivot in zip(rows, pivots, strict=False):
            change[pivot] = -row[free]
        changes.append(change)
    return changes


def _clear(rows: list[Vector], at: int, column: int) -> None:
    """Subtract the pivot's row from every other one, so that its column stands in no other."""
    for number, row in enumerate(rows):
        if number != at and row[column]:
            rows[number] = [entry - row[column] * pivot for entry, pivot in zip(row, rows[at], strict=True)]


def _steps(change: Vector, values: Sequence[int]) -> int | None:
    """How many whole steps of this change, forwards and backwards, leave nothing negative; None: without end."""
    forwards = [value // -weight for weight, value in zip(change, values, strict=True) if weight < 0]
    backwards = [value // weight for weight, value in zip(change, values, strict=True) if weight > 0]
    if not forwards or not backwards:
        return None
    return int(min(forwards)) + int(min(backwards))


def _next_to_hide(bare: set[str], hidden: set[str], values: dict[str, int], sums: Sequence[Sum]) -> str:
    """The smallest count beside a computable one, first of all where only one is hidden; a total only at the last."""
    lines = [(each.total, {each.total, *each.parts}) for each in sums]
    beside = [(total, line) for total, line in lines if bare & line and line - hidden]
    lonely = [(total, line) for total, line in beside if len(line & hidden) == 1]
    chosen = lonely or beside
    totals = {total for total, _ in chosen}
    shown = set().union(*(line for _, line in chosen)) - hidden
    return min(shown or set(values) - hidden, key=lambda name: (name in totals, values[name], name))
