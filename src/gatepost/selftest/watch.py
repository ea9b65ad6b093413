"""Says whether the database changed: looks only where something was written, and then at every row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

NOTES = frozenset({"core_auditevent", "core_limit", "django_session", "django_migrations", "gatepost_cache"})
NOTES |= {"usersessions_usersession"}
"""Notes about who came and asked: they are no change of what the school knows."""


class Watch:
    """Remembers how the database stood, and whether anything has been written since."""

    def __init__(self) -> None:
        """Look at everything once."""
        self.wrote = False
        self.before = self.fingerprint()

    def fingerprint(self) -> dict[str, str]:
        """Every table's rows as one hash each."""
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        return {table: _hash(table) for table in sorted(set(tables) - NOTES)}

    def changed(self) -> list[str]:
        """The tables that differ now from how they stood. Costs nothing where nothing was written."""
        if not self.wrote:
            return []
        now = self.fingerprint()
        return [table for table, rows in now.items() if rows != self.before[table]]

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Notice writes while the block runs."""
        self.wrote = False
        with connection.execute_wrapper(self._listen):
            yield

    def _listen(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.wrote = self.wrote or str(sql).lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE")
        return execute(sql, params, many, context)


def _hash(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a name of our own
        rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
