"""The address at which a gateway brings a school its texts and receipts: a secret, made from the installation's own."""

from __future__ import annotations

from uuid import UUID

from gatepost.core.proving import is_proof, proof
from gatepost.org.models import School

_PROOF = 12  # bytes


def key_of(school_id: UUID) -> str:
    """What a gateway must know to speak to this school: which one it is, and a proof."""
    return school_id.hex + proof("gateway", school_id.hex.encode(), length=_PROOF).hex()


def school_of(key: str) -> School | None:
    """The school whose key this is; nobody else's, and none for a guess."""
    try:
        told, shown = UUID(key[:32]), bytes.fromhex(key[32:])
    except ValueError:
        return None
    if len(shown) != _PROOF or not is_proof(shown, "gateway", told.hex.encode()):
        return None
    return School.objects.filter(pk=told).first()
