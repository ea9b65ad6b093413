"""Mail, through the SMTP server in the settings. One recipient a message; no copies to anybody."""

from __future__ import annotations

import smtplib
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMessage, mailers

from gatepost.reach.channels import NotNow, Refusal, Unsure
from gatepost.reach.models import Delivery
from gatepost.reach.render import Letter

PERMANENT = 500


class Smtp:
    """Hands a letter to a mail server."""

    def send(self, letter: Letter, delivery: Delivery) -> None:
        """Send it, with a Message-ID that a second attempt repeats.

        What fails before the server has the text is tried again; what fails after it may have arrived (`trust.md` F4).
        """
        mailer = mailers.default
        try:
            mailer.open()
        except (OSError, smtplib.SMTPException) as broken:
            raise NotNow("The mail server could not be reached.") from broken
        try:
            mailer.send_messages([_message(letter, delivery)])
        except smtplib.SMTPRecipientsRefused as refused:
            raise _said(min(code for code, _ in refused.recipients.values())) from refused
        except smtplib.SMTPResponseException as answered:
            raise _said(answered.smtp_code) from answered
        except (OSError, smtplib.SMTPException) as broken:
            raise Unsure("The mail server was gone before it said whether it has the message.") from broken
        finally:
            with suppress(OSError, smtplib.SMTPException):
                mailer.close()


def _message(letter: Letter, delivery: Delivery) -> EmailMessage:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return EmailMessage(
        subject=" ".join(letter.title.split()),
        body=letter.body,
        to=[letter.address],
        headers={
            "Message-ID": f"<{delivery.pk.hex}@{domain}>",
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
        },
    )


def _said(code: int) -> Refusal | NotNow:
    kind = Refusal if code >= PERMANENT else NotNow
    return kind(f"The mail server said {code}.")
