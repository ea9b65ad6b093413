"""`{% load say %}`: days, times and lengths of time in the language that the page is in."""

import re
from datetime import date, datetime, time, timedelta
from unicodedata import bidirectional

from django import template
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gatepost.language import dates, words
from gatepost.language.names import FSI, LRI, PDI, runs, without_marks
from gatepost.language.names import isolate as isolated

register = template.Library()


def _speaking() -> str:
    return translation.get_language() or "en"


@register.filter
def day(value: date | datetime | None) -> str:
    """`{{ slot.starts_at|day }}`: Thursday 4 February."""
    return dates.say_day(value, _speaking()) if value else ""


@register.filter
def full_date(value: date | datetime | None) -> str:
    """`{{ order.ends_on|full_date }}`: 4 February 2027."""
    return dates.say_date(value, _speaking()) if value else ""


@register.filter(name="time")
def time_of_day(value: datetime | time | None) -> str:
    """`{{ slot.starts_at|time }}`: 5.10pm. Replaces Django's filter of that name where `say` is loaded."""
    return "" if value is None else dates.say_time(value, _speaking())


@register.filter
def when(value: datetime | None) -> str:
    """`{{ slot.starts_at|when }}`: Thursday 4 February, 5.10pm."""
    return dates.say_when(value, _speaking()) if value else ""


@register.filter
def duration_days(value: int | timedelta | None) -> str:
    """`{{ waited|duration_days }}`: 3 days, 12 weeks."""
    return "" if value is None else dates.say_days(value, _speaking())


@register.filter
def language_name(tag: str) -> str:
    """`{{ wish.language|language_name }}`: Somali, in the reader's language."""
    return words.say_language(tag, _speaking()) if tag else ""


@register.filter
def isolate(text: str) -> str:
    """A name in a plain-text message, kept whole; in HTML use `<bdi>`.

    Where everything runs left to right no mark is needed, and a text message without one costs half as much.
    """
    text = str(text)
    marks = translation.get_language_bidi() or (
        not text.isascii() and any(bidirectional(letter) in {"R", "AL"} for letter in text)
    )
    return isolated(text) if marks else without_marks(text)


@register.filter
def in_elements(text: str) -> SafeString:
    """`{{ paragraph|in_elements }}`: what invisible marks keep whole is kept whole by elements that say how it runs.

    A press forgets the marks where a line ends, and turns a telephone number round. Words of somebody's own that go
    over several paragraphs have a mark in the first and the last of them only.
    """
    pieces = re.split(f"([{FSI}{LRI}{PDI}])", str(text))
    depth, made = 0, list[str]()
    for piece, then in zip(pieces, [*pieces[1:], ""], strict=True):
        if piece in {FSI, LRI}:
            made.append(f'<bdi dir="{"ltr" if piece == LRI else runs(then) or "ltr"}">')
            depth += 1
        elif piece == PDI:
            made.append("</bdi>")
            depth -= 1
            if depth < 0:  # it began in a paragraph before
                made, depth = [f'<bdi dir="{runs("".join(pieces)) or "ltr"}">', *made], 0
        else:
            made.append(escape(piece))
    if len(pieces) == 1 and (way := runs(text)):
        made = [f'<bdi dir="{way}">', *made, "</bdi>"]
    return mark_safe("".join([*made, "</bdi>" * depth]))  # noqa: S308  each piece was escaped above
