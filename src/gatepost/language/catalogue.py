"""The words of our own pages as people read and correct them: each string in English and in a family language.

It reads the catalogues that ship with Gatepost and never writes them: what somebody corrects goes out as a catalogue
again (`as_file`), with the name of whoever has read it, for the next release.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

FAMILY, REVIEWED, DRAFTED = "family", "reviewed", "drafted"
_KEPT_WHOLE = re.compile(r"%\(\w+\)[sd]|%%|</?\w+[^>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One string that families read: the English, our words, and whether somebody has read them."""

    key: str
    english: tuple[str, ...]
    words: tuple[str, ...]
    context: str
    place: str
    reviewed: bool

    @property
    def is_counted(self) -> bool:
        """Whether it has a form for each kind of number."""
        return len(self.english) > 1


@dataclass(frozen=True, slots=True)
class Read:
    """What somebody who knows the language says of a string: the right words, and who says so."""

    words: tuple[str, ...]
    by: str
    on: str


@cache
def entries(tag: str) -> tuple[Entry, ...]:
    """Every string that families read, with its words in this language, page by page."""
    found = [_entry(message) for message in _catalogue(tag) if message.id and FAMILY in message.auto_comments]
    return tuple(sorted(found, key=lambda entry: (entry.place, entry.english)))


def faults(entry: Entry, words: Sequence[str], tag: str) -> bool:
    """Whether these words would break a page: a gap or a mark of the English is missing, or one form is empty."""
    forms = get_plural(tag).num_plurals if entry.is_counted else 1
    if len(words) != forms or not all(form.strip() for form in words):
        return True
    wanted = [Counter(_KEPT_WHOLE.findall(english)) for english in entry.english]
    return any(Counter(_KEPT_WHOLE.findall(form)) not in wanted or form.count("%") != _signs(form) for form in words)


def as_file(tag: str, read: Mapping[str, Read]) -> bytes:
    """The whole catalogue of a language with what was read and corrected, each with the name of its reader."""
    catalogue = _catalogue(tag)
    for message in catalogue:
        said = read.get(_key(message)) if message.id else None
        if said:
            message.string = said.words if message.pluralizable else said.words[0]
            message.user_comments = [REVIEWED, f"read by {said.by}, {said.on}"]
    body = BytesIO()
    write_po(body, catalogue, width=110, sort_output=True, include_lineno=False)
    return body.getvalue()


def _catalogue(tag: str) -> Catalog:
    path = files("gatepost").joinpath("locale", tag, "LC_MESSAGES", "django.po")
    return read_po(BytesIO(path.read_bytes()), locale=tag, ignore_obsolete=True, abort_invalid=True)


def _entry(message: Message) -> Entry:
    english = message.id if isinstance(message.id, tuple | list) else (message.id,)
    words = (message.string or "",) if isinstance(message.string, str | None) else message.string
    return Entry(
        key=_key(message),
        english=tuple(english),
        words=tuple(words),
        context=message.context or "",
        place=message.locations[0][0] if message.locations else "",
        reviewed=REVIEWED in message.user_comments,
    )


def _key(message: Message) -> str:
    """Stands for a string in an address and in a row: what gettext goes by, as one short word."""
    english = message.id if isinstance(message.id, str) else message.id[0]
    return sha256(f"{message.context or ''}\x04{english}".encode()).hexdigest()[:24]


def _signs(form: str) -> int:
    """How many per cent signs stand in gaps or are doubled as they have to be."""
    return sum(each.count("%") for each in _KEPT_WHOLE.findall(form))
