"""The ways out. Which transport serves a channel is chosen in the settings; in the demo the post room serves all."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from gatepost.reach.models import Delivery
from gatepost.reach.render import Letter


class NoChannel(RuntimeError):
    """Nothing is set up that could carry this."""


class Refusal(RuntimeError):
    """The other side will never take it."""


class NotNow(RuntimeError):
    """The other side may take it later."""


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
    return made
