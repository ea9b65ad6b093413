"""Tells SQLite what it cannot guess: nearly all rows are of one school, so that a key finds a row and a school none.

Without any numbers SQLite takes an index on the school for as good as every other one. It then looks at all notices of
a school to find twenty, and what costs a moment at a small school takes minutes at a large one. These numbers are no
count: they are the same everywhere, so that every statement goes the same way in a test and in a school of any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

ROWS = 1_000_000  # of a large table
OF_ONE_OWNER = ROWS // 2
OWNERS = ("school_id", "organisation_id")
ALIKE = 10  # rows that share what is in any other column; as SQLite takes it, too
INDEXES = """
SELECT t.name, i.name, i."unique", c.name FROM sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%%' ORDER BY t.name, i.name, c.seqno
"""


def advise(**_: Any) -> None:
    """Write down what SQLite's planner is to think of each index. Safe to do again; nothing on other databases."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sqlite_schema")  # makes the table of numbers, and counts nothing
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute(INDEXES, [])
        told = [
            (table, index, _words([column for *_, column in columns], unique=bool(unique)))
            for (table, index, unique), columns in groupby(cursor.fetchall(), itemgetter(0, 1, 2))
        ]
        cursor.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", told)
        cursor.execute("ANALYZE sqlite_schema")  # and now it is read


def _words(columns: Sequence[str], *, unique: bool) -> str:
    """How many rows there are, and how many share the first column, the first two, and so on."""
    alike = OF_ONE_OWNER if columns[0] in OWNERS else ALIKE
    shared = [max(alike // 10**at, 2) for at in range(len(columns))]
    if unique:
        shared[-1] = 1
    return " ".join(map(str, [ROWS, *shared]))
