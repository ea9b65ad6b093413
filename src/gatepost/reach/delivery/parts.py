"""What a text message costs before it is sent: its alphabet, its parts and their price, language by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

# The basic alphabet of text messages and its extension, whose signs count twice (3GPP TS 23.038).
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
PLAIN, WIDE = (160, 153), (70, 67)  # signs of a text that is alone, and of each part of a longer one


@dataclass(frozen=True)
class TextCost:
    """What one text costs in one language."""

    language: str
    wide: bool  # it needs the alphabet of all scripts (UCS-2), of which less fits into a part
    signs: int
    parts: int
    pence: Decimal | None  # nobody has said what a part costs


def is_plain(text: str) -> bool:
    """Whether the basic alphabet of text messages can say this."""
    return all(sign in BASIC or sign in EXTENDED for sign in text)


def parts_of(text: str) -> int:
    """How many parts a text takes on the wire. No sign is cut in two at the seam of two parts."""
    plain = is_plain(text)
    widths = [1 + (sign in EXTENDED) if plain else 1 + (ord(sign) > 0xFFFF) for sign in text]
    one, many = PLAIN if plain else WIDE
    if sum(widths) <= one:
        return 1
    parts, used = 1, 0
    for width in widths:
        if used + width > many:
            parts, used = parts + 1, 0
        used += width
    return parts


def cost_of(texts: Mapping[str, str]) -> list[TextCost]:
    """What these texts, by language, will cost each adult they go to; the dearest first."""
    price = settings.GATEPOST_TEXT_PENCE
    made = [
        TextCost(language, not is_plain(text), len(text), parts := parts_of(text), price * parts if price else None)
        for language, text in texts.items()
    ]
    return sorted(made, key=lambda cost: (-cost.parts, cost.language))


@dataclass(frozen=True)
class Bill:
    """What texts to many adults will cost at most: by language, and together."""

    lines: tuple[tuple[TextCost, int], ...]  # and how many adults read it

    @property
    def parts(self) -> int:
        """All parts of all texts."""
        return sum(cost.parts * adults for cost, adults in self.lines)

    @property
    def pounds(self) -> Decimal | None:
        """Their price; None where nobody has said what a part costs."""
        price = settings.GATEPOST_TEXT_PENCE
        return (price * self.parts / 100).quantize(Decimal("0.01")) if price else None


def bill_of(texts: Mapping[str, str], adults: Mapping[str, int]) -> Bill:
    """The bill of one text in several languages, each to so many adults."""
    return Bill(tuple((cost, adults[cost.language]) for cost in cost_of(texts)))
