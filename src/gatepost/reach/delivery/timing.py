"""When a promise is first tried: at once, when the night is over, or with others at the hour an adult chose."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from gatepost.core import clock
from gatepost.know.models import Adult
from gatepost.reach.delivery.hours import next_round, next_time
from gatepost.reach.kinds import NoticeKind


class When(NamedTuple):
    """Not before when; and, where it goes together with others, until when it has waited for them."""

    not_before: datetime
    together_at: datetime | None = None


def of_first(kind: NoticeKind, adult: Adult, *, not_before: datetime | None, put_off: bool) -> When:
    """The first attempt: in the adult's next round where they like one and the kind can wait.

    `put_off`: they have had enough for today; what waits for the same morning is one message then.
    """
    now = clock.now()
    if kind.can_wait and adult.together:
        return round_after(adult, max(now, not_before or now))
    at = max(_light(kind, adult), not_before or now)
    return When(at, at if put_off and kind.can_wait else None)


def round_after(adult: Adult, moment: datetime) -> When:
    """The next round of an adult; where nobody keeps quiet hours, nothing waits for one."""
    at = next_round(moment, adult.together, adult.times) if settings.GATEPOST_QUIET_HOURS else moment
    return When(at, at)


def at_the_next_chance(kind: NoticeKind, adult: Adult) -> When:
    """The next attempt, by another way: it has waited long enough, and still goes together with what fell with it."""
    at = _light(kind, adult)
    return When(at, at if kind.can_wait and adult.together else None)


def _light(kind: NoticeKind, adult: Adult) -> datetime:
    """Now, or when the night is over; asked again at the wire."""
    if not settings.GATEPOST_QUIET_HOURS or kind.at_once:
        return clock.now()
    return next_time(clock.now(), adult.times)
