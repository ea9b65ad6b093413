"""Keys that lie outside the database and outside every backup of it: a folder of small files, one for each version.

`settings.GATEPOST_KEYS` names the folder. A file is called `<purpose>-<version>.key`; the newest version is used to
write, every version to read. Nothing here deletes a key: an old backup needs the keys of its time.
"""

from __future__ import annotations

import base64
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LENGTH = 32  # bytes: AES-256, and as long as the digest for HMAC-SHA256


class KeyMissing(ImproperlyConfigured):
    """A key that something was written with is not in the folder."""


@dataclass(frozen=True)
class Key:
    """One version of the key for one purpose. Its bytes never stand in a message."""

    purpose: str
    version: int
    data: bytes = field(repr=False)


def folder() -> Path:
    """Where the keys lie."""
    return Path(settings.GATEPOST_KEYS)


def versions(purpose: str) -> list[int]:
    """The versions that there are, oldest first."""
    try:
        names = os.listdir(folder())  # for each line of the audit trail: `glob` takes ten times as long
    except FileNotFoundError:
        return []
    found = [name.removesuffix(".key").rpartition("-") for name in names if name.endswith(".key")]
    return sorted(int(number) for name, _, number in found if name == purpose and number.isdigit())


def newest(purpose: str) -> Key:
    """The key to write with; the first one is made where there is none."""
    found = versions(purpose)
    return get(purpose, found[-1]) if found else make(purpose)


def get(purpose: str, version: int) -> Key:
    """The key that something was written with."""
    path = _path(purpose, version)
    try:
        state = path.stat()
    except OSError:
        raise KeyMissing(f"The key {path.name} is not in {path.parent}. Put it back from where you keep it.") from None
    if state.st_mode & 0o077:
        raise ImproperlyConfigured(f"Others can read the key {path}. Run: chmod 600 {path}")
    return Key(purpose, version, _read(str(path), state.st_mtime_ns, state.st_size))


def make(purpose: str) -> Key:
    """Make the next version. Two processes that make it together agree on the first one's key."""
    version = (versions(purpose) or [0])[-1] + 1
    path = _path(purpose, version)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Path(mkdtemp(dir=path.parent)) / "key"
        made.touch(mode=0o600)
        made.write_text(base64.b64encode(secrets.token_bytes(LENGTH)).decode() + "\n", encoding="ascii")
        with suppress(FileExistsError):
            path.hardlink_to(made)
        made.unlink()
        made.parent.rmdir()
    except OSError as problem:
        raise ImproperlyConfigured(f"No key can be made in {path.parent}: {os.strerror(problem.errno or 0)}.") from None
    return get(purpose, version)


def _path(purpose: str, version: int) -> Path:
    return folder() / f"{purpose}-{version}.key"


@lru_cache(maxsize=64)
def _read(path: str, _changed: int, _size: int) -> bytes:
    """The key in this file, read once for as long as the file stays as it is."""
    try:
        data = base64.b64decode(Path(path).read_text(encoding="ascii").strip(), validate=True)
    except (OSError, ValueError):
        data = b""
    if len(data) != LENGTH:
        raise ImproperlyConfigured(f"The file {path} holds no key. Put it back from where you keep it.")
    return data
