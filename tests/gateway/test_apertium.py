"""English into Spanish through Debian's Apertium: a real engine, started here on a port of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator

import pytest
from django.test import override_settings

from gatepost.language import engines
from gatepost.org import services as org
from gatepost.reach.models import Message, Translation
from gatepost.reach.services import drafting, reviewing, threads
from gatepost.testing import Cast

pytestmark = pytest.mark.gateway


@pytest.fixture(scope="module")
def apertium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs while these tests do."""
    program = shutil.which("apertium-apy", path="/usr/bin:/usr/local/bin")
    assert program, "apertium-apy is not installed: `make test` installs it"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = (tmp_path_factory.mktemp("apertium") / "said").open("wb")
    command = [program, "-p", str(port), "/usr/share/apertium"]
    utf_8 = os.environ | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}  # it does not start without
    with said, subprocess.Popen(command, env=utf_8, stdout=said, stderr=said) as server:
        _wait_for(server, port)
        yield f"http://127.0.0.1:{port}"
        server.kill()


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Until it answers, and has its words in memory: on a busy machine that takes a while."""
    first = f"http://127.0.0.1:{port}/translate?langpair=eng|spa&q=day"
    until = time.monotonic() + 180
    while time.monotonic() < until:
        assert server.poll() is None, "apertium-apy has ended"
        try:
            with urllib.request.urlopen(first.replace("|", "%7C"), timeout=60):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("apertium-apy does not answer")


def test_names_numbers_and_links_come_back_as_they_were(apertium: str) -> None:
    with override_settings(GATEPOST_APERTIUM_URL=apertium):
        made = engines.draft("Ayan has read 12 books. See https://a.example/t/x1 at 5.10pm.", "en", "es", ["Ayan"])
    assert "Ayan" in made.words and "12 libros" in made.words and "https://a.example/t/x1" in made.words
    assert "5.10" in made.words and made.engine == "Apertium (eng–spa)"


def test_what_it_does_not_know_is_said_and_not_shown(apertium: str) -> None:
    with override_settings(GATEPOST_APERTIUM_URL=apertium):
        with pytest.raises(engines.EngineFailed, match="did not know"):
            engines.draft("Zorble flimsch grumpf wizzle.", "en", "es")
        with pytest.raises(engines.EngineFailed, match="400"):
            engines.draft("Good day", "en", "ur")


def test_a_message_leaves_with_its_draft_and_a_person_puts_it_right(apertium: str, cast: Cast) -> None:
    cast.jo.language = "es"
    cast.jo.save()
    with override_settings(GATEPOST_APERTIUM_URL=apertium):
        message = threads.write(cast.jo, "Ella has read two books.", about=cast.ella, by=cast.actor_of(cast.ode))
        assert message.state == Message.State.TO_SAY and not cast.told(cast.jo)
        assert drafting.draft_due(cast.school) == 1
        assert drafting.draft_due(cast.school) == 0
    row = Translation.objects.get()
    assert (row.state, row.engine) == (Translation.State.PROPOSED, "Apertium (eng–spa)")
    (letter,) = cast.letters(cast.jo)
    assert "libros" in letter and "not checked" in letter and "Ella has read two books." in letter
    org.ask_to_read(cast.birch, "es", school=cast.school, by=cast.actor_of(cast.bell))
    reviewing.review(row, row.words.replace("Ella", "Ella"), by=cast.actor_of(cast.birch))
    (mark,) = drafting.marks()
    assert (mark["all"], mark["none"]) == (1, 1)
