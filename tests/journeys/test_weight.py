"""What a family's pages weigh on the way to an old phone, counted by the browser itself, headers included."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import at_a_desk, old_phone
from tests.journeys.people import become, book, letter_with, link_in
from tests.journeys.served import Served
from tests.journeys.test_access import invite

pytestmark = pytest.mark.browser

FIRST, NEXT = 60_000, 20_000  # interface.md


@dataclass
class Scales:
    """Weighs everything that a page transfers, redirects too."""

    page: Page
    weights: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._asked: dict[str, str] = {}
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", self._ask)
        wire.on("Network.loadingFinished", self._come)

    def _ask(self, event: dict[str, Any]) -> None:
        before = event.get("redirectResponse")
        if before:
            self.weights.append((before["url"], int(before["encodedDataLength"])))
        self._asked[event["requestId"]] = f"{event['type']} {event['request']['url']}"

    def _come(self, event: dict[str, Any]) -> None:
        self.weights.append((self._asked.get(event["requestId"], "?"), int(event["encodedDataLength"])))

    def empty(self) -> list[tuple[str, int]]:
        """What came since the last time, once the wire is quiet."""
        self.page.wait_for_load_state("networkidle")
        came, self.weights = self.weights, []
        return came


def total(came: list[tuple[str, int]]) -> int:
    return sum(weight for _, weight in came)


def a_link(chromium: Browser, demo: Served) -> str:
    """The link in some family's letter: one that speaks Urdu, whose words weigh the most."""
    context = at_a_desk(chromium, demo)
    page = context.new_page()
    become(page, "Mrs Finch")
    invite(page, "Herons", in_days=35)
    letter_with(page, "Qureshi", "/i/")
    link = link_in(page.locator("main .message").inner_text())
    context.close()
    return link


def test_a_familys_pages_weigh_little(demo: Served, chromium: Browser) -> None:
    link = a_link(chromium, demo)
    context = old_phone(chromium, demo)
    page = context.new_page()
    scales = Scales(page)
    page.goto(f"{link}?in=ur")
    first = scales.empty()
    assert page.locator("script").count() == 0
    book(page)
    expect(page.locator("button[value=give_back]")).to_be_visible()
    following = scales.empty()
    assert page.locator("script").count() == 0
    context.close()
    told = (
        f"first {total(first)} bytes in {len(first)}: {first}; next {total(following)} in {len(following)}: {following}"
    )
    assert 0 < total(first) <= FIRST, told
    assert 0 < total(following) <= NEXT, told
    assert not [kind for kind, _ in first + following if kind.startswith("Script")], told
