"""Marks in somebody's own words what a second reader should look at twice: names, postcodes, telephones, mailboxes.

It decides nothing: people do. It marks too much rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What a stretch of text looks like."""

    MAILBOX = "mailbox"
    PHONE = "phone"
    POSTCODE = "postcode"
    NAME = "name"


@dataclass(frozen=True)
class Span:
    """One marked stretch of a text."""

    start: int
    end: int
    mark: Mark


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, marked or not. All pieces together are the text."""

    text: str
    mark: Mark | None = None


_LOOKS = (
    (Mark.MAILBOX, re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*")),
    (Mark.PHONE, re.compile(r"(?<![\w/])\+?\(?\d(?:[ \u00a0().-]{0,2}\d){6,14}(?![\w/])")),
    (Mark.POSTCODE, re.compile(r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)[ \u00a0]{0,2}\d[A-Z]{2}(?!\w)", re.IGNORECASE)),
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ENDING = re.compile(r"[’'](?:s|S)?$")
_EVERYDAY = re.compile(
    "an|art|bell|bill|brown|cook|dawn|dean|do|faith|field|frank|grace|grant|green|guy|hill|hope|in|jack|joy|king|long|"
    "love|mark|may|miles|page|pat|price|rich|rob|rose|short|so|stone|sue|summer|to|white|will|wood|young"
)
"""Names that are everyday words, too: without a capital letter they are taken for the word."""
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})


def index_of(names: Iterable[str]) -> frozenset[str]:
    """The single names in these full names, as `marks` looks them up."""
    return frozenset(part for name in names for part in _parts(name) if len(part) > 1) - _TITLES


def _parts(name: str) -> Iterator[str]:
    for word in _WORD.findall(name):
        yield from word.casefold().replace("’", "'").split("-")


def marks(text: str, *, names: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    """What to look at twice in a text, from its beginning to its end; no two marks overlap."""
    found: list[Span] = []
    for mark, looks in _LOOKS:
        found += [Span(*hit.span(), mark) for hit in looks.finditer(text)]
    found += [Span(*hit.span(), Mark.NAME) for hit in _WORD.finditer(text) if _is_name(hit[0], names)]
    return tuple(_apart(found))


def _apart(spans: list[Span]) -> Iterator[Span]:
    """Of spans that overlap, the one that begins first, and of those the one that was looked for first."""
    until = 0
    for span in sorted(spans, key=lambda each: each.start):
        if span.start >= until:
            yield span
            until = span.end


def _is_name(word: str, names: frozenset[str]) -> bool:
    plain = _ENDING.sub("", word.replace("’", "'"))
    if _EVERYDAY.fullmatch(plain):  # in small letters: the word, not the name
        return False
    return any(part in names for part in plain.casefold().split("-"))


def pieces(text: str, *, names: frozenset[str] = frozenset()) -> tuple[Piece, ...]:
    """A text cut at its marks, ready to be shown. Together the pieces are the text, to the letter."""
    cut: list[Piece] = []
    here = 0
    for span in marks(text, names=names):
        cut += [Piece(text[here : span.start]), Piece(text[span.start : span.end], span.mark)]
        here = span.end
    return tuple(piece for piece in (*cut, Piece(text[here:])) if piece.text)
