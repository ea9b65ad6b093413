"""Lets transactions queue for SQLite's one writer, instead of each trying again now and then.

SQLite's own waiting sleeps up to a tenth of a second between two tries, so that under a rush some wait far longer than
others. Here each connection waits for a lock of the kernel on a file beside the database before its transaction begins:
first come, first served, and nobody sleeps who could write. The lock is only a queue: SQLite's own locks decide as
ever, so that wherever the gate does nothing (another program, a file system without such locks) only time is lost.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import OperationalError
from django.db.backends.sqlite3 import base, operations
from django.utils.dateparse import parse_datetime

from gatepost.core.ids import id_of

try:
    import fcntl
except ImportError:  # a system without it waits as SQLite does
    fcntl = None  # type: ignore[assignment]


class DatabaseOperations(operations.DatabaseOperations):
    """Reads ids and moments as SQLite keeps them; a page reads hundreds, and many of them more than once."""

    def convert_uuidfield_value(self, value: str | None, expression: object, connection: object) -> UUID | None:
        """The id that was written."""
        return id_of(value)

    def convert_datetimefield_value(self, value: Any, expression: object, connection: object) -> Any:
        """The moment that was written."""
        return value and _moment_of(value, self.connection.timezone)


@lru_cache(maxsize=2048)
def _moment_of(value: str | datetime, zone: tzinfo | None) -> datetime | None:
    read = parse_datetime(value) if isinstance(value, str) else value
    return read.replace(tzinfo=zone) if read and read.tzinfo is None else read


@lru_cache(maxsize=2048)
def _moment_written(value: bytes) -> datetime | None:
    return parse_datetime(value.decode())


sqlite3.register_converter("datetime", _moment_written)  # in the place of Django's, which reads each anew


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions stand in a queue."""

    ops_class = DatabaseOperations
    _gate: int | None = None
    _gate_of = 0  # the process that opened it: a fork shares its parent's lock, and must not let go of it

    def _start_transaction_under_autocommit(self) -> None:
        self._pass()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._leave_when_done()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_when_done()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._put_away()

    def _pass(self) -> None:
        """Wait for our turn, as long as SQLite would wait for its lock; then say what SQLite would say."""
        if fcntl is None or self.is_in_memory_db():
            return
        path = f"{self.settings_dict['NAME']}-gate"
        if self._gate is None or self._gate_of != os.getpid():
            self._gate, self._gate_of = _open(path), os.getpid()
        if self._gate is None:
            return
        try:
            fcntl.flock(self._gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._queue(path)
        except OSError:  # a file system without such locks
            return

    def _queue(self, path: str) -> None:
        turn = _Turn(path)
        turn.start()
        gate = turn.came_within(self.settings_dict["OPTIONS"].get("timeout", 5))
        if gate is None:
            raise OperationalError("database is locked")
        self._put_away()
        self._gate, self._gate_of = gate, os.getpid()

    def _leave_when_done(self) -> None:
        """Let the next one in, unless the transaction is still there: a commit may have failed."""
        if self.connection is None or not self.connection.in_transaction:
            self._leave()

    def _leave(self) -> None:
        if fcntl is not None and self._gate is not None and self._gate_of == os.getpid():
            fcntl.flock(self._gate, fcntl.LOCK_UN)

    def _put_away(self) -> None:
        """Closing the file lets go of the lock, too: so does the kernel for a process that ends in any way."""
        if self._gate is not None and self._gate_of == os.getpid():
            os.close(self._gate)
        self._gate = None


class _Turn(threading.Thread):
    """Stands in the queue, so that whoever has waited long enough can go away: the kernel's waiting has no end."""

    def __init__(self, path: str) -> None:
        super().__init__(name="gate", daemon=True)
        self._path, self._either, self._came = path, threading.Lock(), threading.Event()
        self._gate: int | None = None
        self._gone = False

    def run(self) -> None:
        """Wait, and keep the place for whoever sent us; leave it at once if they are gone."""
        gate = _open(self._path)
        if gate is None:
            return
        fcntl.flock(gate, fcntl.LOCK_EX)
        with self._either:
            if self._gone:
                os.close(gate)
            else:
                self._gate = gate
        self._came.set()

    def came_within(self, seconds: float) -> int | None:
        """The gate, locked for us; None: it did not open in time."""
        self._came.wait(seconds)
        with self._either:
            self._gone = self._gate is None
            return self._gate


def _open(path: str) -> int | None:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:  # a folder that we may only read
        return None
