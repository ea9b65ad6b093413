"""The gate before SQLite's one writer: one at a time, in their order, and nobody is kept out by who has gone."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from pytest_django.plugin import DjangoDbBlocker

from gatepost.config.database import from_url
from gatepost.core.sqlite.base import DatabaseWrapper

pytestmark = [pytest.mark.once, pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")]

type Open = Callable[[], DatabaseWrapper]


@pytest.fixture
def line(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Open]:
    """New connections to one file, each with the settings of the product but little patience."""
    made: list[DatabaseWrapper] = []

    def open_one() -> DatabaseWrapper:
        wanted = {**connection.settings_dict, **from_url(f"sqlite:///{tmp_path}/own.sqlite3", tmp_path)}
        wanted["OPTIONS"] = {**wanted["OPTIONS"], "timeout": 0.3}
        made.append(DatabaseWrapper(wanted, alias=f"line-{len(made)}"))
        made[-1].inc_thread_sharing()
        return made[-1]

    with django_db_blocker.unblock():
        yield open_one
        for each in made:
            each.close()


@contextmanager
def writing(line: DatabaseWrapper) -> Iterator[None]:
    """A transaction, without the rest of Django."""
    line.ensure_connection()
    line.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield
    finally:
        line.rollback()
        line.set_autocommit(True)


def write(line: DatabaseWrapper) -> None:
    with writing(line):
        pass


def test_the_second_waits_for_the_first_and_gives_up_in_time(line: Open) -> None:
    first, second = line(), line()
    with writing(first), pytest.raises(OperationalError, match="locked"):
        write(second)
    write(second)


def test_the_second_comes_in_when_the_first_is_done(line: Open) -> None:
    first, second = line(), line()
    with ThreadPoolExecutor(1) as pool:
        with writing(first):
            waiting = pool.submit(write, second)
            time.sleep(0.05)
            assert not waiting.done()
        waiting.result(5)


def test_who_gave_up_does_not_keep_the_gate_when_their_turn_comes(line: Open) -> None:
    first, second, third = line(), line(), line()
    with writing(first), pytest.raises(OperationalError):
        write(second)
    time.sleep(0.05)  # the turn that nobody wants comes now
    write(third)


def test_whoever_is_killed_lets_go(line: Open) -> None:
    first, second = line(), line()
    ready, tell = os.pipe()
    pid = os.fork()
    if not pid:
        with writing(first):
            os.write(tell, b"x")
            time.sleep(60)
        os._exit(0)
    os.read(ready, 1)
    with pytest.raises(OperationalError):
        write(second)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    write(second)


def test_a_child_does_not_let_go_for_its_parent(line: Open) -> None:
    first, second = line(), line()
    with writing(first):
        pid = os.fork()
        if not pid:
            first._leave()
            first._put_away()
            os._exit(0)
        os.waitpid(pid, 0)
        with pytest.raises(OperationalError):
            write(second)


def test_a_folder_without_room_for_the_gate_costs_only_the_queue(line: Open, tmp_path: Path) -> None:
    (tmp_path / "own.sqlite3-gate").mkdir()
    write(line())
