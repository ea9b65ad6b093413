"""Which channels are down: where nothing goes out for a while, it is left alone, shown, and tried with one message."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from gatepost.core import audit, clock
from gatepost.core.readings import worded_once
from gatepost.know.models import Channel
from gatepost.reach.models import Delivery, Outage

log = logging.getLogger(__name__)

FAILS_FOR = timedelta(minutes=15)  # and so many tries, and nothing got through: it is down, not busy
FAILED_TRIES = 3
PROBE_EVERY = timedelta(minutes=5)
USED_UP = "The school’s texts for today are used up."
IN_A_ROW = 3  # so often in one stretch of work: the rest of it is not tried


@dataclass(frozen=True)
class Down:
    """One channel that is down, as the staff page shows it."""

    channel: str
    since: datetime
    problem: str
    waiting: int


def open_outages() -> dict[str, Outage]:
    """What fails at the school in scope, by channel: hiccups, too."""
    return {outage.channel: outage for outage in _open()}


@worded_once
def _open() -> QuerySet[Outage]:
    return Outage.objects.filter(ended_at=None)


def channels_down() -> dict[str, Outage]:
    """What is down for good enough to leave it alone."""
    return {channel: outage for channel, outage in open_outages().items() if outage.down_since}


def shown() -> list[Down]:
    """What is down, and how many messages wait for it."""
    waits = Delivery.objects.filter(state=Delivery.State.QUEUED)
    return [
        Down(
            channel=str(outage.get_channel_display()),
            since=outage.began_at,
            problem=outage.problem,
            waiting=waits.filter(channel=channel).count(),
        )
        for channel, outage in sorted(channels_down().items())
    ]


def over_the_day() -> int:
    """How many texts wait since the school has sent as many as it sends in a day."""
    waits = Delivery.objects.filter(state=Delivery.State.QUEUED, channel=Channel.SMS, not_before__gt=clock.now())
    return waits.filter(problem=USED_UP).count()


class Watch:
    """What one stretch of work learns of the channels. What goes well costs nothing, as long as nothing was wrong."""

    def __init__(self) -> None:
        """Nothing is looked up before something is sent."""
        self._open: dict[str, Outage] | None = None
        self._in_a_row: dict[str, int] = {}

    def _known(self) -> dict[str, Outage]:
        if self._open is None:
            self._open = open_outages()
        return self._open

    def is_gone(self, channel: str) -> bool:
        """Whether it has just failed so often that trying the next message is a waste of time."""
        return self._in_a_row.get(channel, 0) >= IN_A_ROW

    def well(self, channel: str) -> None:
        """Something got through: whatever was wrong is over."""
        self._in_a_row.pop(channel, None)
        if outage := self._known().pop(channel, None):
            _end(outage)

    def failed(self, school_id: UUID, channel: str, problem: str) -> None:
        """The channel itself failed, whatever the message was."""
        self._in_a_row[channel] = self._in_a_row.get(channel, 0) + 1
        self._known()[channel] = _note(school_id, channel, problem)


@transaction.atomic
def _note(school_id: UUID, channel: str, problem: str) -> Outage:
    now = clock.now()
    outage, is_new = Outage.objects.get_or_create(
        school_id=school_id, channel=channel, ended_at=None, defaults={"began_at": now, "problem": problem[:200]}
    )
    if is_new:
        return outage
    long = now - outage.began_at >= FAILS_FOR and outage.tries + 1 >= FAILED_TRIES
    change = {"tries": F("tries") + 1, "problem": problem[:200]}
    if long or outage.down_since:
        change |= {"down_since": outage.down_since or now, "probe_at": now + PROBE_EVERY}
    Outage.objects.filter(pk=outage.pk).update(**change)
    outage.refresh_from_db()
    if long and outage.down_since == now:
        log.error("a channel is down", extra={"channel": channel, "school": str(school_id)})
        audit.record("reach.channel_down", outage, by=None, channel=channel)
    return outage


@transaction.atomic
def _end(outage: Outage) -> None:
    ours = Outage.objects.filter(pk=outage.pk, ended_at=None).update(ended_at=clock.now())
    if ours and outage.down_since:
        audit.record("reach.channel_up", outage, by=None, channel=outage.channel)


def to_probe() -> list[str]:
    """The channels that are down and of which it is time to see whether they are back."""
    return [
        channel for channel, outage in channels_down().items() if outage.probe_at and outage.probe_at <= clock.now()
    ]
