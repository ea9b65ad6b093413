"""Mail of the sign-in library, on our own wire. It concerns an account, not a child, so it is no notice."""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

log = logging.getLogger(__name__)


def send_signin_mail(*, address: str, title: str, body: str) -> bool:
    """Send one sign-in mail, where a mail server is set up. Says whether it was handed over."""
    if not settings.GATEPOST_SMTP_URL:
        log.warning("no mail server is set up: a sign-in mail was not sent; use gatepost set_password")
        return False
    try:
        EmailMessage(subject=" ".join(title.split()), body=body, to=[address]).send()
    except (OSError, smtplib.SMTPException) as broken:  # the page says the same for every address
        log.error("a sign-in mail was not sent: %s", type(broken).__name__)
        return False
    return True
