"""Mail, through the SMTP server in the settings. One recipient a message; no copies to anybody."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterable
from contextlib import suppress
from email.utils import parseaddr
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

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


class Envelope(NamedTuple):
    """What a server hears of one message before its text, and whose it is."""

    of: UUID
    steps: tuple[str, ...]

    @property
    def lines(self) -> bytes:
        """All of it at once."""
        return "".join(f"{step}\r\n" for step in self.steps).encode()


class Smtp:
    """Hands letters to a mail server, one after the other over one connection."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        self.mailer: Any = mailers.create_connection("default")  # Django's SMTP backend, for its connection alone
        self._next: Envelope | None = None
        self._announced: UUID | None = None  # the server has its envelope, and we have not read its answers

    def expect(self, letter: Letter, delivery: Delivery) -> None:
        """Which one follows the next one: the server hears of it with the end of that text, where it can (RFC 2920).

        Nothing of its text: if it never follows, we hang up, and the server has got no message.
        """
        self._next = _envelope(letter, delivery)

    def send(self, letter: Letter, delivery: Delivery) -> None:
        """Send one, with a Message-ID that a second attempt repeats.

        What fails before the final dot is tried again; what fails after it may have arrived (`trust.md` F4).
        """
        following, self._next = self._next, None
        raw = compose(_mail(letter, delivery))
        try:
            self._until_the_text(letter, delivery)
        except (OSError, smtplib.SMTPException) as broken:
            self.close()
            raise NotNow("The mail server could not be reached, or was gone.", everywhere=True) from broken
        try:
            self._say(raw, following)
        except (OSError, smtplib.SMTPException) as broken:
            self.close()
            raise Unsure("The mail server was gone before it said whether it has the message.") from broken

    def close(self) -> None:
        """Say goodbye; without a word to a server that waits for a text."""
        with suppress(OSError, smtplib.SMTPException):
            (self.mailer.connection if self._announced else self.mailer).close()
        self.mailer.connection = self._announced = None

    def _until_the_text(self, letter: Letter, delivery: Delivery) -> None:
        """Everything before a word of the message has gone over."""
        if self._announced not in (None, delivery.pk):
            self.close()
        codes = self._answers() if self._announced else self._told(_envelope(letter, delivery))
        self._announced, said = None, 0
        for said in codes:
            if said >= FIRST_NO:
                break
        if said != GO_ON:
            raise self._said(said)

    def _step(self, command: str) -> int:
        code: int = self.mailer.connection.docmd(command)[0]
        return code

    def _told(self, envelope: Envelope) -> Iterable[int]:
        """One way there and back instead of three, where the server can do that."""
        self.mailer.open()
        wire = self.mailer.connection
        wire.ehlo_or_helo_if_needed()
        if not wire.has_extn("pipelining"):
            return map(self._step, envelope.steps)
        wire.send(envelope.lines)
        return self._answers()

    def _answers(self) -> list[int]:
        wire = self.mailer.connection
        codes = [wire.getreply()[0] for _ in range(3)]
        if codes[-1] == GO_ON and max(codes[:-1]) >= FIRST_NO:
            wire.docmd(".")  # it waits for a text that has nobody to go to: it gets none
        return codes

    def _say(self, raw: bytes, following: Envelope | None) -> None:
        wire, after = self.mailer.connection, b".\r\n"
        if following and wire.has_extn("pipelining"):
            self._announced = following.of
            after += following.lines
        wire.send((_DOTS.sub(b"..", raw) if b"\n." in raw else raw) + after)
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
            if self._announced or code == CLOSING or self.mailer.connection.rset()[0] != FINE:
                self.close()
        words = f"The mail server said {code}."
        return Refusal(words) if code >= PERMANENT else NotNow(words, everywhere=code == CLOSING)


def _envelope(letter: Letter, delivery: Delivery) -> Envelope:
    sender = mailtokens.address(For.BOUNCE, delivery.pk) or _own_address(settings.DEFAULT_FROM_EMAIL)
    return Envelope(delivery.pk, (f"MAIL FROM:{_bracketed(sender)}", f"RCPT TO:{_bracketed(letter.address)}", "DATA"))


def _mail(letter: Letter, delivery: Delivery) -> Mail:
    sender = settings.DEFAULT_FROM_EMAIL
    return Mail(
        sender=sender,
        to=letter.address,
        subject=" ".join(letter.title.split()),
        message_id=f"<{delivery.pk.hex}@{_own_address(sender).rpartition('@')[2]}>",
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
