"""A telephone loses its signal while it books, after every number of bytes: nothing is half done, nothing done twice.

    .venv/bin/python -m bench.lost_connection

First the form is cut after each number of bytes up to 4,096: nothing may stand in the database. Then the answer is cut
after each number of bytes, and the same form is sent again: each family has one time, and was told of it once.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
from collections import Counter
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

from bench.booking import tables_in
from bench.rush.families import HAS_ONE
from tests.journeys.served import Served, database_of_its_own, serving
from tests.journeys.test_lost_connection import ask

MOST = 4096
FAMILIES = 1000  # one for each length of an answer: how often one link may act in an hour is limited
PATIENCE = 30.0


def main() -> None:
    """Both directions, and one line of JSON."""
    with (
        tempfile.TemporaryDirectory() as before,
        patch.dict(os.environ, {"EMPTY_DATABASE": tables_in(before)}),
        tempfile.TemporaryDirectory() as folder,
        database_of_its_own() as database,
        serving(Path(folder), prepare=[], mode="", database=database) as school,
    ):
        made = school.script("bench.rush.school", "make", str(FAMILIES))
        ids = made["school"], made["organisation"]
        forms = _cut_forms(school, made["links"][0])
        nothing = school.script("bench.rush.school", "count", *ids)
        ends, longest = _cut_answers(school, made["links"])
        after = school.script("bench.rush.school", "count", *ids)
    wrong = bool(nothing["booked"] or nothing["told"] or after["double"] or after["broken_chain"])
    wrong |= after["booked"] != after["told"] or set(ends) != {"booked"} or after["booked"] != sum(ends.values())
    figures = {"forms_cut": forms, "answers_cut": longest, "ends": ends, "before": nothing, "after": after}
    print(json.dumps(figures | {"wrong": wrong}))
    sys.exit(wrong)


def _cut_forms(school: Served, link: str) -> int:
    """A long form, cut after each number of bytes that is less than all of it."""
    request, _ = _form(school, link, words="x" * MOST)
    for length in range(1, MOST + 1):
        _send(school, request[:length])
    return MOST


def _cut_answers(school: Served, links: list[str]) -> tuple[Counter[str], int]:
    """For each number of bytes of the answer another family: it sees so much of it, and sends the form again."""
    ends: Counter[str] = Counter()
    for length, link in enumerate(links):
        request, cookie = _form(school, link)
        seen = _send(school, request, length)
        _send(school, request, MOST)
        page, _ = ask(school.origin, _port(school), link, cookie)
        ends["booked" if HAS_ONE in page else "not booked"] += 1
        if len(seen) < length:  # all of it has come
            break
    return ends, length


def _form(school: Served, link: str, words: str = "") -> tuple[bytes, str]:
    """The form that the page of this link offers, as a request; and the cookie that belongs to it."""
    page, cookie = ask(school.origin, _port(school), link)
    typed = {
        name: page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("csrfmiddlewaretoken", "seen")
    }
    free = next(each for each in page.split('name="slot" value="')[1:] if "disabled" not in each.partition(">")[0])
    body = urlencode(typed | {"slot": free.partition('"')[0], "supporter": words[:200], "talk_about": words})
    head = (
        f"POST {link} HTTP/1.1\r\nHost: {urlsplit(school.origin).netloc}\r\nConnection: close\r\nCookie: {cookie}\r\n"
    )
    head += f"Origin: {school.origin}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode(), cookie


def _send(school: Served, request: bytes, hears: int = 0) -> bytes:
    """Send these bytes, hear so many, and be gone."""
    heard = b""
    with socket.create_connection(("127.0.0.1", _port(school)), timeout=PATIENCE) as line:
        line.sendall(request)
        while len(heard) < hears and (more := line.recv(hears - len(heard))):
            heard += more
    return heard


def _port(school: Served) -> int:
    return urlsplit(school.origin).port or 0


if __name__ == "__main__":
    main()
