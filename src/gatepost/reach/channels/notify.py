"""Text messages through GOV.UK Notify, with a client of our own of one page.

Notify keeps the template: one, whose whole text is `((body))`. What comes back is judged by its status code and the
name of its error, never by its words.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from gatepost.core import clock
from gatepost.reach.channels import NotNow, Refusal
from gatepost.reach.channels.calling import Answered, call
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery

TAKEN = 201
TOO_MANY, BAD = 429, 400


class Notify:
    """Hands a text to GOV.UK Notify."""

    def send(self, letter: Letter, delivery: Delivery) -> None:
        """Send it, under our own reference, so that a receipt finds its message."""
        words = {
            "phone_number": letter.address,
            "template_id": settings.GATEPOST_NOTIFY_TEMPLATE,
            "personalisation": {"body": letter.body},
            "reference": delivery.pk.hex,
        }
        answered = self._call("POST", "/v2/notifications/sms", json.dumps(words).encode())
        if answered.code != TAKEN:
            raise _problem(answered)

    def was_taken(self, delivery: Delivery) -> bool | None:
        """Whether Notify knows a message that we are not sure of; None where it does not answer that."""
        answered = self._call("GET", f"/v2/notifications?reference={delivery.pk.hex}", b"")
        known = _json(answered.body).get("notifications")
        return bool(known) if answered.code == 200 and isinstance(known, list) else None

    def _call(self, method: str, path: str, body: bytes) -> Answered:
        headers = {"Authorization": f"Bearer {token(clock.now())}", "Content-Type": "application/json"}
        return call(method, settings.GATEPOST_NOTIFY_URL + path, body=body, headers=headers)


def token(now: datetime) -> str:
    """Who we are, signed with our key for a few seconds (RFC 7519, HS256)."""
    service, secret = settings.GATEPOST_NOTIFY_KEY[-73:-37], settings.GATEPOST_NOTIFY_KEY[-36:]
    head = _base64(json.dumps({"typ": "JWT", "alg": "HS256"}).encode())
    said = _base64(json.dumps({"iss": service, "iat": int(now.timestamp())}).encode())
    signed = hmac.new(secret.encode(), f"{head}.{said}".encode(), hashlib.sha256).digest()
    return f"{head}.{said}.{_base64(signed)}"


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _problem(answered: Answered) -> Refusal | NotNow:
    """A wrong message is refused for good; a wrong key, a busy service and a spent day are not the message's fault."""
    said = f"GOV.UK Notify said {answered.code}."
    if answered.code == BAD:
        return Refusal(said)
    if answered.code == TOO_MANY and "TooManyRequestsError" in _errors(answered.body):
        midnight = (clock.now().astimezone(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return NotNow(said, until=midnight)
    return NotNow(said, everywhere=True)


def _errors(body: str) -> set[str]:
    errors = _json(body).get("errors")
    return {str(each.get("error")) for each in errors if isinstance(each, dict)} if isinstance(errors, list) else set()


def _json(body: str) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
