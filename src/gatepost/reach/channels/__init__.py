"""The ways out. Which transport serves a channel is chosen in the settings; in the demo the post room serves all."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from gatepost.core import limits
from gatepost.core.limits import Budget
from gatepost.know.models import Channel
from gatepost.reach import notices
from gatepost.reach.delivery.circuit import USED_UP, Watch
from gatepost.reach.delivery.render import Letter
from gatepost.reach.kinds import KINDS
from gatepost.reach.models import Delivery


class NoChannel(RuntimeError):
    """Nothing is set up that could carry this."""


class Refusal(RuntimeError):
    """The other side will never take it."""


class NotNow(RuntimeError):
    """The other side may take it later; `until`: not before then, where it says so.

    `everywhere`: the channel itself fails, whatever the message is. Many in a row, and it is down.
    """

    def __init__(self, words: str, until: datetime | None = None, *, everywhere: bool = False) -> None:
        """Why, until when, and whether for every message."""
        super().__init__(words)
        self.until, self.everywhere = until, everywhere


class Unsure(RuntimeError):
    """Nobody can say whether the other side took it."""


class Transport(Protocol):
    """Carries one letter out of the house."""

    def send(self, letter: Letter, delivery: Delivery) -> None:
        """Hand it over, or raise `NoChannel`, `Refusal`, `NotNow` or `Unsure`."""


def transport_for(channel: str) -> Transport:
    """What carries this channel here."""
    path = settings.GATEPOST_CHANNELS.get(channel)
    if not path:
        raise NoChannel(f"Nothing is set up to send by {channel}.")
    made: Transport = import_string(path)()
    return Counted(made) if channel == Channel.SMS else made


class Counted:
    """Texts cost money: a school sends so many parts a day, the rest tomorrow. What cannot wait goes all the same.

    Codes are counted where they are asked for.
    """

    def __init__(self, transport: Transport) -> None:
        """What carries them."""
        self.transport = transport

    def send(self, letter: Letter, delivery: Delivery) -> None:
        """Hand it over, while the day's texts last."""
        budget = Budget("texts of a school", settings.GATEPOST_TEXTS_A_DAY, 86_400)
        counted = delivery.notice.kind != notices.code.name
        until = limits.spend(budget, delivery.school_id, cost=delivery.parts) if counted else None
        if until and not KINDS[delivery.notice.kind].at_once:
            raise NotNow(USED_UP, until)
        self.transport.send(letter, delivery)

    def close(self) -> None:
        """Hang up, where something is open."""
        close = getattr(self.transport, "close", None)
        if close:
            close()

    def was_taken(self, delivery: Delivery) -> bool | None:
        """What the transport finds out about a message of which nobody is sure, where it can ask."""
        ask = getattr(self.transport, "was_taken", None)
        return bool(answer) if ask and (answer := ask(delivery)) is not None else None


class Wires:
    """The transports of one stretch of work: each is opened once, and all are closed at its end."""

    def __init__(self) -> None:
        """None is open yet."""
        self.opened: dict[str, Transport] = {}
        self.watch = Watch()

    def __enter__(self) -> Wires:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what can be closed."""
        for transport in self.opened.values():
            close = getattr(transport, "close", None)
            if close:
                close()

    def of(self, channel: str) -> Transport:
        """What carries this channel, opened by now."""
        if channel not in self.opened:
            self.opened[channel] = transport_for(channel)
        return self.opened[channel]


__all__ = ["Counted", "NoChannel", "NotNow", "Refusal", "Transport", "Unsure", "Wires", "transport_for"]
