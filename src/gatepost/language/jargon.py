"""School words that families need not know, each with a plain meaning of our own (`data/jargon.toml`)."""

from functools import cache

from gatepost.language.entries import Entry, Finder, read


@cache
def glossary() -> tuple[Entry, ...]:
    """Every school word with its meaning, as the file has them."""
    return read("jargon.toml", kind="term", answer="means")


@cache
def _finder() -> Finder:
    return Finder(glossary())


def school_words(text: str) -> tuple[Entry, ...]:
    """The school words of a text, each once, in their order; a longer one hides a shorter one inside it."""
    return _finder().found_in(text)
