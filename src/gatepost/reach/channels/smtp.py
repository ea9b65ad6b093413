"""Mail, through the SMTP server in the settings. One recipient a message; no copies to anybody."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Sequence
from contextlib import suppress
from email.utils import parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.core.mail import mailers

from gatepost.core import clock
from gatepost.language.table import get
from gatepost.reach.channels import NotNow, Refusal, Unsure
from gatepost.reach.delivery import mailtokens
from gatepost.reach.delivery.mailtokens import For
from gatepost.reach.delivery.mime import Mail, compose, html_of
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery

PERMANENT, CLOSING, FIRST_NO, GO_ON, FINE = 500, 421, 400, 354, 250
_DOTS = re.compile(rb"(?m)^\.")
_USUAL = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)


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
        sender = mailtokens.address(For.BOUNCE, delivery.pk) or _own_address(settings.DEFAULT_FROM_EMAIL)
        try:
            self._until_the_text(sender, letter.address)
        except (OSError, smtplib.SMTPException) as broken:
            self.close()
            raise NotNow("The mail server could not be reached, or was gone.", everywhere=True) from broken
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
        steps = (f"MAIL FROM:{_bracketed(sender)}", f"RCPT TO:{_bracketed(recipient)}", "DATA")
        codes = self._all_at_once(steps) if wire.has_extn("pipelining") else map(self._step, steps)
        said = 0
        for said in codes:
            if said >= FIRST_NO:
                break
        if said != GO_ON:
            raise self._said(said)

    def _step(self, command: str) -> int:
        code: int = self.mailer.connection.docmd(command)[0]
        return code

    def _all_at_once(self, steps: Sequence[str]) -> list[int]:
        """One way there and back instead of three, where the server can do that (RFC 2920)."""
        wire = self.mailer.connection
        wire.send("".join(f"{step}\r\n" for step in steps))
        codes = [wire.getreply()[0] for _ in steps]
        if codes[-1] == GO_ON and max(codes[:-1]) >= FIRST_NO:
            wire.docmd(".")  # it waits for a text that has nobody to go to: it gets none
        return codes

    def _say(self, raw: bytes) -> None:
        wire = self.mailer.connection
        wire.send(_DOTS.sub(b"..", raw) + b".\r\n")
        code, _ = wire.getreply()
        if code == FINE:
            return
        if code < FIRST_NO:  # no answer at all, or one that nobody understands: it may have the message
            self.close()
            raise Unsure("The mail server did not say whether it has the message.")
        raise self._said(code)

    def _said(self, code: int) -> Refusal | NotNow:
        """A no: for good, or for now. The server forgets what it was told, or we leave it."""
        with suppress(OSError, smtplib.SMTPException):
            if code == CLOSING or self.mailer.connection.rset()[0] != FINE:
                self.close()
        words = f"The mail server said {code}."
        return Refusal(words) if code >= PERMANENT else NotNow(words, everywhere=code == CLOSING)


def _mail(letter: Letter, delivery: Delivery) -> Mail:
    sender = _own_address(settings.DEFAULT_FROM_EMAIL)
    title = " ".join(letter.title.split())
    return Mail(
        sender=settings.DEFAULT_FROM_EMAIL,
        to=letter.address,
        subject=title,
        message_id=f"<{delivery.pk.hex}@{sender.rpartition('@')[2]}>",
        date=clock.now(),
        language=letter.language,
        text=letter.body + "\n",
        html=letter.html or _page(letter),
        reply_to=mailtokens.address(For.REPLY, delivery.notice_id),
        stop_url=letter.stop,
        repeat=delivery.repeats > 0,
        entry=letter.entry,
    )


def _page(letter: Letter) -> str:
    direction = get(letter.language).direction
    return html_of(letter.body, language=letter.language, direction=direction, title=letter.title)


def _bracketed(address: str) -> str:
    """An address as the server is told it; only one out of the ordinary has to be taken to pieces."""
    return f"<{address}>" if _USUAL.fullmatch(address) else smtplib.quoteaddr(address)


@cache
def _own_address(sender: str) -> str:
    return parseaddr(sender)[1]
