"""The components in a real browser: no axe violation anywhere, nothing wider than a phone, and nothing typed is lost.

No server and no network: the browser gets the rendered gallery and the files of this package from here.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils.module_loading import import_string
from playwright.sync_api import Playwright

import gatepost.design

pytestmark = pytest.mark.browser
STATIC = Path(gatepost.design.__file__).parent / "static"
ORIGIN = "http://127.0.0.1:9"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PRESSED = (
    "main .button, .nav a, .tongues a, .exit, .choice label, .time label, summary, .back, .count, .errors a, "
    "select, textarea, .field > input"
)
FORM = """<!doctype html><html lang="en" dir="ltr"><title>Talk</title><main><h1>Talk</h1>
<form id="talk" method="post" action="/talk" data-autosave="/save" data-saved-at="{saved_at}">
<input type="hidden" name="revision" value="1"><label>Words <textarea name="words">{words}</textarea></label>
<label><input type="checkbox" name="yes" value="1"> Yes</label></form>{line}</main>
<script src="/static/design/staff.js" defer></script></html>"""


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[object]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    browser = playwright.chromium.launch(executable_path=program, args=quiet)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The gallery, rendered before any browser starts; no query is made on the way."""
    view = import_string("gatepost.design.views.gallery")
    frames = {"en": "page", "ur": "family"}
    return {
        f"{tag}-{frame}": view(RequestFactory().get(f"/?in={tag}&frame={frame}")).content.decode()
        for tag, frame in frames.items()
    }


def serve(page, html: str) -> None:
    """Answers every request of the page from here, and refuses whatever else it asks for."""

    def answer(route) -> None:
        path = route.request.url.removeprefix(ORIGIN).split("?")[0]
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and (STATIC / path.removeprefix("/static/")).is_file():
            file = STATIC / path.removeprefix("/static/")
            route.fulfill(body=file.read_text(), content_type=TYPES[file.suffix])
        else:
            route.abort()

    page.route("**/*", answer)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["en-page", "ur-family"])
def test_the_gallery_has_no_axe_violation_and_fits_a_phone(pages, chromium, name: str, width: int, scheme: str):
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    serve(page, pages[name])
    page.goto(f"{ORIGIN}/")
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).borderRadius") != "0px", "no style"
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("name", ["en-page", "ur-family"])
def test_everything_that_can_be_pressed_is_large_enough(pages, chromium, name: str):
    """WCAG 2.2, target size: 24 px, but for links inside a sentence."""
    page = chromium.new_page(viewport={"width": 320, "height": 900})
    serve(page, pages[name])
    page.goto(f"{ORIGIN}/")
    small = page.evaluate(
        """pressed => [...document.querySelectorAll(pressed)].filter(each => {
          const box = each.getBoundingClientRect(); return box.height < 24 || box.width < 24;
        }).map(each => each.outerHTML)""",
        PRESSED,
    )
    assert small == []
    page.close()


@pytest.fixture
def desk(chromium, pages):
    """A page with a form that saves itself, and what its server hears and answers."""
    from django.template import engines

    line = engines["django"].from_string('{% load design %}{% save_status "talk" %}').render()

    class Desk:
        def __init__(self) -> None:
            self.context = chromium.new_context()
            self.heard: list[str] = []
            self.tries: list[str] = []  # "1" after somebody typed, "again" when the page tries once more by itself
            self.status, self.body, self.away = 200, "{}", False

        def open(self, *, words: str = "", saved_at: str = ""):
            page = self.context.new_page()
            serve(page, FORM.format(words=words, saved_at=saved_at, line=line))
            page.route("**/save", self.save)
            page.goto(f"{ORIGIN}/")
            return page

        def save(self, route) -> None:
            self.tries.append(route.request.headers["x-autosave"])
            if self.away:
                return route.abort()
            self.heard.append(route.request.post_data)
            return route.fulfill(status=self.status, body=self.body, content_type="application/json")

    desk = Desk()
    yield desk
    desk.context.close()


def says(page, words: str) -> None:
    line = re.compile(f"^{words}" if words == "Saved" else words)
    page.get_by_role("status").filter(has_text=line).wait_for(timeout=8000)


def kept(page) -> object:
    return page.evaluate("localStorage.getItem('gatepost:talk')")


def test_words_are_saved_once_after_a_little_quiet(desk):
    desk.body = json.dumps({"revision": 7, "saved_at": 1800000000})
    page = desk.open()
    page.get_by_label("Words").press_sequentially("He reads to his sister")
    says(page, "Saved")
    assert len(desk.heard) == 1 and "He reads to his sister" in desk.heard[0]
    assert desk.tries == ["1"]
    assert page.locator("[name=revision]").input_value() == "7"
    assert kept(page) is None, "nothing stays on the device once it is saved"


def test_without_a_connection_words_are_kept_and_sent_later(desk):
    desk.away = True
    page = desk.open()
    page.get_by_label("Words").fill("Kind to small children")
    says(page, "kept on this device")
    assert "Kind to small children" in kept(page)
    desk.away = False
    says(page, "Saved")
    assert "Kind to small children" in desk.heard[-1] and kept(page) is None
    assert desk.tries[0] == "1" and set(desk.tries[1:]) == {"again"}


def test_words_come_back_after_the_page_was_lost(desk):
    desk.away = True
    page = desk.open(saved_at="5")
    page.get_by_label("Words").fill("Football stickers")
    page.get_by_label("Yes").check()
    says(page, "kept on this device")
    page.close()
    desk.away = False
    page = desk.open(saved_at="5")
    assert page.get_by_label("Words").input_value() == "Football stickers"
    assert page.get_by_label("Yes").is_checked()
    says(page, "Saved")
    assert "Football stickers" in desk.heard[-1]


def test_newer_words_of_the_school_are_not_overwritten(desk):
    desk.away = True
    page = desk.open(saved_at="5")
    page.get_by_label("Words").fill("old")
    says(page, "kept on this device")
    page.close()
    page = desk.open(words="written since, on the tablet", saved_at="4000000000")
    assert page.get_by_label("Words").input_value() == "written since, on the tablet"


def test_a_refusal_is_told_in_the_servers_words_and_saving_stops(desk):
    desk.status, desk.body = 409, json.dumps({"message": "Mr Nye has changed this since."})
    page = desk.open()
    page.get_by_label("Words").fill("mine")
    says(page, "Mr Nye has changed this since.")
    page.get_by_label("Words").fill("mine, and more")
    page.wait_for_timeout(1200)
    assert len(desk.heard) == 1
    assert "mine, and more" in kept(page)


def test_signed_out_is_not_saved(desk):
    page = desk.open()
    page.route("**/save", lambda route: route.fulfill(status=302, headers={"Location": "/"}))
    page.get_by_label("Words").fill("Who am I")
    says(page, "Not saved yet")
    assert "Who am I" in kept(page)
