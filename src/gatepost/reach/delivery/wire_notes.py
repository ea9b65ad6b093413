"""What a sender had begun when it was killed: a note in a file, a line for each message before it is handed over.

Up to a hundred messages are marked as on the wire in one transaction. When their sender dies, the ledger alone can say
no more than that each of them may have been handed over. The note can say more. Messages go one after the other, and
whatever comes of one, but for a yes, is in the ledger before the next one is begun. So of those that the ledger still
has on the wire, nobody knows what became of the one begun last; those before it were taken; all others never left.

A note is believed only where it cannot be wrong: its sender has ended (the kernel lets go of its lock, however it
ended), the machine runs as it did then (a loss of power may have cost the last lines), and it is the file itself and no
copy from a backup. It holds ids only, and is gone when its messages have their ends.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from uuid import UUID

from django.conf import settings

try:
    import fcntl
except ImportError:  # a system without such locks keeps no notes
    fcntl = None  # type: ignore[assignment]

BOOT = Path("/proc/sys/kernel/random/boot_id")


class Note:
    """The note of some messages under one lease, in the hands of the sender that writes it."""

    def __init__(self, school_id: UUID, fence: UUID) -> None:
        """Begin it. Where no note can be kept, there is none, and nothing else changes."""
        self._path = _folder() / f"{school_id.hex}-{fence.hex}"
        self._file: int | None = None
        if fcntl is not None and _running():
            with suppress(OSError):
                self._path.parent.mkdir(mode=0o700, exist_ok=True)
                self._open()

    def _open(self) -> None:
        """Make it and lock it; one that somebody found before it was locked is gone by now, and made once more."""
        while self._file is None:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.fstat(file).st_nlink:
                self._file = file
            else:
                os.close(file)
        os.write(self._file, _heading(self._file))

    def begin(self, deliveries: Sequence[UUID], parts: int) -> None:
        """From now on nobody can say of the message that carries these that it never left; `parts`: of a text."""
        if self._file is None:
            return
        try:
            os.write(self._file, f"{parts} {' '.join([key.hex for key in deliveries])}\n".encode())
        except OSError:  # the disk is full: a note with a gap in it must not be found
            self._path.unlink()
            self._close()

    def __enter__(self) -> Note:
        """Hand over what it is about."""
        return self

    def __exit__(self, problem: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        """All of it has its end, and nobody needs the note; or it is left for whoever settles what was left behind."""
        if problem is None and self._file is not None:
            with suppress(OSError):
                self._path.unlink()
        self._close()

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


@dataclass(frozen=True)
class Begun:
    """One message that was begun: the deliveries it carries, and how many parts it takes, if it is a text."""

    deliveries: tuple[UUID, ...]
    parts: int


@dataclass(frozen=True)
class Left:
    """What a sender had begun, in its order. None: somebody holds the note.

    That is the sender itself, which lives; or whoever is settling what it left behind.
    """

    fence: UUID
    begun: list[Begun] | None


def left_behind(schools: Collection[UUID]) -> Iterator[Left]:
    """The notes of senders at these schools. Of one that has ended it is gone once it was dealt with.

    One that cannot be believed is gone at once: its messages wait for the end of their lease, and are uncertain.
    """
    ours = {school.hex for school in schools}
    try:
        names = sorted(os.listdir(_folder()))
    except OSError:  # no sender has kept a note as yet
        return
    for name in names:
        school, _, fence = name.partition("-")
        if school in ours:
            yield from _looked_at(_folder() / name, UUID(fence))


def _looked_at(path: Path, fence: UUID) -> Iterator[Left]:
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:  # it is gone: somebody has dealt with it
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield Left(fence, None)
    else:
        if (begun := _read(file)) is not None:
            yield Left(fence, begun)
        path.unlink(missing_ok=True)
    finally:
        os.close(file)


def _read(file: int) -> list[Begun] | None:
    """What it says; None where it cannot be believed. A line that was never ended was never begun."""
    heading, *lines = os.read(file, os.fstat(file).st_size).split(b"\n")[:-1] or [b""]
    if heading + b"\n" != _heading(file):
        return None
    read = (line.decode().split() for line in lines)
    return [Begun(tuple(map(UUID, keys)), int(parts)) for parts, *keys in read]


def _heading(file: int) -> bytes:
    """Which run of the machine wrote it, and that it is this file: a copy has another number."""
    found = os.fstat(file)
    return f"{_running()} {found.st_dev} {found.st_ino}\n".encode()


@cache
def _running() -> str:
    """What this run of the machine calls itself; blank where that cannot be known."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _folder() -> Path:
    return Path(settings.GATEPOST_DATA) / "on-the-wire"
