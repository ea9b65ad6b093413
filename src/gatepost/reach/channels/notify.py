"""Text messages through GOV.UK Notify, by its own client.

Notify keeps the template: one, whose whole text is `((body))`. What comes back is judged by its status code and the
name of its error, never by its words.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

import requests
from django.conf import settings
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError, SSLError

from gatepost.core import clock
from gatepost.reach.channels import NotNow, Refusal, Unsure
from gatepost.reach.channels.calling import LONGEST, PATIENCE
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery

TOO_MANY, BAD, NO = 429, 400, 300
PIECE = 4096  # bytes of an answer that are read at a time


class Notify:
    """Hands a text to GOV.UK Notify."""

    def __init__(self) -> None:
        """Nothing is open yet. Nothing follows a redirection, and no proxy or password of the surroundings is used."""
        key, url = settings.GATEPOST_NOTIFY_KEY, settings.GATEPOST_NOTIFY_URL
        self.client: Any = NotificationsAPIClient(key, base_url=url, timeout=PATIENCE)  # type: ignore[no-untyped-call]
        session = self.client.request_session
        session.trust_env, session.max_redirects = False, 0
        for scheme in ("https://", "http://"):
            session.mount(scheme, _AsThisMachine())

    def send(self, letter: Letter, delivery: Delivery) -> None:
        """Send it, under our own reference, so that a receipt finds its message."""
        answer = _ask(
            lambda: self.client.send_sms_notification(
                phone_number=letter.address,
                template_id=settings.GATEPOST_NOTIFY_TEMPLATE,
                personalisation={"body": letter.body},
                reference=delivery.pk.hex,
            )
        )
        if "id" not in answer:
            raise Unsure("GOV.UK Notify did not say whether it has the message.")

    def was_taken(self, delivery: Delivery) -> bool | None:
        """Whether Notify knows a message that we are not sure of; None where it does not answer that."""
        try:
            known = _ask(lambda: self.client.get_all_notifications(reference=delivery.pk.hex)).get("notifications")
        except (NotNow, Refusal, Unsure):
            return None
        return bool(known) if isinstance(known, list) else None

    def close(self) -> None:
        """Hang up."""
        self.client.request_session.close()


class _AsThisMachine(HTTPAdapter):
    """Believes the certificates that this machine believes, too: schools often have a filter with its own.

    It reads no more of an answer than Notify ever says: whoever stands in between fills no memory.
    """

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=ssl.create_default_context(), **kwargs)

    def send(self, *args: Any, **kwargs: Any) -> requests.Response:
        answer = super().send(*args, **(kwargs | {"stream": True}))
        body = b""
        with answer:
            for piece in answer.iter_content(PIECE):
                body += piece
                if len(body) > LONGEST:
                    break
        answer._content = body[:LONGEST]
        return answer


def _ask(what: Callable[[], Any]) -> dict[str, Any]:
    """What Notify answers; or how far it came, as the ledger knows it."""
    try:
        answer = what()
    except APIError as said:
        raise _problem(said) from said
    return answer if isinstance(answer, dict) else {}


def _problem(said: APIError) -> Refusal | NotNow | Unsure:
    """A wrong message is refused for good; a wrong key, a busy service and a spent day are not the message's fault."""
    if said.response is None:
        if _never_left(said.__cause__):
            return NotNow("GOV.UK Notify could not be reached.", everywhere=True)
        return Unsure("GOV.UK Notify was gone before it said whether it has the message.")
    code = said.status_code
    words = f"GOV.UK Notify said {code}."
    if code < NO:
        return Unsure(words)  # whoever it was, it did not answer as Notify does
    if code == BAD:
        return Refusal(words)
    if code == TOO_MANY and "TooManyRequestsError" in _names(said.message):
        midnight = (clock.now().astimezone(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return NotNow(words, until=midnight)
    return NotNow(words, everywhere=True)


def _never_left(broken: BaseException | None) -> bool:
    """Whether no connection stood: nobody answered, or it was not Notify. Of all else nobody knows."""
    reason = getattr(broken.args[0], "reason", None) if broken and broken.args else None
    stranger = isinstance(reason, SSLError) and isinstance(reason.args[0], ssl.SSLCertVerificationError)
    return stranger or isinstance(broken, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)


def _names(errors: Any) -> set[str]:
    return {str(each.get("error")) for each in errors if isinstance(each, dict)} if isinstance(errors, list) else set()
