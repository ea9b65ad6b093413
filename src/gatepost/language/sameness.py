"""When two texts are the same words for a translator, however they were typed: for the memory of translations."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_AS_TYPED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def normalised(words: str) -> str:
    """The same words in one spelling: composed letters, straight quotes, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", words).translate(_AS_TYPED)).strip()


def fingerprint(words: str) -> str:
    """A short name for the words, to find them again by."""
    return hashlib.sha256(normalised(words).encode()).hexdigest()
