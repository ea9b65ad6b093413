"""Says a phrase in a language: the right plural, the day as people say it, a name that disturbs no text around it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from unicodedata import bidirectional

from gatepost.language import dates, table
from gatepost.language.names import isolate, isolate_ltr, without_marks
from gatepost.language.phrasebook.phrases import PHRASES, Kind, Param, Phrase

LANGUAGES: tuple[str, ...] = table.FAMILY_LANGUAGES
"""Every phrase can be said in every language that families read."""

type Said = str | int | date | time
type Units = Mapping[str, Mapping[str, str]]

_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Words:
    """A language's file: how far it has been read, its counted things, its sentences."""

    status: str
    units: Units
    phrases: Mapping[str, str]


@cache
def words_of(language: str) -> Words:
    """The words of a language; one that we do not have raises `LookupError`."""
    if language not in LANGUAGES:
        raise LookupError(f"the phrasebook does not speak {language!r}")
    text = files("gatepost.language.phrasebook").joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return Words(read["status"], read["units"], read["phrases"])


def status_of(language: str) -> str:
    """`drafted` until a named person who knows the language has read every phrase."""
    return words_of(language).status


def template_of(phrase: str | Phrase, language: str) -> str:
    """The sentence with its braces, for a list of what can be said."""
    key = phrase.key if isinstance(phrase, Phrase) else phrase
    return words_of(language).phrases[key]


def say(phrase: str | Phrase, language: str, **params: Said) -> str:
    """The phrase as plain text in this language, with everything filled in.

    Holds afterwards: nothing is left open; a name from another script, a time and a number disturb no text around them.
    Something missing, strange or of the wrong kind raises `ValueError`: half a sentence is never said.
    """
    found = phrase if isinstance(phrase, Phrase) else PHRASES[phrase]
    words = words_of(language)
    wanted = {param.name: param for param in found.params}
    if wanted.keys() != params.keys():
        raise ValueError(f"{found.key} needs {sorted(wanted)}, not {sorted(params)}")
    said = {name: _fill(param, params[name], language, words.units) for name, param in wanted.items()}
    return _BRACES.sub(lambda brace: said[brace[1]], words.phrases[found.key])


def _fill(param: Param, value: Said, language: str, units: Units) -> str:
    """One thing as the language says it."""
    if param.kind.is_count and type(value) is int and value >= 0:
        return dates.counted(value, units[param.kind], language)
    if param.kind is Kind.DAY and isinstance(value, date):
        return dates.say_day(value, language)
    if param.kind is Kind.TIME and isinstance(value, datetime | time):
        return dates.say_time(value, language)
    if param.kind in {Kind.NAME, Kind.PHONE} and isinstance(value, str) and without_marks(value).strip():
        return _isolated(value.strip(), language, isolate_ltr if param.kind is Kind.PHONE else isolate)
    raise ValueError(f"{param.name} is a {param.kind}, not {value!r}")


def _isolated(text: str, language: str, marked: Callable[[str], str]) -> str:
    """Invisible marks only where directions could mix: without them a text message costs half as much."""
    mixed = table.get(language).direction == "rtl" or any(bidirectional(letter) in {"R", "AL"} for letter in text)
    return marked(text) if mixed else without_marks(text)
