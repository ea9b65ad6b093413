"""A family's page is read aloud where somebody asks for it, by the voice of their phone; else it loads no script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from gatepost.design.tests.test_in_browser import ORIGIN, chromium, serve
from gatepost.language.table import get

pytestmark = pytest.mark.browser
__all__ = ["chromium"]
VOICES = """window.said = [];
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => TAGS.map((lang) => ({lang, name: lang})), addEventListener() {}, cancel() { window.said.push("-"); },
  speak: (each) => window.said.push(`${each.lang}: ${each.text}`)}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; this.lang = ""; }
  set voice(given) {} get voice() { return null; } };"""
WORDS = '<h1>آپ اور سکول</h1><p>دعوت <b>نامہ</b></p><p lang="en" dir="ltr">As it was written</p>'


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    yield page
    page.close()


def html(**frame: Any) -> str:
    made = render_to_string("design/family.html", {"language": get("ur"), "school_name": "Elm Park", **frame})
    return made.replace("</main>", f"{WORDS}</main>")


def listen(phone: Page, *voices: str) -> None:
    phone.add_init_script(VOICES.replace("TAGS", str(list(voices))))
    serve(phone, html(listening=True))
    phone.goto(f"{ORIGIN}/")


def test_a_page_offers_it_without_a_script() -> None:
    page = html(listen_url="/t/abc/?listen=1")
    assert 'href="/t/abc/?listen=1"' in page and "<script" not in page


def test_each_part_is_read_in_its_own_language(phone: Page) -> None:
    listen(phone, "en-GB", "ur-PK")
    phone.get_by_role("button", name="Listen").click()
    assert phone.evaluate("said") == ["-", "ur: آپ اور سکول", "ur: دعوت نامہ", "en: As it was written"]
    phone.get_by_role("button", name="Stop").click()
    assert phone.evaluate("said.at(-1)") == "-"
    assert phone.get_by_role("button", name="Listen").is_visible()


def test_a_phone_without_the_voice_says_so(phone: Page) -> None:
    listen(phone, "en-GB")
    assert phone.get_by_text("This phone has no voice for this language.").is_visible()
    assert not phone.get_by_role("button", name="Listen").is_visible()
