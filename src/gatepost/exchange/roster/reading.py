"""Turns the bytes of one CSV file into rows, whatever a spreadsheet did to them, and says plainly what is wrong."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from gatepost.exchange.roster.records import Problems
from gatepost.exchange.roster.sources import DAMAGED, Source
from gatepost.language.names import without_marks

MOST_ROWS = 250_000
LONGEST_CELL = 2_000
CHUNK = 1024 * 1024
_SEP = re.compile(r"^sep=(.)\r?\n?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row under its column names; cells have no space around them."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """What stands in this column; blank where the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Columns:
    """The columns that a file must and may have."""

    must: Collection[str]
    may: Collection[str] = ()
    never: Collection[str] = ()  # may be there, and is passed over without a word: passwords
    names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Find columns in any case."""
        object.__setattr__(self, "names", {name.casefold(): name for name in (*self.must, *self.may)})


def rows(source: Source, name: str, columns: Columns, problems: Problems) -> Iterator[Row]:
    """The rows of one file, streamed. What cannot be read is reported, row by row, and not yielded."""
    try:
        encoding = _encoding(source, name, problems)
        if encoding is None:
            return
        with source.open(name) as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
            yield from _rows(text, name, columns, problems)
    except (csv.Error, UnicodeError):
        what, fix = "From somewhere on, the file cannot be read as CSV.", "Save it again as “CSV UTF-8”."
        problems.stop(name, 0, "", what, fix)
    except DAMAGED:
        problems.stop(name, 0, "", "The file is damaged.", "Export it again.")


def _rows(text: io.TextIOWrapper, name: str, columns: Columns, problems: Problems) -> Iterator[Row]:
    first, delimiter = _first_line(text, columns)
    reader = csv.reader(itertools.chain([first], text), delimiter=delimiter)
    header = _header(next(reader, []), name, columns, problems)
    if header is None:
        return
    for number, cells in enumerate(reader, start=2):
        if number > MOST_ROWS:
            problems.stop(name, number, "", "The file has more than 250,000 rows.", "Give one school at a time.")
            return
        if not any(cell.strip() for cell in cells):
            continue
        if _is_sound(cells, number, name, header, problems):
            values = zip(header, cells, strict=False)
            yield Row(number, {column: clean(cell) for column, cell in values if column})


def _encoding(source: Source, name: str, problems: Problems) -> str | None:
    """UTF-8 or UTF-16 with or without its mark; else Windows Western, said aloud."""
    with source.open(name) as raw:
        head = raw.read(4096)
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        problems.stop(name, 0, "", "The file is empty.", "Export it again: it needs a header and one row at least.")
        return None
    for encoding in _guesses(head):
        with source.open(name) as raw:
            if not _reads_as(raw, encoding):
                continue
        if encoding == "cp1252":
            what = "The file is not UTF-8. It was read as Windows Western (cp1252)."
            problems.note(name, 0, "", what, "Check names with accents, or save it as “CSV UTF-8”.")
        return encoding
    problems.stop(name, 0, "", "We cannot tell how the file's letters are stored.", "Save it as “CSV UTF-8”.")
    return None


def _guesses(head: bytes) -> tuple[str, ...]:
    if head.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    quarter = len(head) // 4
    if head[1::2].count(0) > quarter:
        return ("utf-16-le",)
    if head[::2].count(0) > quarter:
        return ("utf-16-be",)
    return ("utf-8", "cp1252")


def _reads_as(raw: BinaryIO, encoding: str) -> bool:
    """Whether the whole file can be decoded, a piece at a time."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := raw.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _first_line(text: io.TextIOWrapper, columns: Columns) -> tuple[str, str]:
    """The header line, and the delimiter under which it names most of our columns."""
    line = text.readline(64 * 1024)
    told = _SEP.match(line)
    if told:
        return text.readline(64 * 1024), told[1]

    def known(delimiter: str) -> int:
        cells = next(csv.reader([line], delimiter=delimiter), [])
        return sum(_plain(cell) in columns.names for cell in cells)

    return line, max(",;\t|", key=known)


def _header(cells: list[str], name: str, columns: Columns, problems: Problems) -> list[str] | None:
    """Our name for each column of the file; blank for one that is not read."""
    found = [columns.names.get(_plain(cell), "") for cell in cells]
    missing = [column for column in columns.must if column not in found]
    twice = sorted({column for column in found if column and found.count(column) > 1})
    for column in missing:
        fix = "Add it, spelled exactly like this. The first row must name the columns."
        problems.stop(name, 1, column, f"The column {column} is missing.", fix)
    for column in twice:
        problems.stop(name, 1, column, f"The column {column} is there twice.", "Remove one of them.")
    for cell, ours in zip(cells, found, strict=True):
        if not ours and cell.strip() and _plain(cell) not in columns.never:
            what = f"The column “{clean(cell)[:60]}” is not one of ours, and was not read."
            problems.note(name, 1, clean(cell)[:60], what, "Nothing to do, unless it is one of ours misspelled.")
    return None if missing or twice else found


def _is_sound(cells: list[str], number: int, name: str, header: list[str], problems: Problems) -> bool:
    extra = cells[len(header) :]
    if len(cells) < len(header) or any(cell.strip() for cell in extra):
        what = f"The row has {len(cells)} cells, and the header names {len(header)} columns."
        fix = "Look for a delimiter inside a cell, or a quotation mark that is not closed."
        problems.stop(name, number, "", what, fix)
        return False
    for column, cell in zip(header, cells, strict=False):
        if "\0" in cell:
            problems.stop(name, number, column, "A cell holds a NUL character.", "Export the file again.")
            return False
        if len(cell) > LONGEST_CELL:
            fix = "Look for a quotation mark that is not closed."
            problems.stop(name, number, column, "A cell holds more than 2,000 characters.", fix)
            return False
    return True


def _plain(cell: str) -> str:
    return cell.strip().strip("\ufeff\"' ").casefold()


def clean(cell: str) -> str:
    """Composed letters, single spaces, no control characters and no marks that turn the direction of text."""
    if cell.isascii() and cell.isprintable():
        return " ".join(cell.split()) if "  " in cell else cell.strip()
    composed = without_marks(unicodedata.normalize("NFC", cell))
    kept = (" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in composed)
    return " ".join("".join(kept).split())
