"""Statements that PostgreSQL plans once for a connection, and not each time they are asked.

Planning was most of what it did for a family in a rush: each row that is looked at stands behind the policy of its
table. A connection keeps them under names of its own (PREPARE, EXECUTE), rollbacks or not; PostgreSQL plans them anew
when a table or what is known of its rows changes. SQLite's driver keeps statements by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

_KINDS = {UUID: "uuid", datetime: "timestamptz", date: "date"}  # of all others PostgreSQL sees it from where they stand


def are_kept() -> bool:
    """Whether this database has to be told to keep plans."""
    return connection.vendor == "postgresql"


def call(statement: str, number: int, kinds: Sequence[type] = ()) -> str:
    """How to ask a statement with so many values, which has `$1`, `$2` … where they stand. Told to PostgreSQL once."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    session = connection.connection
    known: dict[str, str] = session.__dict__.setdefault("planned", {})  # ours; it goes when the session goes
    if statement not in known:
        name = f"planned_{len(known)}"
        takes = f" ({', '.join(_KINDS.get(kind, 'unknown') for kind in kinds)})" if kinds else ""
        with connection.wrap_database_errors:
            session.execute(f"PREPARE {name}{takes} AS {statement}")
        known[statement] = f"EXECUTE {name}" + (f" ({', '.join(['%s'] * number)})" if number else "")
    return known[statement]


def said(call: str) -> str:
    """The statement that is asked, where a call only names it."""
    known: dict[str, str] = getattr(connection.connection, "planned", {})
    return next((statement for statement, name in known.items() if name == call), call)


def inserting(statement: str, number: int) -> str:
    """The same for a row: one `%s` for each of its values."""
    if not are_kept():
        return statement
    return call(numbered(statement.split("%s"), [f"${at + 1}" for at in range(number)]), number)


def numbered(parts: Sequence[str], values: Sequence[str]) -> str:
    """A statement put together from what stands between its values, and how these are written."""
    return "".join(part.replace("%%", "%") + value for part, value in zip(parts, [*values, ""], strict=True))


def literal(value: Any) -> str:
    """A value that is always the same, as it stands in a statement: PostgreSQL can plan with it."""
    from psycopg.sql import Literal  # only there where it is used

    return Literal(value).as_string()
