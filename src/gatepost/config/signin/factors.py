"""Second factors: passkeys, authenticator apps and recovery codes, and how their secrets are kept."""

from __future__ import annotations

from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gatepost.core.sealed import Sealed, seal, unseal

PLACE = ("second factor",)  # what its secrets are sealed to; the library does not say which row they go to
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Keeps secrets encrypted, keeps the last factor, and draws the square that an app reads."""

    def encrypt(self, text: str) -> str:
        """Seal a secret with a key that lies neither in the database nor beside it."""
        return seal(text, place=PLACE).text

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return unseal(Sealed(encrypted_text), place=PLACE)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor stays: without one, nothing opens."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND_FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def build_totp_svg(self, url: str) -> SafeString:
        """The address of a new secret as a square of dots; plain markup, which our content policy lets through."""
        rows = list(segno.make(url, error="m", micro=False).matrix_iter(border=2))
        dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return format_html(
            '<svg class="code-square" viewBox="0 0 {size} {size}" role="img" aria-label="{label}">'
            '<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path fill="#000" d="{dots}"/></svg>',
            size=len(rows),
            label=_("A square of dots for your authenticator app"),
            dots=dots,
        )

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        """What a new passkey is called until somebody says otherwise."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return "Gatepost"


def has_second_factor(person: AbstractBaseUser) -> bool:
    """Whether somebody has a passkey or an authenticator app; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=SECOND_FACTORS).exists())


__all__ = ["SECOND_FACTORS", "SecondFactors", "has_second_factor"]
