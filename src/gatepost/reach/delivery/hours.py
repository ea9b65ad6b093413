"""When a message may go out: London wall time, never at night, and when its adult likes to be reached. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta

from gatepost.know.models.adults import TimeOfDay, Together
from gatepost.language.dates import LONDON

type Window = tuple[time, time]

DAY: Window = (time(7), time(21))
WISHES: dict[str, Window] = {
    TimeOfDay.BEFORE_SCHOOL: (time(7), time(8, 45)),
    TimeOfDay.MORNING: (time(8, 45), time(12)),
    TimeOfDay.AFTERNOON: (time(12), time(15)),
    TimeOfDay.AFTER_SCHOOL: (time(15), time(18)),
    TimeOfDay.EVENING: (time(18), time(21)),
}
SCHOOL_IS_OUT = time(16)
FRIDAY, SATURDAY = 4, 5
IN_TIME = timedelta(hours=3)  # before the moment that a message is about: somebody can still set out, or stay
LONGEST_WAIT = timedelta(hours=24)  # for an hour that somebody likes: what is further off would come too late


def may_go(now: datetime) -> bool:
    """Whether it is day."""
    begins, ends = DAY
    return begins <= now.astimezone(LONDON).time() < ends


def next_time(now: datetime, wishes: Collection[str] = ()) -> datetime:
    """The first moment from now on at which a message may go: now, or when the day or the wished hour begins.

    A wish is followed within a day, else the first moment of daylight counts. Clock changes fall into the night.
    """
    first = _first(now, lambda day: [DAY])
    if not wishes:
        return first
    wished = _first(now, lambda day: list(_windows(day, wishes)))
    return wished if wished - now <= LONGEST_WAIT else first


def next_time_about(
    moment: datetime, now: datetime, wishes: Collection[str] = (), *, at_once: bool = False
) -> datetime:
    """The same for a message about a moment, which is of no use after it: an hour that somebody likes may be too late.

    Then it goes by day. What goes `at_once` waits for the morning where that is in time, and else goes at night.
    """
    by_day, too_late = next_time(now), moment - IN_TIME
    if at_once:
        return by_day if by_day <= too_late else now
    wished = next_time(now, wishes)
    return wished if wished <= too_late else by_day


def next_round(now: datetime, every: str, wishes: Collection[str] = ()) -> datetime:
    """When an adult next gets together what can wait: each day, or on Fridays, when the first hour they like begins.

    Who likes the weekend gets it on Saturdays; who likes no hour, when school is out.
    """
    opens = next((window[0] for wish, window in WISHES.items() if wish in wishes), SCHOOL_IS_OUT)
    weekday = SATURDAY if TimeOfDay.WEEKEND in wishes else FRIDAY
    today = now.astimezone(LONDON).date()
    days = (today + timedelta(days=ahead) for ahead in range(9))
    moments = (
        datetime.combine(day, opens, LONDON) for day in days if every != Together.WEEKLY or day.weekday() == weekday
    )
    return next(moment for moment in moments if moment >= now)


def _windows(day: date, wishes: Collection[str]) -> Iterator[Window]:
    if TimeOfDay.WEEKEND in wishes and day.weekday() >= 5:
        yield DAY
    for wish, window in WISHES.items():
        if wish in wishes:
            yield window


def _first(now: datetime, windows_of: Callable[[date], Iterable[Window]]) -> datetime:
    """The first moment in any of a day's windows, from now on; within a week there is one."""
    today = now.astimezone(LONDON).date()
    for ahead in range(8):
        day = today + timedelta(days=ahead)
        for begins, ends in sorted(windows_of(day)):
            opens, closes = (datetime.combine(day, clock, LONDON) for clock in (begins, ends))
            if now < closes:
                return max(now, opens)
    return now + timedelta(days=8)
