"""Small rosters for the tests: the committed sample, changed in a cell or two."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

SAMPLE = Path(__file__).parent / "data" / "small.csv"

type Sheet = list[dict[str, str]]


def sample() -> Sheet:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def save(sheet: Sheet, path: Path, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(sheet[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(sheet)
    return path


def changed(path: Path, change: Callable[[Sheet], object]) -> Path:
    """The sample with one change, as a file."""
    sheet = sample()
    change(sheet)
    return save(sheet, path / "roster.csv")


def contact(row: dict[str, str], number: int, **cells: str) -> None:
    """Fill in some cells of one contact."""
    row.update({f"contact{number}_{name}": value for name, value in cells.items()})


def drop_contact(row: dict[str, str], number: int) -> None:
    """Leave one contact out."""
    row.update({name: "" for name in row if name.startswith(f"contact{number}_")})
