"""The address of a page at the door: a secret that says which school and which kiosk, made from the installation's own.

The address alone opens nothing: the browser in which the page was begun holds a second secret.
"""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from django.conf import settings

from gatepost.core.proving import is_proof, proof

_PROOF = 16  # bytes
_IDS = 32  # bytes of two ids


def key_of(school_id: UUID, kiosk_id: UUID) -> str:
    """What stands in the address."""
    raw = school_id.bytes + kiosk_id.bytes
    return base64.urlsafe_b64encode(raw + proof("kiosk", raw, length=_PROOF)).decode()


def meant_by(key: str) -> tuple[UUID, UUID] | None:
    """The school and the kiosk that an address names; None where we did not write it."""
    try:
        raw = base64.b64decode(key.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != _IDS + _PROOF or not is_proof(raw[_IDS:], "kiosk", raw[:_IDS]):
        return None
    return UUID(bytes=raw[:16]), UUID(bytes=raw[16:_IDS])


def cookie_name() -> str:
    """Under which name the device holds its secret."""
    return "__Host-kiosk" if settings.SESSION_COOKIE_SECURE else "kiosk"
