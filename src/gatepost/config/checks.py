"""What must be true before real families are served: `gatepost doctor` and the start of `gatepost serve` ask."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register

SHORTEST_SECRET = 32
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@register()
def secret_is_strong(**_: Any) -> list[Error]:
    """The secret that signs sessions and hashes codes is long and not an example."""
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_SECRET and not key.startswith("django-insecure"):
        return []
    hint = "Remove GATEPOST_SECRET_KEY and let Gatepost make its own, or set 32 characters or more."
    return [Error("The secret key is too short or an example.", hint=hint, id="gatepost.E001")]


@register()
def hosts_are_named(**_: Any) -> list[Error]:
    """The site answers only to its own names."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    hint = "Name the host in GATEPOST_HOSTS."
    return [Error("GATEPOST_HOSTS lets any name in.", hint=hint, id="gatepost.E002")]


@register()
def demo_stays_at_home(**_: Any) -> list[Error]:
    """The demonstration hands out every role and development every letter: both are served to this machine only."""
    if not (settings.GATEPOST_DEMO or settings.DEBUG):
        return []
    if urlsplit(settings.GATEPOST_ORIGIN).hostname in LOOPBACK:
        return []
    hint = "Unset GATEPOST_DEMO and GATEPOST_DEBUG where real people come, or leave GATEPOST_ORIGIN on 127.0.0.1."
    return [Error("The demonstration is open to the outside.", hint=hint, id="gatepost.E003")]


@register()
def keys_lie_apart(**_: Any) -> list[Error]:
    """Whoever copies the data folder must not take the keys with it."""
    if not settings.GATEPOST_KEYS.is_relative_to(settings.GATEPOST_DATA):
        return []
    hint = "Move the folder out of the data folder and set GATEPOST_KEYS to where it is."
    return [Error("The keys lie in the data folder, and so in every copy of it.", hint=hint, id="gatepost.E004")]


@register()
def sign_on_is_complete(**_: Any) -> list[Error]:
    """Single sign-on has all it needs, and its secret does not travel in the open."""
    url = urlsplit(settings.GATEPOST_OIDC_URL)
    if not settings.GATEPOST_OIDC_URL:
        return []
    (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    found = []
    if url.scheme != "https" and url.hostname not in LOOPBACK:
        hint = "Give the address of the provider with https://."
        found.append(Error("Single sign-on would send its secret in the open.", hint=hint, id="gatepost.E005"))
    if not (app["client_id"] and app["secret"]):
        hint = "Set GATEPOST_OIDC_CLIENT and GATEPOST_OIDC_SECRET, as the provider gave them."
        found.append(Error("Single sign-on is half set up.", hint=hint, id="gatepost.E006"))
    return found
