"""The other side of the wire, in a process of its own: a mail server and a text gateway with every bad habit.

What it takes it writes down before it answers, one line each: the message's own name, and whether the message says
that it may be a repeat. That file is the truth that the ledger is held against.
"""

from __future__ import annotations

import os
import random
import re
import signal
import socketserver
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

FINE, LATER, REFUSED_AFTER, GONE_AFTER, GONE_BEFORE = "fine", "later", "452 after", "gone after", "gone before"
NEVER = "never"
GOT = re.compile(r"Got message \d+: <([0-9a-f]{32}) \S+ (?:udh %05%00%03%\w\w%\w\w%(\w\w) data|text) ")
QUIET = 3  # seconds
RECIPIENTS = {LATER: "451 come back later", NEVER: "550 nobody here"}  # what those are told who are not taken
HABITS = [FINE] * 15 + [LATER, NEVER, REFUSED_AFTER, GONE_AFTER, GONE_BEFORE]


@dataclass(frozen=True)
class Sink:
    """Where it listens, and what it has taken."""

    mail_port: int
    text_port: int
    file: Path
    network: Path | None = None  # where a mobile network behind a real gateway notes what its telephones get

    def taken(self) -> dict[str, list[bool]]:
        """Every message by its name: for each copy whether it said that it may be a repeat."""
        found: dict[str, list[bool]] = {}
        for line in self.file.read_text().splitlines():
            name, repeat = line.split()
            found.setdefault(name, []).append(repeat == "repeat")
        for name in self._on_the_network():
            found.setdefault(name, []).append(False)
        return found

    def _on_the_network(self) -> list[str]:
        """Each text that a telephone got, by our name for it: of one in parts its first."""
        said = self.network.read_text(errors="replace") if self.network else ""
        return [name for name, part in GOT.findall(said) if part in {"", "01"}]

    def wait_for_the_network(self) -> None:
        """A gateway passes on what it has taken in its own time: until nothing has come for a while."""
        seen = -1
        while self.network and seen != (size := self.network.stat().st_size):
            seen = size
            time.sleep(QUIET)


@contextmanager
def sink(file: Path, seed: int) -> Iterator[Sink]:
    """Let it run in a process of its own until the block ends."""
    file.touch()
    mail = _Mail(("127.0.0.1", 0), _MailTalk)
    text = ThreadingHTTPServer(("127.0.0.1", 0), _TextTalk)
    mail.daemon_threads = text.daemon_threads = True
    pid = os.fork()
    if pid == 0:
        _serve(mail, text, file, seed)
    try:
        yield Sink(mail.server_address[1], text.server_address[1], file)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        mail.server_close()
        text.server_close()


class _Mail(socketserver.ThreadingTCPServer):
    request_queue_size = 50


class _Habits:
    """What the sink does next, and where it writes."""

    dice = random.Random()
    file = -1

    @classmethod
    def next(cls) -> str:
        """A habit; and sometimes it takes its time, so that senders are killed while they wait."""
        time.sleep(cls.dice.random() * 0.004)
        return cls.dice.choice(HABITS)

    @classmethod
    def take(cls, name: str, repeat: bool) -> None:
        """It has the message from now on."""
        os.write(cls.file, f"{name} {'repeat' if repeat else 'first'}\n".encode())
        time.sleep(cls.dice.random() * 0.008)


def _serve(mail: socketserver.BaseServer, text: socketserver.BaseServer, file: Path, seed: int) -> None:
    import threading

    _Habits.dice = random.Random(seed)
    _Habits.file = os.open(file, os.O_WRONLY | os.O_APPEND)
    try:
        threading.Thread(target=text.serve_forever, daemon=True).start()
        mail.serve_forever()
    finally:
        os._exit(0)


class _MailTalk(socketserver.StreamRequestHandler):
    """Enough of SMTP for one sender."""

    def handle(self) -> None:
        """One connection."""
        try:
            self._talk()
        except OSError:
            return  # who spoke to us was killed

    def _talk(self) -> None:
        self._say("220 ready")
        habit, known = _Habits.next(), False
        while line := self.rfile.readline().decode(errors="replace").strip():
            word = line[:4].upper()
            if word == "QUIT":
                return self._say("221 bye")
            if word == "MAIL":
                habit = _Habits.next()
            if word == "DATA" and known:
                if not self._text(habit):
                    return None
            elif word == "RCPT":
                known = habit not in RECIPIENTS
                self._say(RECIPIENTS.get(habit, "250 fine"))
            else:
                self._say({"EHLO": "250-here\r\n250 PIPELINING", "DATA": "503 to whom?"}.get(word, "250 fine"))
        return None

    def _text(self, habit: str) -> bool:
        """Take a message in, or not; whether we go on talking."""
        self._say("354 go on")
        if habit == GONE_BEFORE:
            return False
        lines: list[str] = []
        while (line := self.rfile.readline().decode(errors="replace")) != ".\r\n":
            if not line:
                return False  # killed before the final dot: nobody has it
            lines.append(line)
        if habit == REFUSED_AFTER:
            self._say("452 full")
            return True
        name = next(line for line in lines if line.startswith("Message-ID:")).split("<")[1].split("@")[0]
        _Habits.take(name, any(line.startswith("X-May-Be-A-Repeat:") for line in lines))
        if habit == GONE_AFTER:
            return False
        self._say("250 taken")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class _TextTalk(BaseHTTPRequestHandler):
    """A text gateway: it takes what it is asked to, under our own name for it."""

    def do_GET(self) -> None:
        """One text."""
        habit = _Habits.next()
        name = parse_qs(urlsplit(self.path).query)["id"][0]
        if habit == GONE_BEFORE:
            self.close_connection = True
            return
        if habit in {LATER, REFUSED_AFTER, NEVER}:
            self.send_response(403 if habit == NEVER else 503)
            self.end_headers()
            return
        _Habits.take(name, False)  # a text says nothing of itself: there, the ledger has to
        if habit == GONE_AFTER:
            self.close_connection = True
            return
        self.send_response(202)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nothing to say."""
