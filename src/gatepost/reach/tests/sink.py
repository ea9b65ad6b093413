"""A mail server that plays a part: it answers each step with the words of its script, hangs up, falters, or dawdles."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from django.test import override_settings

HANG_UP, SILENCE, DRIBBLE = "(hangs up)", "(says nothing)", "(one letter after the other) "
FRIENDLY = {
    "hello": "220 ready",
    "EHLO": "250 here",
    "MAIL": "250 fine",
    "RCPT": "250 fine",
    "DATA": "354 go on",
    "end": "250 taken",
    "RSET": "250 ok",
    "STAR": "454 no TLS today",
    "QUIT": "221 bye",
}
PATIENCE = 0.3  # seconds that our side waits for a word


class Sink(threading.Thread):
    """Enough of RFC 5321 for one sender, as the script says; a step may have one answer for each time it comes."""

    def __init__(self, script: Mapping[str, str | list[str]]) -> None:
        """Listen on a port of its own."""
        super().__init__(daemon=True)
        self.script: dict[str, Any] = {**FRIENDLY, **script}
        self.taken: list[bytes] = []
        self.connections = 0
        self.socket = socket.create_server(("127.0.0.1", 0))

    def stop(self) -> None:
        """Close the port."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def run(self) -> None:
        """Serve one after the other."""
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            with suppress(OSError), connection, connection.makefile("rwb") as lines:
                self._talk(lines)

    def _talk(self, lines: Any) -> None:
        if not self._say("hello", lines):
            return
        while line := lines.readline():
            step = line[:4].decode("ascii", "replace").upper()
            goes_on = self._say(step, lines)
            if not goes_on or step == "QUIT":
                return
            if step == "DATA" and goes_on.startswith("354"):
                text = _text(lines)
                if not text:
                    return
                self.taken.append(b"".join(text[:-1]))
                if not self._say("end", lines):
                    return

    def _say(self, step: str, lines: Any) -> str:
        """What was said; blank: it has hung up."""
        part = self.script.get(step, "500 what?")
        words: str = (
            part.pop(0) if isinstance(part, list) and len(part) > 1 else part[0] if isinstance(part, list) else part
        )
        if words == HANG_UP:
            return ""
        if words == SILENCE:
            time.sleep(PATIENCE * 2)
            return ""
        slowly = words.startswith(DRIBBLE)
        words = words.removeprefix(DRIBBLE)
        goes_on = words.removesuffix(HANG_UP)
        for piece in [bytes([each]) for each in f"{goes_on}\r\n".encode()] if slowly else [f"{goes_on}\r\n".encode()]:
            lines.write(piece)
            lines.flush()
        return goes_on if goes_on == words else ""


def _text(lines: Any) -> list[bytes]:
    """The lines of a text and its last dot; none where it ends without one: nobody has it."""
    read = list[bytes]()
    while line := lines.readline():
        read.append(line)
        if line == b".\r\n":
            return read
    return []


@contextmanager
def sink(script: Mapping[str, str | list[str]], **options: Any) -> Iterator[Sink]:
    """A mail server with this script, for as long as the block lasts, and our mail going to it."""
    server = Sink(script)
    server.start()
    host = {"host": "127.0.0.1", "port": server.socket.getsockname()[1], "timeout": PATIENCE, **options}
    mailers = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": host}}
    try:
        with override_settings(MAILERS=mailers, GATEPOST_CHANNELS={"email": "gatepost.reach.channels.smtp.Smtp"}):
            yield server
    finally:
        server.stop()
