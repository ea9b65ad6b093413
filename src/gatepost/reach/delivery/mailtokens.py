"""Names in mail addresses and links that nobody can guess: which message is meant, and a proof that we wrote it.

In small letters and digits only: mail servers may change the case of what stands before the @.
"""

from __future__ import annotations

import base64
import binascii
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from gatepost.core.proving import is_proof, proof

_PROOF = 10  # bytes


class For(StrEnum):
    """What a token is for; one made for one thing opens nothing else."""

    REPLY = "reply"  # names a notice
    BOUNCE = "bounce"  # names a delivery
    STOP = "stop"  # names a notice


def token(what: For, pk: UUID) -> str:
    """The token that names this row."""
    return base64.b32encode(pk.bytes + proof(_purpose(what), pk.bytes, length=_PROOF)).decode().rstrip("=").lower()


def named(what: For, told: str) -> UUID | None:
    """The row that a token names; None where we did not write it."""
    try:
        raw = base64.b32decode(told.upper() + "=" * (-len(told) % 8))
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 16 + _PROOF or not is_proof(raw[16:], _purpose(what), raw[:16]):
        return None
    return UUID(bytes=raw[:16])


def address(what: For, pk: UUID) -> str:
    """The mail address that names this row; blank where no mail comes in here."""
    domain = settings.GATEPOST_MAIL_DOMAIN
    return f"{what}+{token(what, pk)}@{domain}" if domain else ""


def of_address(mailbox: str) -> tuple[For, UUID] | None:
    """What a mail address names, if it is one of ours."""
    local, _, domain = mailbox.rpartition("@")
    what, plus, told = local.partition("+")
    if not plus or domain.lower() != settings.GATEPOST_MAIL_DOMAIN.lower() or what.lower() not in set(For):
        return None
    meant = For(what.lower())
    pk = named(meant, told)
    return (meant, pk) if pk else None


def _purpose(what: For) -> str:
    return f"mail.{what}"
