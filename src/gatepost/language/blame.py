"""Wordings in which a family may hear blame, each with a kinder one (`data/blame.toml`): prompts, never bans."""

from functools import cache

from gatepost.language.entries import Entry, Finder, read


@cache
def prompts() -> tuple[Entry, ...]:
    """Every wording with a kinder one, as the file has them."""
    return read("blame.toml", kind="prompt", answer="kinder")


@cache
def _finder() -> Finder:
    return Finder(prompts())


def heard_as_blame(text: str) -> tuple[Entry, ...]:
    """The wordings of a text that may hurt, each once, in their order."""
    return _finder().found_in(text)
