"""`{% load say %}`: days, times and lengths of time in the language that the page is in."""

from datetime import date, datetime, time, timedelta
from unicodedata import bidirectional

from django import template
from django.utils import translation

from gatepost.language import dates, words
from gatepost.language.names import isolate as isolated
from gatepost.language.names import without_marks

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
