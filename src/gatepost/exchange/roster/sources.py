"""Where a roster lies: one file, a folder, or a zip that is never unpacked and is refused when it looks like a trap."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from gatepost.core.errors import Refused

# What reading a damaged file raises; RuntimeError is a zip that turns out to be locked.
DAMAGED = (OSError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile)
MOST_BYTES = 200 * 1024 * 1024  # of one file, and of a whole zip when unpacked
MOST_MEMBERS = 100
MOST_SQUEEZED = 200  # times; rosters shrink about tenfold, bombs a thousandfold
SMALL = 1024 * 1024  # below this, shrinking proves nothing


class Source(Protocol):
    """Files by name, each of which can be opened again and again."""

    label: str

    def names(self) -> list[str]:
        """The names of the files in it."""

    def open(self, name: str) -> BinaryIO:
        """One of them, as bytes."""


class OneFile:
    """A single CSV file."""

    def __init__(self, path: Path) -> None:
        """Keep where it is."""
        self.path, self.label = path, path.name
        _refuse_big(path.name, path.stat().st_size)

    def names(self) -> list[str]:
        """Its own name."""
        return [self.path.name]

    def open(self, name: str) -> BinaryIO:
        """The file."""
        return self.path.open("rb")


class Folder:
    """A folder of CSV files; what lies deeper is not read."""

    def __init__(self, path: Path) -> None:
        """Look which files there are."""
        self.label = path.name
        self.files = {file.name: file for file in sorted(path.iterdir()) if file.is_file() and _is_csv(file.name)}
        for name, file in self.files.items():
            _refuse_big(name, file.stat().st_size)

    def names(self) -> list[str]:
        """The CSV files in it."""
        return list(self.files)

    def open(self, name: str) -> BinaryIO:
        """One of them."""
        return self.files[name].open("rb")


class Zip:
    """A zip of CSV files, read in place."""

    def __init__(self, path: Path) -> None:
        """Look at the table of contents, and refuse what no roster needs."""
        self.label, self.path = path.name, path
        try:
            with zipfile.ZipFile(path) as pack:
                members = [member for member in pack.infolist() if not member.is_dir()]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
            raise Refused(f"{path.name} is damaged, or not a zip file. Please pack it again.") from None
        if len(members) > MOST_MEMBERS:
            raise Refused(f"{path.name} holds {len(members)} files. A roster has 100 at most: nothing was read.")
        _refuse_big(path.name, sum(member.file_size for member in members))
        self.members: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            _refuse_trap(path.name, member)
            self._keep(member)

    def _keep(self, member: zipfile.ZipInfo) -> None:
        name = PurePosixPath(member.filename).name
        if not _is_csv(name) or member.filename.startswith("__MACOSX/"):
            return
        if name in self.members:
            raise Refused(f"{self.label} holds two files called {name}. Please pack only one roster.")
        self.members[name] = member

    def names(self) -> list[str]:
        """The CSV files in it."""
        return sorted(self.members)

    def open(self, name: str) -> BinaryIO:
        """One of them, unpacked while it is read: never more bytes than its entry says, which were counted above."""
        with zipfile.ZipFile(self.path) as pack:
            return cast(BinaryIO, pack.open(self.members[name]))  # stays open after the table of contents is closed


def open_source(path: Path) -> Source:
    """The file, folder or zip at `path`."""
    if path.is_dir():
        return Folder(path)
    if not path.is_file():
        raise Refused(f"There is no file or folder at {path}.")
    with path.open("rb") as file:
        starts_like_zip = file.read(2) == b"PK"
    return Zip(path) if starts_like_zip or path.suffix.lower() == ".zip" else OneFile(path)


def _is_csv(name: str) -> bool:
    return name.lower().endswith(".csv") and not name.startswith(".")


def _refuse_big(name: str, size: int) -> None:
    if size > MOST_BYTES:
        raise Refused(f"{name} holds more than 200 MB: far more than any roster. Nothing was read.")


def _refuse_trap(label: str, member: zipfile.ZipInfo) -> None:
    """A path that climbs out, a link, a locked file, or one that blows up when unpacked."""
    name = member.filename
    parts = PurePosixPath(name).parts
    if name.startswith("/") or "\\" in name or ":" in name or ".." in parts:
        raise Refused(f"{label} holds a file whose name leads out of it ({name!r}). Nothing was read.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Refused(f"{label} holds a link ({name!r}) instead of a file. Nothing was read.")
    if member.flag_bits & 0x1:
        raise Refused(f"{label} is locked with a password. Please pack it without one.")
    if member.file_size > SMALL and member.file_size > MOST_SQUEEZED * max(member.compress_size, 1):
        raise Refused(f"{name} in {label} would unpack to far more than it should. Nothing was read.")
