"""Says whether the database changed: looks only where something was written, and there at every row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from gatepost.core import planned, scope
from gatepost.org.models import School

NOTES = frozenset(
    {
        "core_auditevent",
        "core_limit",
        "django_migrations",
        "django_session",
        "gatepost_cache",
        "usersessions_usersession",
    }
)
"""Notes about who came and asked: they are no change of what the school knows."""
_CHANGE = r"(?:INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b"
_WRITES = re.compile(rf"\s*(?:{_CHANGE}|WITH\b.*\b{_CHANGE})", re.IGNORECASE | re.DOTALL)
_WHERE = re.compile(r'\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


class Watch:
    """Remembers how the database stood, and where something has been written since."""

    def __init__(self) -> None:
        """Look at everything once."""
        self.written: set[str] = set()
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        self.tables = sorted(set(tables) - NOTES)
        self.before = _fingerprint(self.tables)

    def changed(self) -> list[str]:
        """The tables that differ now from how they stood. Costs nothing where nothing was written."""
        unknown = self.written - NOTES - set(self.tables)  # somewhere, and nobody can tell where
        suspects = self.tables if unknown else sorted(self.written - NOTES)
        return [table for table, rows in _fingerprint(suspects).items() if rows != self.before[table]]

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Notice writes while the block runs."""
        self.written = set()
        with connection.execute_wrapper(self._listen):
            yield

    def _listen(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        said = planned.said(str(sql))
        if _WRITES.match(said):
            where = _WHERE.match(said)
            self.written.add(where[1] if where else "")
        return execute(sql, params, many, context)


def _fingerprint(tables: Iterable[str]) -> dict[str, str]:
    """The rows of these tables as a hash for each school."""
    found = dict.fromkeys(tables, "")
    if not found:
        return found
    for school in School.objects.all():  # the database shows the rows of a school in scope only
        with scope.only([school.pk], organisation=school.organisation_id):
            found = {table: rows + _hash(table) for table, rows in found.items()}
    return found


def _hash(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a name of our own
        rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
