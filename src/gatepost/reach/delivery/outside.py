"""Mail to those who work for the school and are no family: an interpreter, a hired room. It names no child.

Whoever has the news keeps the ledger; here it only meets the wire.
"""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from gatepost.reach.services.freezing import frozen

log = logging.getLogger(__name__)


def may_send_outside() -> bool:
    """Whether mail goes out at all now: a server is set up, and nobody has stopped everything."""
    return bool(settings.GATEPOST_SMTP_URL) and frozen() is None


def send_outside_mail(*, address: str, title: str, body: str) -> bool:
    """Send one mail. Says whether it was handed over; where it was not, somebody rings."""
    try:
        EmailMessage(subject=" ".join(title.split()), body=body, to=[address]).send()
    except (OSError, smtplib.SMTPException) as broken:
        log.error("a mail to somebody outside the school was not sent: %s", type(broken).__name__)
        return False
    return True
