"""School words that families need not know, each with a plain meaning of our own (`data/jargon.toml`).

The meanings are words for families like all others: `tools.messages` finds them in the list, each with its school
word as context, and the catalogues have them in every family language.
"""

from functools import cache

from django.utils.translation import pgettext

from gatepost.language.entries import Entry, Finder, read

FILE = "jargon.toml"


@cache
def glossary() -> tuple[Entry, ...]:
    """Every school word with its meaning, as the file has them."""
    return read(FILE, kind="term", answer="means")


@cache
def _finder() -> Finder:
    return Finder(glossary())


def school_words(text: str) -> tuple[Entry, ...]:
    """The school words of a text, each once, in their order; a longer one hides a shorter one inside it."""
    return _finder().found_in(text)


def meaning_of(entry: Entry) -> str:
    """What a school word means, in the language that is active."""
    return pgettext(entry.say, entry.answer)
