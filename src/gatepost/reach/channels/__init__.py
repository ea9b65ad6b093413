"""The ways out. Which transport serves a channel is chosen in the settings; in the demo the post room serves all."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from gatepost.core import limits
from gatepost.core.limits import Budget
from gatepost.know.models import Channel
from gatepost.reach import notices
from gatepost.reach.models import Delivery
from gatepost.reach.render import Letter

# The basic alphabet of text messages (3GPP TS 23.038); its few signs that count twice are rare enough.
PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)


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
    return Counted(made) if channel == Channel.SMS else made


class Counted:
    """Texts cost money: a school sends so many parts a day, the rest tomorrow. Codes are counted where asked for."""

    def __init__(self, transport: Transport) -> None:
        """What carries them."""
        self.transport = transport

    def send(self, letter: Letter, delivery: Delivery) -> None:
        """Hand it over, while the day's texts last."""
        budget = Budget("texts of a school", settings.GATEPOST_TEXTS_A_DAY, 86_400)
        if delivery.notice.kind != notices.code.name and limits.spend(
            budget, delivery.school_id, cost=parts_of(letter.body)
        ):
            raise NotNow("The school’s texts for today are used up.")
        self.transport.send(letter, delivery)


def parts_of(text: str) -> int:
    """How many parts of a text message this takes: 160 letters of the plain alphabet, else 70; less in long ones."""
    one, many = (160, 153) if all(sign in PLAIN for sign in text) else (70, 67)
    return 1 if len(text) <= one else -(-len(text) // many)
