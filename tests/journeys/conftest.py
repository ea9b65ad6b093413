"""A served school of its own, a Chromium that sees nothing but this machine, and words for what people do in it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
PATIENCE = 60.0
GATEPOST = [sys.executable, "-m", "gatepost"]


@dataclass
class Served:
    """A running school: where it is, and how to give it commands."""

    origin: str
    environment: dict[str, str]

    def command(self, *words: str) -> str:
        """Run one `gatepost` command in its data folder."""
        done = subprocess.run([*GATEPOST, *words], env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serving(data: Path, prepare: list[list[str]]) -> Iterator[Served]:
    """Prepare a data folder with commands, serve it, and stop it afterwards."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GATEPOST_", "DATABASE_"))}
    environment |= {"GATEPOST_DATA": str(data), "GATEPOST_DEMO": "1", "GATEPOST_ORIGIN": origin}
    environment["DJANGO_SETTINGS_MODULE"] = "gatepost.config.settings"
    school = Served(origin, environment)
    for words in prepare:
        school.command(*words)
    with (data / "serve.log").open("w") as log:
        server = subprocess.Popen([*GATEPOST, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"{origin}/healthz", server)
            yield school
        finally:
            server.terminate()
            server.wait(timeout=15)


def wait_for(url: str, server: subprocess.Popen[Any]) -> None:
    """Wait until it answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo school, as `make demo` serves it."""
    yield from serving(tmp_path_factory.mktemp("demo"), [["demo", "--prepare-only"]])


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
    context = chromium.new_context(base_url=demo.origin, viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(chromium: Browser, demo: Served) -> Iterator[Page]:
    """A parent with an old phone: 320 pixels wide, no script."""
    context = old_phone(chromium, demo)
    yield context.new_page()
    context.close()


def old_phone(chromium: Browser, school: Served) -> BrowserContext:
    """One more phone."""
    size = {"width": 320, "height": 640}
    return chromium.new_context(base_url=school.origin, viewport=size, java_script_enabled=False)  # type: ignore[arg-type]
