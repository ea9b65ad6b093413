"""Days and times as people say them, in the reader's language, always by the clock on a London wall.

English is said the way UK public services write it (5.10pm, midday). Names of days, months and parts of the
day come from Babel's tables; where those say what nobody says (Somali `GD`), our own drafted words stand in.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

LONDON = ZoneInfo("Europe/London")
MORNING, NOON, EVENING, NIGHT = time(4), time(12), time(18), time(20)

_URDU_COMMA = "، "
_DAYS = {"en": ("day", "days"), "ur": ("دن", "دن"), "so": ("maalin", "maalmood")}
_WEEKS = {"en": ("week", "weeks"), "ur": ("ہفتہ", "ہفتے"), "so": ("toddobaad", "toddobaad")}
_LONG_AGO = 14  # days; from here on people count weeks


def say_day(day: date | datetime, lang: str = "en") -> str:
    """The day as people say it: Thursday 4 February. A moment is asked which day it is in London."""
    comma = {"ur": _URDU_COMMA, "so": ", "}.get(_base(lang), " ")
    return _pattern(_wall(day), f"EEEE{comma}d MMMM", lang)


def say_date(day: date | datetime, lang: str = "en") -> str:
    """The day with its year, where the year matters: 4 February 2027."""
    return _pattern(_wall(day), "d MMMM y", lang)


def say_time(moment: datetime | time, lang: str = "en") -> str:
    """The time on the wall: 5.10pm, 9am, midday. A `time` is taken to be on the wall already."""
    clock = moment if isinstance(moment, time) else _local(moment).time()
    base = _base(lang)
    if base == "ur":
        return _urdu_time(clock)
    if base == "so":
        return f"{_twelve(clock)}:{clock.minute:02} {_somali_part(clock)}"
    if base == "en":
        return _english_time(clock)
    return format_time(clock, format="short", locale=_locale(lang))


def say_when(moment: datetime, lang: str = "en") -> str:
    """Day and time in one breath: Thursday 4 February, 5.10pm."""
    comma = _URDU_COMMA if _base(lang) == "ur" else ", "
    return f"{say_day(moment, lang)}{comma}{say_time(moment, lang)}"


def say_days(length: int | timedelta, lang: str = "en") -> str:
    """How long: 1 day, 13 days, and in weeks from a fortnight on: 2 weeks. Never less than nothing."""
    number = max(0, length.days if isinstance(length, timedelta) else length)
    base = _base(lang) if _base(lang) in _DAYS else "en"
    one, many = _DAYS[base]
    if number >= _LONG_AGO:
        number, (one, many) = number // 7, _WEEKS[base]
    return f"{number} {one if number == 1 else many}"


def london_day(moment: datetime) -> date:
    """The day it is in London at this moment."""
    return _local(moment).date()


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be said: which clock is it on?")
    return moment.astimezone(LONDON)


def _wall(day: date | datetime) -> date:
    return _local(day).date() if isinstance(day, datetime) else day


def _twelve(clock: time) -> int:
    return clock.hour % 12 or 12


def _english_time(clock: time) -> str:
    if clock.minute == 0 and clock.hour in {0, 12}:
        return "midday" if clock.hour else "midnight"
    minutes = f".{clock.minute:02}" if clock.minute else ""
    return f"{_twelve(clock)}{minutes}{'pm' if clock.hour >= NOON.hour else 'am'}"


def _urdu_time(clock: time) -> str:
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{format_time(clock, format='B', locale=_locale('ur'))} {_twelve(clock)}{minutes} بجے"


def _somali_part(clock: time) -> str:
    if clock < MORNING or clock >= NIGHT:
        return "habeennimo"
    if clock < NOON:
        return "subaxnimo"
    return "galabnimo" if clock < EVENING else "fiidnimo"


def _pattern(day: date, pattern: str, lang: str) -> str:
    return format_date(day, format=pattern, locale=_locale(lang))


def _base(lang: str) -> str:
    return lang.replace("_", "-").split("-")[0].lower()


@lru_cache(maxsize=64)
def _locale(lang: str) -> Locale:
    """Babel's tables for a tag; English where it has none, because a date must always be said."""
    parts = lang.replace("_", "-").split("-")
    for tag in ("-".join(parts), parts[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "GB")
