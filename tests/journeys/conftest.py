"""A served demo school, and a Chromium that sees nothing but this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.journeys.served import Served, serving

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += [
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

expect.set_options(timeout=20_000)  # a busy machine is no failure


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo school, as `make demo` serves it."""
    with serving(tmp_path_factory.mktemp("demo"), prepare=[["demo", "--prepare-only"]]) as school:
        yield school


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium")
    assert program, "chromium is not installed"
    browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def staff(chromium: Browser, demo: Served) -> Iterator[Page]:
    """A member of staff at a desk."""
    context = at_a_desk(chromium, demo)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(chromium: Browser, demo: Served) -> Iterator[Page]:
    """A parent with an old phone: 320 pixels wide, no script."""
    context = old_phone(chromium, demo)
    yield context.new_page()
    context.close()


def at_a_desk(chromium: Browser, school: Served) -> BrowserContext:
    """One more desk."""
    return chromium.new_context(base_url=school.origin, viewport={"width": 1280, "height": 900}, locale="en-GB")


def old_phone(chromium: Browser, school: Served) -> BrowserContext:
    """One more phone."""
    return chromium.new_context(
        base_url=school.origin, viewport={"width": 320, "height": 640}, java_script_enabled=False
    )
