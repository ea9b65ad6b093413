"""Reads a stop or a start in the languages that families write to us in. Only where it is the whole message."""

from __future__ import annotations

import unicodedata

_STOP_LATIN = (
    "stop|stop all|stopall|please stop|opt out|optout|unsubscribe|arret|jooji|joog|koniec|wypisz|zatrzymaj"
    "|dezabonare|opriti"
)
_STOP_URDU_ARABIC = "بند|بند کریں|بند کرو|روکیں|سٹاپ|اسٹاپ|توقف|اوقف|قف|ايقاف|الغاء الاشتراك"
_STOP_BENGALI = "বন্ধ|বন্ধ করুন|থামুন|স্টপ"
_START_LATIN = "start|unstop|start again|begin|bilow|zacznij|wznow|incepe|reia"
_START_URDU_ARABIC = "شروع|شروع کریں|شروع کرو|ابدا|بدء"
_START_BENGALI = "শুরু|শুরু করুন|স্টার্ট"


def bare(text: str) -> str:
    """A text without its marks: case, accents, signs and spaces at its ends."""
    kept = (sign for sign in text.casefold() if unicodedata.category(sign) != "Cf")  # it only shapes letters
    words = "".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in kept)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", words) if not _is_accent(sign))
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _is_accent(sign: str) -> bool:
    """Of Latin and Arabic letters; the signs that Bengali is written with are none."""
    return unicodedata.combining(sign) > 0 and not 0x0980 <= ord(sign) <= 0x09FF


STOP = frozenset(map(bare, "|".join((_STOP_LATIN, _STOP_URDU_ARABIC, _STOP_BENGALI)).split("|")))
START = frozenset(map(bare, "|".join((_START_LATIN, _START_URDU_ARABIC, _START_BENGALI)).split("|")))


def stop_or_start(text: str) -> bool | None:
    """True for a stop, False for a start, None for everything else."""
    said = bare(text)
    return True if said in STOP else False if said in START else None
