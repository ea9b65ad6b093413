"""Reads DATABASE_URL: SQLite in the data folder by default, PostgreSQL where it says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper  # it reads the settings, which read this file

# performance.md §4 and trust.md D11: WAL, FULL (a receipt must survive a power cut), IMMEDIATE, kept connections.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-32000;"
    "PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=ON"
)


def from_url(url: str, data: Path) -> dict[str, Any]:
    """One entry for `DATABASES`. An empty URL is SQLite in the data folder."""
    if not url:
        return _sqlite(str(data / "gatepost.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/")) or ":memory:")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL begins with {parts.scheme!r}. It can be postgresql:// or sqlite://.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "gatepost.core.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "gatepost.core.sqlite",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _PRAGMAS},
    }


@contextmanager
def as_owner(connection: BaseDatabaseWrapper, owner_url: str, data: Path) -> Iterator[None]:
    """Work on the same database as the owner of its tables, where there is one; afterwards as before."""
    mine = connection.settings_dict
    owner = from_url(owner_url, data) if owner_url else mine
    if connection.vendor != "postgresql" or owner["USER"] == mine["USER"]:
        yield
        return
    served_by = {key: mine[key] for key in ("USER", "PASSWORD")}
    connection.close()
    mine.update({key: owner[key] for key in served_by})
    try:
        yield
    finally:
        connection.close()
        mine.update(served_by)
