"""Where self tests play: a database that is made for them and thrown away, used as the product uses its own."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test.utils import (
    override_settings,
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)

from gatepost.config.database import from_url
from gatepost.core import insertonly
from gatepost.core.rowsecurity import unguarded

LONG_DAY = {"GATEPOST_IDLE_MINUTES": 10**6, "GATEPOST_DAY_HOURS": 10**4, "GATEPOST_STEP_UP_MINUTES": 10**6}
"""Whoever plays signs in once, and a self test takes hours: that sessions end is told in the stories of signing in."""


@contextmanager
def own_database(file: Path | None = None, *, empty: str = "") -> Iterator[None]:
    """A database of the same kind as the product's: made by its owner, used as a role that may not go past its rights.

    `file`: where SQLite keeps it; in memory when nobody says. `empty`: tables that are made already, with which it
    begins: a file for SQLite in memory, a database on the same server for PostgreSQL. Holds afterwards: it is gone,
    and the product's own was neither read nor written.
    """
    mine = connection.settings_dict
    if connection.vendor == "sqlite":
        mine["TEST"]["NAME"] = str(file) if file else None  # also where tests in several processes were given a name
    app = {key: mine[key] for key in ("USER", "PASSWORD")}
    owner: dict[str, Any] = app
    if settings.DATABASE_OWNER_URL:
        of_owner = from_url(settings.DATABASE_OWNER_URL, settings.GATEPOST_DATA)
        owner = {key: of_owner[key] for key in app}
    mine.update(owner)
    copied = bool(empty) and connection.vendor == "sqlite"
    if empty and not copied:
        mine["TEST"]["TEMPLATE"] = empty
    with _copied(empty) if copied else nullcontext():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[], keepdb=copied)
    _let_the_audit_trail_be_emptied(app["USER"])
    try:
        connection.close()
        mine.update(app)
        yield
    finally:
        connection.close()
        mine.update(owner)
        teardown_databases(made, verbosity=0)
        mine.update(app)


@contextmanager
def _copied(empty: str) -> Iterator[None]:
    """Tables that are made already, in the memory that SQLite will be given: what they lack is made as ever."""
    place = f"file:memorydb_{connection.alias}?mode=memory&cache=shared"  # as Django names it
    with closing(sqlite3.connect(place, uri=True)) as memory:
        with closing(sqlite3.connect(empty)) as file:
            file.backup(memory)
        yield


def _let_the_audit_trail_be_emptied(app: str) -> None:
    """Who plays here empties every table afterwards; nowhere else may anybody empty this one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT TRUNCATE ON {insertonly.TABLE} TO {connection.ops.quote_name(app)}")
        return
    flush = type(connection.ops).execute_sql_flush

    def execute_sql_flush(statements: Iterable[str]) -> None:
        with unguarded(connection):
            flush(connection.ops, [*insertonly.let_go(connection), *statements, *insertonly.keep(connection)])

    connection.ops.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign, assignment]


@contextmanager
def shared_by_processes(folder: Path) -> Iterator[None]:
    """A database in memory is copied into a file for the while; every other is shared already."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's own
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    file = folder / "shared.sqlite3"
    copy = sqlite3.connect(file)
    in_memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name


@contextmanager
def quick_hashing() -> Iterator[None]:
    """Argon2 is slow on purpose, a quarter of a second each time: where it protects nobody, it takes no time."""
    ours = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
    theirs = {name: getattr(Argon2PasswordHasher, name) for name in ours}
    for name, cost in ours.items():
        setattr(Argon2PasswordHasher, name, cost)
    try:
        yield
    finally:
        for name, cost in theirs.items():
            setattr(Argon2PasswordHasher, name, cost)


@contextmanager
def stage() -> Iterator[None]:
    """Everything a self test needs outside the test suite: its own database, and no wire that leads anywhere.

    It plays a real school, also where the demonstration is served; what it provokes on purpose is not logged.
    """
    logging.disable(logging.CRITICAL)
    setup_test_environment(debug=False)
    try:
        with (
            quick_hashing(),
            TemporaryDirectory(prefix="gatepost-selftest-") as folder,
            override_settings(
                GATEPOST_DEMO=False,
                DEBUG=False,
                GATEPOST_CHANNELS={},
                GATEPOST_QUIET_HOURS=False,
                GATEPOST_DATA=Path(folder),
                GATEPOST_KEYS=Path(folder) / "keys",
                MEDIA_ROOT=Path(folder) / "files",
                **LONG_DAY,
            ),
            own_database(Path(folder) / "own.sqlite3"),
        ):
            yield
    finally:
        teardown_test_environment()
        logging.disable(logging.NOTSET)
