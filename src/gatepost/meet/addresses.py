"""Addresses that say themselves which school and which row they open, proved by the installation's own secret.

That of a page at the door opens nothing alone: the browser in which it was begun holds a second secret. That of
whoever comes along with an adult is asked for its meeting each time it is opened.
"""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from django.conf import settings

from gatepost.core.proving import is_proof, proof

KIOSK, COMPANION = "kiosk", "companion"
_PROOF = 16  # bytes
_IDS = 32  # bytes of two ids


def key_of(school_id: UUID, row_id: UUID, *, of: str = KIOSK) -> str:
    """What stands in the address."""
    raw = school_id.bytes + row_id.bytes
    return base64.urlsafe_b64encode(raw + proof(of, raw, length=_PROOF)).decode()


def meant_by(key: str, *, of: str = KIOSK) -> tuple[UUID, UUID] | None:
    """The school and the row that an address names; None where we did not write it for such a page."""
    try:
        raw = base64.b64decode(key.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != _IDS + _PROOF or not is_proof(raw[_IDS:], of, raw[:_IDS]):
        return None
    return UUID(bytes=raw[:16]), UUID(bytes=raw[16:_IDS])


def cookie_name() -> str:
    """Under which name the device holds its secret."""
    return "__Host-kiosk" if settings.SESSION_COOKIE_SECURE else "kiosk"
