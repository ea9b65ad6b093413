"""Looks over words before a family reads them: how hard, how long, school words, words that sound like blame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gatepost.language.blame import heard_as_blame
from gatepost.language.entries import Entry
from gatepost.language.jargon import school_words
from gatepost.language.readability import Readability, measure

WARN_ABOVE = 11
"""The reading age above which the writer is warned: many adults read as an eleven-year-old does."""

STOP_ABOVE = 14
"""The reading age above which words go to a family only if the writer says so, which is written down."""

GROWN_UP = 18
"""From here on a number of years says nothing any more."""

MANY_WORDS = 250
"""More words than this are seldom read to the end."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a text. None of it is a mistake; it is what a plain friend would point at."""

    readability: Readability
    jargon: tuple[Entry, ...]
    blame: tuple[Entry, ...]

    @property
    def age(self) -> float | None:
        """The reading age, where the text is long enough to have one."""
        return self.readability.age

    @property
    def warns(self) -> bool:
        """Whether it is harder to read than it should be."""
        return self.age is not None and self.age > WARN_ABOVE

    @property
    def stops(self) -> bool:
        """Whether it is so hard that somebody has to say that it goes out all the same."""
        return self.age is not None and self.age > STOP_ABOVE

    @property
    def said_age(self) -> str:
        """The reading age as it is said: whole years, and beyond school only that it is beyond."""
        if self.age is None:
            return ""
        return f"{GROWN_UP}+" if self.age >= GROWN_UP else f"{self.age:.0f}"

    @property
    def is_long(self) -> bool:
        """Whether there is more than most people read."""
        return self.readability.words > MANY_WORDS

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.warns or self.is_long or self.jargon or self.blame or self.readability.long_sentences)


def look_over(text: str, names: Iterable[str] = ()) -> Findings:
    """What a writer should know before a family reads this. `names` are not counted as hard words.

    Holds afterwards: it never fails, whatever the text; words in another language are measured like unknown English.
    """
    return Findings(measure(text, names), school_words(text), heard_as_blame(text))
