"""Mail of the house to itself: to whoever looks after it, about no child and no family, so it is no notice."""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

log = logging.getLogger(__name__)


def send_house_mail(*, address: str, title: str, body: str) -> bool:
    """Send one mail, where a mail server is set up. Says whether it was handed over."""
    if not settings.GATEPOST_SMTP_URL:
        log.warning("no mail server is set up: a mail to whoever looks after the house was not sent")
        return False
    try:
        EmailMessage(subject=" ".join(title.split()), body=body, to=[address]).send()
    except (OSError, smtplib.SMTPException) as broken:
        log.error("a mail to whoever looks after the house was not sent: %s", type(broken).__name__)
        return False
    return True
