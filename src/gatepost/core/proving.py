"""Proofs made from the installation's own secret: that we wrote an address; what a short code is, without keeping it.

Each purpose has a key of its own: what was made for one thing proves nothing for another. Whoever has the database
alone cannot make or guess one. Not for what must outlive the secret of an installation: that is `core.keys`.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings


def proof(purpose: str, said: bytes, *, length: int = 32) -> bytes:
    """The proof, of so many bytes (32 at most), that this installation said this for this purpose."""
    return hmac.digest(_key(purpose, settings.SECRET_KEY), said, "sha256")[:length]


def is_proof(told: bytes, purpose: str, said: bytes) -> bool:
    """Whether that is it. How long the answer takes tells a guesser nothing, but how long a proof is."""
    return bool(told) and hmac.compare_digest(told, proof(purpose, said, length=len(told)))


def keyed(purpose: str, said: str) -> str:
    """What is kept of something short that must not be tried out from the database alone: 64 hexadecimal signs."""
    return proof(purpose, said.encode()).hex()


@lru_cache(maxsize=32)
def _key(purpose: str, secret: str) -> bytes:
    return hashlib.sha256(f"gatepost.{purpose}{secret}".encode()).digest()
