"""Says whether the database changed: looks only where something was written, and then at every row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from gatepost.core import scope
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


class Watch:
    """Remembers how the database stood, and whether anything has been written since."""

    def __init__(self) -> None:
        """Look at everything once."""
        self.wrote = False
        self.before = self.fingerprint()

    def fingerprint(self) -> dict[str, str]:
        """Every table's rows as a hash for each school."""
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        found: dict[str, str] = dict.fromkeys(sorted(set(tables) - NOTES), "")
        for school in School.objects.all():  # the database shows the rows of a school in scope only
            with scope.only([school.pk], organisation=school.organisation_id):
                found = {table: rows + _hash(table) for table, rows in found.items()}
        return found

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
