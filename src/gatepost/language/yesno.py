"""Reads a yes or a no in the languages that families write to us in."""

from __future__ import annotations

import re

_ENGLISH = frozenset({"yes", "y", "yeah", "yep", "ok", "okay", "sure", "gladly", "1"})
_SOMALI = frozenset({"haa", "haye", "waan", "hagaag"})
_URDU_ARABIC = frozenset({"جی", "ہاں", "ضرور", "ٹھیک", "نعم"})
YES = _ENGLISH | _SOMALI | _URDU_ARABIC
NO = frozenset({"no", "n", "nope", "not", "cannot", "sorry", "2", "maya", "mayo", "نہیں", "نا", "لا"})


def yes_or_no(text: str) -> bool | None:
    """True for a yes, False for a no, None where it is neither or both: then a person reads it."""
    words = set(re.findall(r"\w+", text.casefold()))
    yes, no = bool(words & YES), bool(words & NO)
    return yes if yes != no else None
