"""Mail against a mail server that speaks SMTP and does as the test tells it."""

from __future__ import annotations

import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.test import override_settings

from gatepost.reach.delivery import sender
from gatepost.reach.models import Delivery
from gatepost.testing import Cast

SMTP = "gatepost.reach.channels.smtp.Smtp"


class MailServer(threading.Thread):
    """Enough of RFC 5321 for one sender: greets, takes, refuses, or hangs up."""

    def __init__(self, *, hello: str = "250 here", recipient: str = "250 fine", end: str = "250 taken") -> None:
        super().__init__(daemon=True)
        self.answers = {
            "EHLO": hello,
            "MAIL": "250 fine",
            "RCPT": recipient,
            "DATA": "354 go on",
            "RSET": "250 ok",
        }
        self.end = end
        self.taken: list[tuple[list[str], bytes]] = []
        self.socket = socket.create_server(("127.0.0.1", 0))

    def stop(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)  # closing alone leaves a waiting `accept` its port
        self.socket.close()

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as lines:
                self.talk(lines)

    def talk(self, lines) -> None:  # type: ignore[no-untyped-def]
        recipients: list[str] = []

        def say(words: str) -> None:
            lines.write(words.encode() + b"\r\n")
            lines.flush()

        say("220 ready")
        while line := lines.readline().decode().strip():
            word = line[:4].upper()
            if word == "QUIT":
                return say("221 bye")
            if word == "RCPT":
                recipients.append(line)
            say(self.answers.get(word, "500 what?"))
            if word == "DATA":
                text = b"".join(iter(lines.readline, b".\r\n"))
                self.taken += [(recipients, text)] if text else []
                if not self.end:
                    return
                say(self.end)


@contextmanager
def mail_server(**moods: str) -> Iterator[MailServer]:
    server = MailServer(**moods)
    server.start()
    port = server.socket.getsockname()[1]
    backend = "django.core.mail.backends.smtp.EmailBackend"
    mailers = {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5}}}
    try:
        with override_settings(MAILERS=mailers, GATEPOST_CHANNELS={"email": SMTP}):
            yield server
    finally:
        server.stop()


def hand_over_jos(cast: Cast) -> Delivery:
    """Send Jo's invitation alone."""
    cast.invite_all()
    Delivery.objects.exclude(notice__adult=cast.jo).delete()
    sender.send_due(cast.school)
    return Delivery.objects.get(notice__adult=cast.jo)


def test_one_letter_has_one_recipient_and_says_all(cast: Cast) -> None:
    with mail_server() as server:
        delivery = hand_over_jos(cast)
    assert delivery.state == Delivery.State.ACCEPTED
    ((recipients, text),) = server.taken
    assert len(recipients) == 1
    message = email.message_from_bytes(text, policy=email.policy.default)
    assert delivery.pk.hex in str(message["Message-ID"])
    assert message["Cc"] is message["Bcc"] is None
    assert "Ella" in str(message["Subject"])
    assert "bring someone" in message.get_body(("plain",)).get_content()


@pytest.mark.parametrize("hello", ["250 here", "250-here\r\n250 PIPELINING"])
@pytest.mark.parametrize(
    ("moods", "state"),
    [
        ({}, "accepted"),
        ({"recipient": "550 no such mailbox"}, "failed"),
        ({"recipient": "451 come back later"}, "queued"),
        ({"end": "554 not this"}, "failed"),
        ({"end": "452 full"}, "queued"),
        ({"end": ""}, "uncertain"),
    ],
)
def test_what_the_server_says_decides(cast: Cast, hello: str, moods: dict[str, str], state: str) -> None:
    with mail_server(hello=hello, **moods) as server:
        assert hand_over_jos(cast).state == state
    assert len(server.taken) == ("end" in moods or not moods), "a text goes only to a recipient who was taken"


def test_a_server_that_is_away_is_tried_again(cast: Cast) -> None:
    with mail_server() as server:
        server.stop()
        assert hand_over_jos(cast).state == "queued"
