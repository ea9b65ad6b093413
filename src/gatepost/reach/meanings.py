"""The school words that a family's page explains, below whatever the school wrote there in its own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gatepost.disclosure import Disclosed
from gatepost.language.jargon import school_words


@dataclass(frozen=True)
class Meaning(Disclosed):
    """A school word and what it means."""

    word: str
    means: str


def explained(texts: Iterable[str]) -> tuple[Meaning, ...]:
    """The school words of these texts with their meanings, each once, in their order."""
    found = dict.fromkeys(entry for text in texts for entry in school_words(text))
    return tuple(Meaning(entry.say, entry.answer) for entry in found)
