"""The address at which a gateway brings a school its texts and receipts: a secret, made from the installation's own."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from gatepost.org.models import School

_SIGNS = 24


def key_of(school_id: UUID) -> str:
    """What a gateway must know to speak to this school: which one it is, and a proof."""
    return school_id.hex + _proof(school_id.hex)


def school_of(key: str) -> School | None:
    """The school whose key this is; nobody else's, and none for a guess."""
    told, proof = key[:32], key[32:]
    if not hmac.compare_digest(proof.encode(), _proof(told).encode()):
        return None
    return School.objects.filter(pk=UUID(told)).first()


def _proof(told: str) -> str:
    secret = hashlib.sha256(b"gatepost.gateway" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, told.encode(), hashlib.sha256).hexdigest()[:_SIGNS]
