"""Words that somebody sent, as a database can keep them: whole, or it is said that there was more."""

from __future__ import annotations

LONGEST = 20_000  # signs, some eight pages
CUT = "\n[…]"


def plain(words: str) -> str:
    """Without signs that no database keeps: one that stands for nothing, and halves of what lies outside the alphabets.

    Such halves come where a picture was cut in two on its way.
    """
    return words.encode("utf-8", "replace").decode().replace("\0", "")


def kept(words: str) -> str:
    """The words to keep: as much as anybody has to say; where there was more, that is said."""
    bare = plain(words).strip()
    return bare if len(bare) <= LONGEST else bare[:LONGEST] + CUT
