"""Engines that draft a translation, behind one interface. None is set up by default: nothing leaves the machine.

Names, numbers and links never reach an engine: it sees numbered places, and a draft that lost one is not taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from gatepost.language.protecting import OPEN, lost, shield, titled

PATIENCE = 10  # seconds
LONGEST = 200_000  # bytes of an answer that anybody reads
STRANGE = 0.1  # so many of the words may be unknown to an engine; of more, nobody could make sense

THREE_LETTERS = {
    "en": "eng", "es": "spa", "fr": "fra", "pt": "por", "ro": "ron", "pl": "pol", "so": "som", "ur": "urd",
    "ar": "ara", "bn": "ben", "uk": "ukr", "tr": "tur", "cy": "cym", "sq": "sqi", "hi": "hin", "it": "ita",
}  # fmt: skip


class EngineFailed(Exception):
    """No draft came, and why, in a few plain words."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine made of some words."""

    words: str
    engine: str  # its name and version, as far as it says them
    unknown: int = 0  # words that it said it does not know


class Engine(Protocol):
    """Something that drafts."""

    def speaks(self, source: str, target: str) -> bool: ...

    def draft(self, words: str, source: str, target: str) -> Draft: ...


@dataclass(frozen=True, slots=True)
class Apertium:
    """Apertium's APy: rules and dictionaries, small enough for any machine."""

    url: str

    def speaks(self, source: str, target: str) -> bool:
        """Whether it has both of these languages' three letters; which pairs are installed it says itself."""
        return source in THREE_LETTERS and target in THREE_LETTERS

    def draft(self, words: str, source: str, target: str) -> Draft:
        """Ask it. The marks that it puts before words it does not know are counted and taken out."""
        pair = f"{THREE_LETTERS[source]}|{THREE_LETTERS[target]}"
        found = _ask(f"{self.url}/translate", {"langpair": pair, "q": words})
        said = found.get("responseData")
        text = said.get("translatedText") if isinstance(said, dict) else None
        if not isinstance(text, str):
            raise EngineFailed("Apertium answered in a way we do not know.")
        unknown = sum(text.count(mark) - words.count(mark) for mark in "*#@")
        for mark in "*#@":
            text = text if mark in words else text.replace(mark, "")
        return Draft(text, f"Apertium ({pair.replace('|', '–')})", max(unknown, 0))


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """LibreTranslate's API, on a machine of the school's own or of somebody it trusts."""

    url: str
    key: str = ""

    def speaks(self, source: str, target: str) -> bool:
        """It has some fifty languages; what it does not have it refuses itself."""
        return "-" not in source and "-" not in target

    def draft(self, words: str, source: str, target: str) -> Draft:
        """Ask it."""
        asked = {"q": words, "source": source, "target": target, "format": "text"}
        found = _ask(f"{self.url}/translate", asked | ({"api_key": self.key} if self.key else {}), as_json=True)
        text = found.get("translatedText")
        if not isinstance(text, str):
            raise EngineFailed("LibreTranslate answered in a way we do not know.")
        return Draft(text, "LibreTranslate")


class _Straight(HTTPRedirectHandler):
    """A family's words go to the address in the settings, and nowhere it points to."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


def _ask(url: str, asked: Mapping[str, str], *, as_json: bool = False) -> dict[str, Any]:
    body = json.dumps(asked).encode() if as_json else urlencode(asked).encode()
    kind = "application/json" if as_json else "application/x-www-form-urlencoded"
    try:
        asking = Request(url, body, {"Content-Type": kind})  # noqa: S310  the address stands in the settings
        with build_opener(_Straight).open(asking, timeout=PATIENCE) as answered:
            found = json.loads(answered.read(LONGEST))
    except HTTPError as refused:
        refused.close()
        raise EngineFailed(f"The engine said {refused.code}.") from refused
    except (URLError, OSError) as broken:
        raise EngineFailed("The engine could not be reached in time.") from broken
    except ValueError as strange:
        raise EngineFailed("The engine answered in a way we do not know.") from strange
    if not isinstance(found, dict):
        raise EngineFailed("The engine answered in a way we do not know.")
    return found


def engines() -> tuple[Engine, ...]:
    """The engines of the settings, in their order; none by default."""
    libre, key = settings.GATEPOST_LIBRETRANSLATE_URL, settings.GATEPOST_LIBRETRANSLATE_KEY
    return _made(settings.GATEPOST_APERTIUM_URL, libre, key)


@cache
def _made(apertium: str, libre: str, key: str) -> tuple[Engine, ...]:
    found: list[Engine] = [LibreTranslate(libre, key)] if libre else []
    return (*found, Apertium(apertium)) if apertium else tuple(found)


def engine_for(source: str, target: str) -> Engine | None:
    """The first engine of the settings that may draft from one language into the other."""
    return next((engine for engine in engines() if engine.speaks(source, target)), None)


def draft(words: str, source: str, target: str, names: Iterable[str] = ()) -> Draft:
    """A draft with every name, number and link as it was; else `EngineFailed` says why there is none."""
    engine, known = engine_for(source, target), [*names, *titled(words)]
    if engine is None:
        raise EngineFailed("No engine is set up for these languages.")
    shielded = shield(words, known)
    made = engine.draft(shielded.words, source, target)
    text = shielded.put_back(made.words).strip()
    gone = lost(words, text, known)
    if gone or OPEN in text or not text:
        raise EngineFailed(f"The draft lost what must stay: {', '.join(gone) or '…'}"[:200])
    if made.unknown > max(1, len(words.split()) * STRANGE):
        raise EngineFailed(f"The engine did not know {made.unknown} of the words.")
    return Draft(text, made.engine, made.unknown)
