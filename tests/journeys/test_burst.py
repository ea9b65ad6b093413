"""A hundred families press the button at once for five places: five get one, everybody else a friendly page."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Barrier

from tests.journeys.burst import FAMILIES, PLACES
from tests.journeys.served import database_of_its_own, serving


def press(url: str, number: int, together: Barrier) -> tuple[int, str]:
    """One family: open the page, wait for all the others, pick a time, press the button."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = browser.open(url, timeout=60).read().decode()
    times = re.findall(r'name="slot"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="slot"', page)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token and times, page
    slot = "".join(times[number % len(times)])
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "slot": slot}).encode()
    together.wait(timeout=120)
    try:
        answer = browser.open(urllib.request.Request(url, body, {"Origin": url.partition("/i/")[0]}), timeout=120)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    return answer.status, answer.read().decode()


def test_a_hundred_families_and_five_places(tmp_path: Path) -> None:
    with (
        database_of_its_own() as database,
        serving(tmp_path, prepare=[], mode="GATEPOST_DEBUG", database=database) as school,
    ):
        made = school.script("tests.journeys.burst", "prepare")
        links = [school.origin + link for link in made["links"]]
        assert len(links) == FAMILIES
        together = Barrier(FAMILIES)
        with ThreadPoolExecutor(FAMILIES) as families:
            answers = list(families.map(press, links, range(FAMILIES), [together] * FAMILIES))
        counted = school.script("tests.journeys.burst", "count", made["school"], made["organisation"])
    booked = [page for _, page in answers if "You have a time" in page]
    sorry = [page for _, page in answers if "just been taken" in page]
    assert {status for status, _ in answers} == {200}
    assert len(booked) == PLACES
    assert len(sorry) == FAMILIES - PLACES
    assert counted == {"booked": PLACES, "adults": PLACES, "taken": PLACES, "overfull": 0, "broken_chain": 0}
