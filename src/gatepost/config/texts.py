"""Which way text messages leave, read from the settings; what cannot be meant is refused in plain words."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

PLACES = frozenset({"to", "text", "coding", "id", "receipt"})


def gateway_url(template: str) -> str:
    """The address of a text gateway with its places to fill; without a value, none. Its value is never repeated."""
    if not template:
        return ""
    parts = urlsplit(template)
    named = set(re.findall(r"{([^}]*)}", template))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured("GATEPOST_GATEWAY_URL must begin with https:// or http:// and name a host.")
    if named - PLACES or {"to", "text"} - named:
        raise ImproperlyConfigured(
            "GATEPOST_GATEWAY_URL must hold {to} and {text}, and may hold {coding}, {id} and {receipt}, nothing else."
        )
    return template


def texts_by(gateway: str, notify_key: str, notify_template: str) -> str:
    """The transport that carries texts; blank: none is set up."""
    if gateway and notify_key:
        raise ImproperlyConfigured("GATEPOST_GATEWAY_URL and GATEPOST_NOTIFY_KEY are both set. Set one of them.")
    if notify_key and (len(notify_key) < 73 or not notify_template):
        raise ImproperlyConfigured(
            "GATEPOST_NOTIFY_KEY must be the whole key from GOV.UK Notify, and GATEPOST_NOTIFY_TEMPLATE must be set."
        )
    if gateway:
        return "gatepost.reach.channels.gateway.Gateway"
    return "gatepost.reach.channels.notify.Notify" if notify_key else ""
