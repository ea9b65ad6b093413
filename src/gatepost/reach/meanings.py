"""The school words that a family's page explains, below whatever the school wrote there in its own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gatepost.disclosure import Disclosed
from gatepost.language import jargon
from gatepost.language.entries import Entry


@dataclass(frozen=True)
class Meaning(Disclosed):
    """A school word, which stays English, and what it means, in the reader's language."""

    word: str
    means: str


def explained(texts: Iterable[str]) -> tuple[Meaning, ...]:
    """The school words of these texts with their meanings, each once, in their order."""
    found = dict.fromkeys(entry for text in texts for entry in jargon.school_words(text))
    return tuple(map(meaning_of, found))


def meaning_of(entry: Entry) -> Meaning:
    """A school word with its meaning in the language that is active."""
    return Meaning(entry.say, jargon.meaning_of(entry))
