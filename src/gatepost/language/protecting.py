"""What has to come through a translation unchanged: names, numbers, links. Shielded before, counted after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import decimal

from gatepost.language.names import without_marks

OPEN, CLOSE = "\u27e6", "\u27e7"  # ⟦0⟧: signs that no engine knows, and that nobody types
_LINK = r"https?://[^\s\u27e6\u27e7]+|[\w.+-]+@[\w-]+\.[\w.-]*\w"
_HELD = re.compile(f"{OPEN}\\s*(\\d+)\\s*{CLOSE}")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir)\b\.?\s+[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)?")
_PM = re.compile(r"(?<!\d)(\d{1,2})(?:[.:]\d\d)?\s*p\.?m\b", re.IGNORECASE)
_AFTER = ".,;:!?)]}»”’'\"،۔؟।"  # ends the sentence, not the link


@dataclass(frozen=True, slots=True)
class Shielded:
    """Words for an engine, and what was taken out of them."""

    words: str
    held: tuple[str, ...]

    def put_back(self, translated: str) -> str:
        """What the engine made, with everything where it stood. A place that the engine invented stays empty."""
        return _HELD.sub(lambda found: self._at(int(found[1])), translated)

    def _at(self, place: int) -> str:
        return self.held[place] if place < len(self.held) else ""


def shield(words: str, names: Iterable[str] = ()) -> Shielded:
    """Take out what no engine may touch, and leave a numbered place for each.

    Holds afterwards: putting everything back into the same words gives what was typed, less any such bracket in it.
    """
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        text, after = _without_end(found[0])
        held.append(text)
        return f"{OPEN}{len(held) - 1}{CLOSE}{after}"

    bare = re.sub(f"[{OPEN}{CLOSE}]", "", words)
    return Shielded(_pattern(names).sub(hold, bare), tuple(held))


def titled(words: str) -> frozenset[str]:
    """Whoever is named with a title: Mrs Bell is no bell in any language."""
    return frozenset(found[0] for found in _TITLED.finditer(words))


def kept_in(words: str, names: Iterable[str] = ()) -> Counter[str]:
    """How often each of these things stands in a text. Digits count alike in every script: ۵ is 5."""
    found: Counter[str] = Counter()
    for each in _pattern(names).finditer(without_marks(words)):
        text, _after = _without_end(each[0])
        found[_plain_digits(text)] += 1
    return found


def lost(original: str, translated: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """What stands in the original and not, or not as often, in its translation; and links that have joined it.

    5.10pm is 17:10 where people count to 24: to write 5.10 there would say that it is morning.
    """
    known = list(names)
    before, after = kept_in(original, known), kept_in(translated, known)
    _count_to_24(original, before, after)
    _count_to_24(translated, after, before)
    joined = [each for each in after - before if re.match(_LINK, each)]
    return (*sorted(before - after), *sorted(joined))


def _count_to_24(words: str, said: Counter[str], other: Counter[str]) -> None:
    """Take an hour after midday for the one that the other text has instead."""
    for hour in _PM.findall(words):
        late = str(int(hour) + 12)
        if said[hour] > other[hour] and other[late] > said[late]:
            said[hour] -= 1
            said[late] += 1


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    said = sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True)
    words = [rf"(?<!\w){re.escape(name)}(?!\w)" for name in said]
    return re.compile("|".join([_LINK, *words, r"\d+"]))


def _without_end(text: str) -> tuple[str, str]:
    """A link without the full stop after it, and that full stop."""
    if not re.match(_LINK, text):
        return text, ""
    bare = text.rstrip(_AFTER)
    return bare, text[len(bare) :]


def _plain_digits(text: str) -> str:
    return "".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in text)
