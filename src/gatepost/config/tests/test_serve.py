"""What `gatepost serve` starts, it watches; and what it cannot do, it says before it starts anything."""

import multiprocessing
import signal
import socket
import time
from functools import partial

import pytest
from django.core.management.base import CommandError

from gatepost.config import serving
from gatepost.config.management.commands import serve

SPAWN = multiprocessing.get_context("spawn")


def deaf(ready):
    """Does what a worker must never do: it does not stop when it is asked to."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ready.set()
    time.sleep(60)


def eventually(true, seconds=10.0):
    """Whether something becomes true soon."""
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


def test_a_port_that_is_taken_is_said_in_plain_words():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"already uses port {port}. Stop it, or choose another"):
            serve.refuse_taken("127.0.0.1", port)
    serve.refuse_taken("127.0.0.1", port)


def test_a_port_or_address_that_cannot_be():
    with pytest.raises(CommandError, match="99999 is not a port"):
        serve.refuse_taken("127.0.0.1", 99999)
    with pytest.raises(CommandError, match=r"Cannot listen on 192\.0\.2\.1"):
        serve.refuse_taken("192.0.2.1", 0)


@pytest.mark.django_db
def test_tables_that_are_up_to_date_are_left_alone():
    said = []
    serve.migrate(said.append)
    assert said == []


def test_a_process_that_dies_is_started_again_and_stop_means_stop(monkeypatch):
    monkeypatch.setattr(serving, "LONGEST_PAUSE", 0.05)
    keeper = serving.Keeper(partial(SPAWN.Process, target=time.sleep, args=(60,)))
    keeper.start()
    assert eventually(lambda: keeper.process is not None)
    first = keeper.process
    first.kill()
    assert eventually(lambda: keeper.process is not first)
    assert first.exitcode == -signal.SIGKILL
    second = keeper.process
    keeper.stop()
    assert not second.is_alive()
    assert not keeper.thread.is_alive()
    assert keeper.process is second


def test_a_process_that_will_not_stop_is_ended(monkeypatch):
    monkeypatch.setattr(serving, "WORKER_PATIENCE", 0.1)
    hears_nothing_any_more = SPAWN.Event()
    keeper = serving.Keeper(partial(SPAWN.Process, target=deaf, args=(hears_nothing_any_more,)))
    keeper.start()
    assert hears_nothing_any_more.wait(30)
    keeper.stop()
    assert not keeper.process.is_alive()


def test_an_address_that_a_browser_understands():
    assert serving.address("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    assert serving.address("::1", 8000) == "http://[::1]:8000"
