"""Finds the entries of a list in a text: whole words, in any case, whatever the spaces, dashes and apostrophes."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

_BETWEEN = r"[\s\u00a0\-‐‑–]+"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: what is said, other ways of writing it, and what we answer to it."""

    say: str
    answer: str
    also: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way of writing it."""
        return (self.say, *self.also)


def read(name: str, *, kind: str, answer: str) -> tuple[Entry, ...]:
    """The entries of a list in `language/data`."""
    text = files("gatepost.language").joinpath("data", name).read_text(encoding="utf-8")
    rows = tomllib.loads(text)[kind]
    return tuple(Entry(row["say"], row[answer], tuple(row.get("also", ()))) for row in rows)


class Finder:
    """All the entries of a list as one search, the longest spelling first."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Reads every spelling once."""
        self._by_spelling = {_plain(spelling): entry for entry in entries for spelling in entry.spellings}
        spellings = sorted((each for entry in entries for each in entry.spellings), key=len, reverse=True)
        self._search = re.compile(rf"(?<![\w@])(?:{'|'.join(map(_pattern, spellings))})(?!\w)")

    def found_in(self, text: str) -> tuple[Entry, ...]:
        """Each entry that stands in the text, once."""
        hits = (self._by_spelling.get(_plain(hit)) for hit in self._search.findall(text.replace("’", "'")))
        return tuple(dict.fromkeys(entry for entry in hits if entry))


def _pattern(spelling: str) -> str:
    """All its words in a row, with or without the s of a plural."""
    return _BETWEEN.join(map(_word, re.split(r"[\s\-]+", spelling))) + "s?"


def _word(word: str) -> str:
    """A word in capitals is found in capitals only, any other in any case."""
    capitals = sum(map(str.isupper, word)) > 1
    return f"(?{'-i' if capitals else 'i'}:{re.escape(word)})"


def _plain(spelling: str) -> str:
    """One spelling for all: without case, dashes and the s of a plural."""
    return re.sub(_BETWEEN, " ", spelling).casefold().removesuffix("s")
