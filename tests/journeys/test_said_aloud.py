"""Ms Ode records her voice in the browser; Amina presses play on her page, and hears it."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.conftest import FLAGS, at_a_desk
from tests.journeys.people import become, letters, link_in, newest_code, newest_letter
from tests.journeys.served import Served

pytestmark = pytest.mark.browser

MADE_UP = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]  # a voice without a microphone
PLAYED = "media => media.play().then(() => [media.currentSrc.includes('/hear/'), media.duration > 0])"


def test_a_voice_is_recorded_and_heard(playwright: Playwright, demo: Served) -> None:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS + MADE_UP)
    wrong: list[str] = []
    desk = at_a_desk(browser, demo)
    page = desk.new_page()
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    become(page, "Ms Ode")
    _write(page)
    page.get_by_role("link", name="Say it aloud").last.click()
    page.get_by_label("In which language is it?").select_option("so")
    page.get_by_role("button", name="Record my voice").click()
    expect(page.locator("[data-record-time]")).to_have_text("1 s")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-record-audio]")).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Families who speak this language hear it")).to_be_visible()
    phone = browser.new_context(base_url=demo.origin, viewport={"width": 320, "height": 640})
    parent = phone.new_page()
    parent.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    _open(parent, "Amina Warsame")
    voice = parent.locator("audio").last
    assert voice.evaluate(PLAYED) == [True, True]
    assert wrong == []
    browser.close()


def _write(page: Page) -> None:
    """A message to Amina, in words of one's own."""
    page.goto("/reach/talks/?name=ayan")
    address = page.locator("main a[href*='/reach/adults/']", has_text="Amina").get_attribute("href") or ""
    page.goto(address.partition("talk/")[0] + "write/")
    page.get_by_text("No sentence of the phrasebook says it").click()
    page.get_by_label("What would you like to say?").fill("He read aloud to us.")
    page.get_by_role("button", name="Send", exact=True).click()


def _open(page: Page, name: str) -> None:
    """Her link, and the code that she asks for."""
    link = link_in(newest_letter(page, name, having="/t/"))
    known = len(letters(page, name))
    page.goto(f"{link}?in=en")
    page.get_by_role("button", name="Send me a code").click()
    digits = newest_code(page, name, after=known)
    page.goto(f"{link}?in=en")
    page.locator("#id_code").fill(digits)
    page.get_by_role("button", name="Open the page").first.click()
