"""Reads a yes or a no in the languages that families write to us in."""

from __future__ import annotations

import re

_ENGLISH = frozenset({"yes", "y", "yeah", "yep", "ok", "okay", "sure", "gladly", "1"})
_SOMALI = frozenset({"haa", "haye", "waan", "hagaag"})
_URDU_ARABIC = frozenset({"جی", "ہاں", "ضرور", "ٹھیک", "نعم"})
_POLISH_ROMANIAN_BENGALI = frozenset({"tak", "oczywiście", "da", "sigur", "হ্যাঁ", "জি", "অবশ্যই"})
YES = _ENGLISH | _SOMALI | _URDU_ARABIC | _POLISH_ROMANIAN_BENGALI
_OTHER_NO = frozenset({"maya", "mayo", "نہیں", "نا", "لا", "كلا", "nie", "nu", "না"})
NO = frozenset({"no", "n", "nope", "not", "cannot", "sorry", "2"}) | _OTHER_NO

_WORD = re.compile(r"[\w\u0981-\u0983\u09bc-\u09cd]+")  # Bengali joins its letters with signs that are no letters


def yes_or_no(text: str) -> bool | None:
    """True for a yes, False for a no, None where it is neither or both: then a person reads it."""
    words = set(_WORD.findall(text.casefold()))
    yes, no = bool(words & YES), bool(words & NO)
    return yes if yes != no else None
