"""Families who book at the same moment: browsers without script, each with its own connection and cookies."""

from __future__ import annotations

import http.client
import random
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from urllib.parse import urlencode, urlsplit

PATIENCE = 180  # seconds
TRIES = 60
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_INPUT = re.compile(r"<input[^>]*>")
_VALUE = re.compile(r'value="([^"]+)"')
HAS_ONE = "You have a time"


@dataclass
class Rush:
    """How it went: what became of each family, and how long each page took."""

    ends: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    took: float = 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the pages came."""
        ordered = sorted(self.seconds)
        return round(1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)], 1)


def rush(origin: str, paths: list[str], seed: int) -> Rush:
    """Let all of them begin together. Each tries until it has a time, or none is left."""
    seen, together = Rush(), Barrier(len(paths) + 1)
    with ThreadPoolExecutor(len(paths)) as pool:
        running = [
            pool.submit(_Family(origin, path, random.Random(f"{seed}:{number}"), seen.seconds).come, together)
            for number, path in enumerate(paths)
        ]
        together.wait(PATIENCE)
        began = time.perf_counter()
        seen.ends.update(each.result() for each in running)
    seen.took = time.perf_counter() - began
    return seen


class _Family:
    def __init__(self, origin: str, path: str, dice: random.Random, seconds: list[float]) -> None:
        self.at, self.path, self.dice, self.seconds = urlsplit(origin), path, dice, seconds
        self.line: http.client.HTTPConnection | None = None
        self.cookies: dict[str, str] = {}

    def come(self, together: Barrier) -> str:
        """Open the page, choose, press; again while somebody else was quicker."""
        together.wait(PATIENCE)
        try:
            status, page = self._ask("GET", self.path)
            for _ in range(TRIES):
                if status != 200:
                    return f"status {status}"
                if HAS_ONE in page:
                    return "booked"
                times = _times_in(page)
                if not times:
                    return "nothing left"
                status, page = self._press(page, times)
            return "gave up"
        except OSError as problem:
            return type(problem).__name__
        finally:
            if self.line:
                self.line.close()

    def _press(self, page: str, times: list[str]) -> tuple[int, str]:
        """Most want the early ones."""
        wished = times[int(len(times) * self.dice.random() ** 3)]
        token = _TOKEN.search(page)
        body = urlencode({"csrfmiddlewaretoken": token[1] if token else "", "slot": wished})
        return self._ask("POST", self.path, body)

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """One page, and where it leads to."""
        for _ in range(5):
            status, to, page = self._once(method, path, body)
            if status not in (302, 303):
                return status, page
            method, path, body = "GET", to or path, ""
        return 310, ""

    def _once(self, method: str, path: str, body: str) -> tuple[int, str, str]:
        began = time.perf_counter()
        if self.line is None:
            self.line = http.client.HTTPConnection(self.at.hostname or "", self.at.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.at.geturl()}
        self.line.request(method, path, body or None, headers)
        answer = self.line.getresponse()
        page = answer.read().decode()
        self.seconds.append(time.perf_counter() - began)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location") or "", page


def _times_in(page: str) -> list[str]:
    inputs = (found[0] for found in _INPUT.finditer(page))
    values = (_VALUE.search(each) for each in inputs if 'name="slot"' in each and "disabled" not in each)
    return [value[1] for value in values if value]
