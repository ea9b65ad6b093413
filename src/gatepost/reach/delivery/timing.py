"""When a promise is first tried: at once, when the night is over, or with others at the hour an adult chose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings

from gatepost.core import clock
from gatepost.know.models import Adult
from gatepost.reach.delivery.hours import next_round, next_time, next_time_about
from gatepost.reach.kinds import NoticeKind


class When(NamedTuple):
    """Not before when; and, where it goes together with others, until when it has waited for them."""

    not_before: datetime
    together_at: datetime | None = None


def of_first(
    kind: NoticeKind, adult: Adult, said: Mapping[str, Any], *, not_before: datetime | None, put_off: bool
) -> When:
    """The first attempt: in the adult's next round where they like one and the kind can wait.

    `put_off`: they have had enough for today; what waits for the same morning is one message then.
    """
    now = clock.now()
    if kind.can_wait and adult.together:
        return round_after(adult, max(now, not_before or now))
    at = max(light(kind, adult, said, now), not_before or now)
    return When(at, at if put_off and kind.can_wait else None)


def round_after(adult: Adult, moment: datetime, *, every: str = "") -> When:
    """The next round of an adult, or of whoever gets it so often; where nobody keeps quiet hours, nothing waits."""
    at = next_round(moment, every or adult.together, adult.times) if settings.GATEPOST_QUIET_HOURS else moment
    return When(at, at)


def at_the_next_chance(kind: NoticeKind, adult: Adult, said: Mapping[str, Any]) -> When:
    """The next attempt, by another way: it has waited long enough, and still goes together with what fell with it."""
    at = light(kind, adult, said, clock.now())
    return When(at, at if kind.can_wait and adult.together else None)


def light(
    kind: NoticeKind, adult: Adult, said: Mapping[str, Any], now: datetime, *, waited_long: bool = False
) -> datetime:
    """Now, or when the night is over and the hour has come that they like; asked again at the wire.

    What answers something they have just done waits for no such hour; what is about a moment comes before it.
    """
    if not settings.GATEPOST_QUIET_HOURS:
        return now
    wishes = () if waited_long or kind.answers else adult.times
    moment = moment_in(said)
    if moment is not None and moment > now:
        return next_time_about(moment, now, wishes, at_once=kind.at_once)
    return now if kind.at_once else next_time(now, wishes)


def moment_in(said: Mapping[str, Any]) -> datetime | None:
    """The moment that a message is about, where it is about one."""
    when = said.get("when_at")
    return datetime.fromisoformat(when) if when else None
