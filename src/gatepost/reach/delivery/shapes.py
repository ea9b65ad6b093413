"""Words of one shape are rendered once; names, links and codes are put into their places afterwards.

Of a message to many, thousands of texts differ in a name and a link only. What comes out is to the sign what the
templates would have said to this adult; where that is not certain (a name with marks of direction in it), they are
asked. No name, link or code is ever kept here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple
from unicodedata import bidirectional

from django.conf import settings

from gatepost.language.table import get
from gatepost.reach.delivery.mime import html_of

NAMES, SECRETS = ("adult", "child"), ("link", "code", "stop")
# What no name has in it: our own marks, marks of direction, which templates take out, and what would become a link.
_ODD = re.compile("[\0-\x1f\x7f\x85\u2028\u2029\ue000-\uf8ff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]|//")
_ADDRESS = re.compile(r"https?://[^\s<>\"\0]*/")
_RIGHT_TO_LEFT = "\u05d0"  # stands in for a name of such letters: templates set marks around it


class Form(NamedTuple):
    """What all texts of one shape have in common, but for their words."""

    stem: str
    language: str
    by_text: bool
    with_title: bool
    with_stop: bool


class Said(NamedTuple):
    """One message in words."""

    title: str
    body: str
    html: str = ""


type Render = Callable[[Form, dict[str, Any]], Said]
type Pieces = tuple[str, ...]


def say(form: Form, values: dict[str, Any], render: Render) -> Said:
    """What `render` says of these values, as a page too, where it is no text message."""
    marks = _marks(values)
    if marks is None or settings.DEBUG:
        return _with_page(form, render(form, values))
    known = tuple((name, type(value), value) for name, value in values.items() if name not in marks)
    shape = _shape(form, known, tuple(marks.items()), render)
    if shape is None:
        return _with_page(form, render(form, values))
    title, body, html = shape
    safe = {name: escape(values[name]) for name in marks} if html else {}
    return Said(_joined(title, values), _joined(body, values), _joined(html, safe))


def _with_page(form: Form, said: Said) -> Said:
    if form.by_text:
        return said
    direction = get(form.language).direction
    return Said(
        said.title, said.body, html_of(said.body, language=form.language, direction=direction, title=said.title)
    )


def _marks(values: Mapping[str, Any]) -> dict[str, str] | None:
    """What stands in for each name and secret that is there; None where one of them is out of the ordinary."""
    marks = dict[str, str]()
    for name in (*NAMES, *SECRETS):
        value = values.get(name)
        if not value:
            continue
        if name in ("link", "stop"):
            if not _ADDRESS.fullmatch(value):
                return None
            marks[name] = f"https://place.invalid/\ue000{name}\ue001/"
        elif _ODD.search(value) or value != value.strip():
            return None
        else:
            marks[name] = f"\ue000{_RIGHT_TO_LEFT * _runs_left(value)}{name}\ue001"
    return marks


def _runs_left(name: str) -> bool:
    return not name.isascii() and any(bidirectional(sign) in {"R", "AL"} for sign in name)


@lru_cache(maxsize=128)
def _shape(
    form: Form, known: tuple[tuple[str, type, Any], ...], marks: tuple[tuple[str, str], ...], render: Render
) -> tuple[Pieces, Pieces, Pieces] | None:
    """Title, body and page, cut where a name or a secret goes in: words and names of places by turns."""
    said = _with_page(form, render(form, {name: value for name, _kind, value in known} | dict(marks)))
    if "\0" in said.title + said.body:
        return None
    title, body, html = (_cut(words, marks) for words in (said.title, said.body, said.html))
    return title, body, html


def _cut(words: str, marks: tuple[tuple[str, str], ...]) -> Pieces:
    for name, mark in marks:
        words = words.replace(mark, f"\0{name}\0")
    return tuple(words.split("\0")) if words else ()


def _joined(pieces: Pieces, values: Mapping[str, Any]) -> str:
    return "".join([values[piece] if at % 2 else piece for at, piece in enumerate(pieces)])
