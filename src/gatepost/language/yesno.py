"""Reads a yes or a no in the languages that families write to us in."""

from __future__ import annotations

import re

YES = frozenset(
    [
        "yes",
        "y",
        "yeah",
        "yep",
        "ok",
        "okay",
        "sure",
        "gladly",
        "1",
        "haa",
        "haye",
        "waa",
        "hagaag",
        "جی",
        "ہاں",
        "ضرور",
        "ٹھیک",
        "نعم",
        "tak",
        "oui",
        "sim",
    ]
)
NO = frozenset(["no", "n", "nope", "sorry", "2", "maya", "may", "نہیں", "نا", "لا", "nie", "non", "não"])


def yes_or_no(text: str) -> bool | None:
    """True for a yes, False for a no, None where it is neither or both: then a person reads it."""
    words = set(re.findall(r"\w+", text.casefold()))
    yes, no = bool(words & YES), bool(words & NO)
    return yes if yes != no else None
