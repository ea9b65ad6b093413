"""A telephone loses its signal while it books: sent again, the form has one effect, and the receipt is shown."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.journeys.served import database_of_its_own, serving

NOTHING = {"bookings": 0, "taken": 0, "answers": 0, "told": 0}
ONE = {"bookings": 1, "taken": 1, "answers": 1, "told": 1}


@contextmanager
def cutting(port: int, after: int | None) -> Iterator[int]:
    """A proxy for one request: it passes on so many bytes of it, or all of it and no byte of the answer."""
    with socket.create_server(("127.0.0.1", 0)) as listens:

        def pass_on() -> None:
            phone, _ = listens.accept()
            with phone, socket.create_connection(("127.0.0.1", port)) as school:
                sent = phone.recv(65_536)
                school.sendall(sent if after is None else sent[:after])
                if after is None:
                    school.recv(65_536)  # the school has answered: it has written everything down

        thread = threading.Thread(target=pass_on)
        thread.start()
        yield listens.getsockname()[1]
        thread.join(30)


def ask(origin: str, port: int, path: str, cookie: str = "", form: dict[str, str] | None = None) -> tuple[str, str]:
    """One request in one piece; the page (or where it leads to), and the cookie."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    body = urlencode(form) if form else ""
    head = f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\nHost: {urlsplit(origin).netloc}\r\nConnection: close\r\n"
    head += f"Cookie: {cookie}\r\nOrigin: {origin}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    connection.connect()
    connection.sock.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
    answer = connection.response_class(connection.sock, method="POST" if form else "GET")
    answer.begin()
    page = answer.read().decode()
    return answer.headers.get("Location") or page, (answer.headers.get("Set-Cookie") or cookie).partition(";")[0]


def _lose(origin: str, port: int, path: str, cookie: str, form: dict[str, str], after: int | None) -> None:
    """Send a form by a line that is cut."""
    with cutting(port, after) as cut, pytest.raises((RemoteDisconnected, OSError)):
        ask(origin, cut, path, cookie, form)


def test_a_booking_whose_receipt_was_lost_is_booked_once(tmp_path: Path) -> None:
    with (
        database_of_its_own() as database,
        serving(tmp_path, prepare=[], mode="GATEPOST_DEBUG", database=database) as school,
    ):
        made = school.script("tests.journeys.lost", "prepare")
        port, ids = urlsplit(school.origin).port or 0, (made["school"], made["organisation"])
        page, cookie = ask(school.origin, port, made["link"])
        form = {
            name: re.search(rf'name="{name}" value="([^"]+)"', page)[1]  # type: ignore[index]  # else it fails here
            for name in ("csrfmiddlewaretoken", "seen", "slot")
        }
        words = form | {"talk_about": "x" * 2000}
        for after in (1, 40, 300, 1500):  # into the request line, the head, the form itself, and what they wrote
            _lose(school.origin, port, made["link"], cookie, words, after)
        assert school.script("tests.journeys.lost", "count", *ids) == NOTHING
        _lose(school.origin, port, made["link"], cookie, form, None)
        assert school.script("tests.journeys.lost", "count", *ids) == ONE
        leads, cookie = ask(school.origin, port, made["link"], cookie, form)
        receipt, _ = ask(school.origin, port, leads, cookie)
        assert school.script("tests.journeys.lost", "count", *ids) == ONE
    assert "overtaken" not in leads and made["link"].partition("?")[0] in leads
    assert "<h1" in receipt and 'name="slot"' not in receipt
