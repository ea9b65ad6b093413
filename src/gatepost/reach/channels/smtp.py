"""Mail, through the SMTP server in the settings. One recipient a message; no copies to anybody."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from gatepost.reach.channels import NotNow, Refusal
from gatepost.reach.models import Delivery
from gatepost.reach.render import Letter

PERMANENT = 500


class Smtp:
    """Hands a letter to a mail server."""

    def send(self, letter: Letter, delivery: Delivery) -> None:
        """Send it, with a Message-ID that a second attempt repeats."""
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        message = EmailMessage(
            subject=" ".join(letter.title.split()),
            body=letter.body,
            to=[letter.address],
            headers={
                "Message-ID": f"<{delivery.pk.hex}@{domain}>",
                "Content-Language": letter.language,
                "Auto-Submitted": "auto-generated",
            },
        )
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refused:
            code = min(code for code, _ in refused.recipients.values())
            raise (Refusal if code >= PERMANENT else NotNow)(f"The mail server said {code}.") from refused
        except smtplib.SMTPResponseException as answered:
            kind = Refusal if answered.smtp_code >= PERMANENT else NotNow
            raise kind(f"The mail server said {answered.smtp_code}.") from answered
        except (OSError, smtplib.SMTPException) as broken:
            raise NotNow("The mail server could not be reached.") from broken
