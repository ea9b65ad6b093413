"""Mail, through the SMTP server in the settings. One recipient a message; no copies to anybody."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import mailers
from django.urls import reverse

from gatepost.core import clock
from gatepost.language.table import get
from gatepost.reach import mailtokens
from gatepost.reach.channels import NotNow, Refusal, Unsure
from gatepost.reach.kinds import KINDS
from gatepost.reach.mailtokens import For
from gatepost.reach.mime import Mail, compose, html_of
from gatepost.reach.models import Delivery
from gatepost.reach.render import Letter

PERMANENT, GO_ON, FINE = 500, 354, 250
_DOTS = re.compile(rb"(?m)^\.")


class Smtp:
    """Hands letters to a mail server, one after the other over one connection."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        self.mailer: Any = mailers.create_connection("default")  # Django's SMTP backend, for its connection alone

    def send(self, letter: Letter, delivery: Delivery) -> None:
        """Send one, with a Message-ID that a second attempt repeats.

        What fails before the final dot is tried again; what fails after it may have arrived (`trust.md` F4).
        """
        raw = compose(_mail(letter, delivery))
        sender = mailtokens.address(For.BOUNCE, delivery.pk) or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        try:
            self._until_the_text(sender, letter.address)
        except (OSError, smtplib.SMTPException) as broken:
            self.close()
            raise NotNow("The mail server could not be reached, or was gone.") from broken
        try:
            self._say(raw)
        except (OSError, smtplib.SMTPException) as broken:
            self.close()
            raise Unsure("The mail server was gone before it said whether it has the message.") from broken

    def close(self) -> None:
        """Say goodbye."""
        with suppress(OSError, smtplib.SMTPException):
            self.mailer.close()
        self.mailer.connection = None

    def _until_the_text(self, sender: str, recipient: str) -> None:
        """Everything before a word of the message has gone over."""
        self.mailer.open()
        wire = self.mailer.connection
        wire.ehlo_or_helo_if_needed()
        for code, _ in (wire.mail(sender), wire.rcpt(recipient)):
            if code >= 300:
                raise self._said(code)
        code, _ = wire.docmd("DATA")
        if code != GO_ON:
            raise self._said(code)

    def _say(self, raw: bytes) -> None:
        wire = self.mailer.connection
        wire.send(_DOTS.sub(b"..", raw) + b".\r\n")
        code, _ = wire.getreply()
        if code != FINE:
            raise self._said(code)

    def _said(self, code: int) -> Refusal | NotNow:
        """A no: for good, or for now. The server forgets what it was told, or we leave it."""
        with suppress(OSError, smtplib.SMTPException):
            if code == 421 or self.mailer.connection.rset()[0] != FINE:
                self.close()
        kind = Refusal if code >= PERMANENT else NotNow
        return kind(f"The mail server said {code}.")


def _mail(letter: Letter, delivery: Delivery) -> Mail:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    title = " ".join(letter.title.split())
    stop = reverse("mail:stop", args=[mailtokens.token(For.STOP, delivery.notice_id)])
    return Mail(
        sender=settings.DEFAULT_FROM_EMAIL,
        to=letter.address,
        subject=title,
        message_id=f"<{delivery.pk.hex}@{sender.rpartition('@')[2]}>",
        date=clock.now(),
        language=letter.language,
        text=letter.body + "\n",
        html=html_of(
            letter.body, language=letter.language, direction=get(letter.language).direction, title=letter.title
        ),
        reply_to=mailtokens.address(For.REPLY, delivery.notice_id),
        stop_url=settings.GATEPOST_ORIGIN + stop if KINDS[delivery.notice.kind].optional else "",
        repeat=delivery.repeats > 0,
    )
