"""Names inside text of the other direction: kept whole by invisible marks where there is no HTML to do it."""

import re
from unicodedata import bidirectional

FSI, PDI = "\u2068", "\u2069"  # first strong isolate … pop directional isolate
LRI = "\u2066"  # left-to-right isolate: for phone numbers and clock times
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def isolate(text: str) -> str:
    """A name or other foreign words for a plain-text message, so that they disturb no text around them.

    Holds afterwards: whatever stands in `text`, the isolate is closed; nothing is wrapped twice.
    """
    bare = without_marks(text)
    return f"{FSI}{bare}{PDI}" if bare else ""


def isolate_ltr(text: str) -> str:
    """A phone number, code or address: always read from its own beginning."""
    bare = without_marks(text)
    return f"{LRI}{bare}{PDI}" if bare else ""


def runs(text: str) -> str:
    """Which way words run by their first letter that says so: `ltr` or `rtl`; blank where none does."""
    for sign in text:
        kind = bidirectional(sign)
        if kind in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return ""


def without_marks(text: str) -> str:
    """The text without any direction marks, for comparing and for counting letters."""
    return _MARKS.sub("", text)
