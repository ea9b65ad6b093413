"""Reads single cells: ids, names, days, addresses, yes and no. What cannot be meant is reported and left out."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gatepost.core import clock
from gatepost.disclosure import Tri
from gatepost.exchange.roster.reading import Row
from gatepost.exchange.roster.records import Problems
from gatepost.know.numbers import read_mobile
from gatepost.language import table

LONGEST_ID = 100
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M")
_YES = frozenset({"yes", "y", "true", "t", "1"})
_NO = frozenset({"no", "n", "false", "f", "0"})
_UNSAID = frozenset({"", "unknown", "not known", "u", "?", "-", "n/a"})


class Cells:
    """Reads the cells of one file, and reports those it cannot read."""

    def __init__(self, file: str, problems: Problems) -> None:
        """Keep which file it is."""
        self.file, self.problems = file, problems

    def id(self, row: Row, column: str) -> str:
        """An id: never blank, never longer than the database holds. Blank is returned where it is neither."""
        value = row[column]
        if not value:
            self._stop(row, column, "The id is missing.", "Give the id that your system uses, and always the same one.")
        elif len(value) > LONGEST_ID:
            self._stop(row, column, "The id is longer than 100 characters.", "Give the id that your system uses.")
        else:
            return value
        return ""

    def name(self, row: Row, column: str, *, limit: int = 200) -> str:
        """A name: never blank, never longer than the database holds."""
        value = row[column]
        if not value:
            self._stop(row, column, "The name is missing.", "Fill it in.")
        return self.words(row, column, limit=limit)

    def words(self, row: Row, column: str, *, limit: int) -> str:
        """Any words up to a length; too many stop the import, since nobody's name is cut short here."""
        value = row[column]
        if len(value) > limit:
            self._stop(row, column, f"This is longer than {limit} characters.", "Shorten it in your system.")
        return value[:limit]

    def day(self, row: Row, column: str) -> date | None:
        """A day of birth."""
        value = row[column]
        if not value:
            return None
        found = _day(value)
        if found is None:
            self._note(row, column, f"“{value[:40]}” is not a date we can read.", "Write 2016-09-30 or 30/09/2016.")
        elif not date(1900, 1, 1) <= found <= clock.today():
            self._note(row, column, f"{found.isoformat()} cannot be a day of birth.", "Correct it in your system.")
            return None
        return found

    def email(self, row: Row, column: str) -> str:
        """An e-mail address, in small letters."""
        value = row[column].lower()
        if not value:
            return ""
        try:
            validate_email(value)
        except ValidationError:
            what = f"“{value[:80]}” is not an e-mail address. It was left out."
            self._note(row, column, what, "Correct it in your system, or this adult gets no mail.")
            return ""
        if len(value) > 254:
            self._note(row, column, "The e-mail address is too long. It was left out.", "Correct it in your system.")
            return ""
        return value

    def mobile(self, row: Row, column: str) -> str:
        """A telephone that can get a text message, in its international form."""
        value = row[column]
        if not value:
            return ""
        number, problem = read_mobile(value)
        if problem:
            what = f"“{value[:40]}” {problem} It was left out."
            self._note(row, column, what, "Correct it in your system, or this adult gets no text messages.")
        return number

    def tri(self, row: Row, column: str) -> tuple[Tri, bool]:
        """Yes, no or unknown; and whether something stands there that is none of them."""
        value = row[column].casefold()
        if value in _YES:
            return Tri.YES, False
        if value in _NO:
            return Tri.NO, False
        if value in _UNSAID:
            return Tri.UNKNOWN, False
        what = f"“{value[:40]}” is neither yes nor no. It was read as unknown, and the office must look first."
        self._note(row, column, what, "Write yes or no, or leave it empty.")
        return Tri.UNKNOWN, True

    def rank(self, row: Row, column: str) -> int | None:
        """Whom to ring first: a small whole number."""
        value = row[column]
        if not value:
            return None
        if value.isascii() and value.isdigit() and 0 < int(value[:6]) < 1000 and len(value) <= 3:
            return int(value)
        what = f"“{value[:40]}” is not a place in an order. It was left out."
        self._note(row, column, what, "Write 1 for whom to ring first, then 2, and so on.")
        return None

    def language(self, row: Row, column: str, *, yes: str = "") -> str:
        """A language by its tag, its school census code or its name. `yes` is what a bare “yes” means."""
        value = row[column]
        if value.casefold() in _UNSAID | _NO:
            return ""
        if value.casefold() in _YES:
            return yes
        found = _language(value)
        if not found:
            what = f"“{value[:40]}” is not a language we know. It was left out: nobody will guess it."
            self._note(row, column, what, "Write a name (Somali), a tag (so) or a census code (SOM).")
        return found

    def _stop(self, row: Row, column: str, what: str, fix: str) -> None:
        self.problems.stop(self.file, row.number, column, what, fix)

    def _note(self, row: Row, column: str, what: str, fix: str) -> None:
        self.problems.note(self.file, row.number, column, what, fix)


@lru_cache(maxsize=20_000)
def _day(value: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(value, form).date()
        except ValueError:
            continue
    return None


@lru_cache(maxsize=1_000)
def _language(value: str) -> str:
    found = table.from_name(value) or table.from_cbds(value) or table.find(value)
    return found.tag if found else ""
