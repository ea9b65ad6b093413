"""Ids by the hundred: made and read without looking at each of them again (RFC 9562, version 7).

They begin with the moment in which they were made, so that rows written together stand together in every index: with
ids by chance a hundred new rows touch a hundred pages of each.
"""

from __future__ import annotations

import os
import time
from functools import lru_cache
from uuid import UUID, SafeUUID

_KIND = 0x7000 << 64 | 0x8000 << 48
_BEFORE, _BEHIND = 0x0FFF << 64, (1 << 62) - 1  # where 74 bits are left to chance: nobody guesses one
_set, _unknown = object.__setattr__, SafeUUID.unknown


def new_id() -> UUID:
    """An id that nobody has and nobody can guess. It says when it was made."""
    return new_ids(1)[0]


def new_ids(number: int) -> list[UUID]:
    """So many of them, in their order."""
    raw, begun = os.urandom(10 * number), time.time_ns() // 1_000_000 << 80 | _KIND
    return [_id(each) for each in sorted(begun | _spread(raw[at : at + 10]) for at in range(0, len(raw), 10))]


def _spread(chance: bytes) -> int:
    """Where the bits that are left to chance stand: between and behind those that say which kind of id it is."""
    bits = int.from_bytes(chance)
    return (bits << 2 & _BEFORE) | bits & _BEHIND


@lru_cache(maxsize=8192)
def id_of(value: str | None) -> UUID | None:
    """An id as it was written: 32 signs of which nothing has to be looked at."""
    return None if value is None else _id(int(value, 16))


def _id(number: int) -> UUID:
    made = object.__new__(UUID)
    _set(made, "int", number)
    _set(made, "is_safe", _unknown)
    return made
