"""The small frozen things that components show, so that pages hand over plain values and never models."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class PageLanguage:
    """The language a page is written in; `language.table.Language` has the same shape."""

    tag: str
    direction: str
    own_name: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of the staff navigation."""

    url: str
    label: Words
    current: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tick or to pick."""

    value: str
    label: Words
    hint: Words = ""
    checked: bool = False
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """One time that can be picked, or that somebody else has taken."""

    value: str
    label: Words
    taken: bool = False
    checked: bool = False
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its times, in the order they happen."""

    label: Words
    times: Sequence[Time]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a summary: what it is, what it says, and a way to change it."""

    label: Words
    value: Words
    action: Words = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of one column of a table."""

    label: Words
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: words, perhaps a link, perhaps a tag with a tone."""

    text: Words
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the way; with an address it can be gone back to."""

    label: Words
    url: str = ""
