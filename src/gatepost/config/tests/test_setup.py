"""`gatepost setup` makes a PostgreSQL ready for Gatepost, as often as one likes, and `migrate` works as the owner."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

WORDS = {"database": "made_by_setup", "owner": "setup_owner", "app": "setup_app"}
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a PostgreSQL to make ready")


def said(**more: Any) -> dict[str, str]:
    out = StringIO()
    call_command("setup", **WORDS, **more, stdout=out)
    return dict(line.split("=", 1) for line in out.getvalue().splitlines() if "=" in line)


def ask(url: str, question: str, *more: Any) -> Any:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        return server.execute(question, more).fetchone()


def tell(url: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        for statement in statements:
            server.execute(statement)


@pytest.fixture
def superuser() -> Iterator[str]:
    """The server that the tests stand on, as whoever made it; without what this story left there."""
    mine = connection.settings_dict
    url = f"postgresql://gatepost_setup@{mine['HOST']}:{mine['PORT']}/postgres"
    gone = ["DROP DATABASE IF EXISTS made_by_setup", "DROP ROLE IF EXISTS setup_app, setup_owner, setup_admin"]
    tell(url, *gone)
    yield url
    tell(url, *gone)


@pytest.fixture(params=["a superuser", "an administrator of a hosted server"])
def admin(request: pytest.FixtureRequest, superuser: str, monkeypatch: pytest.MonkeyPatch) -> str:
    url = superuser
    if request.param != "a superuser":
        tell(superuser, "CREATE ROLE setup_admin LOGIN CREATEDB CREATEROLE")
        url = superuser.replace("gatepost_setup@", "setup_admin@")
    monkeypatch.setenv("DATABASE_ADMIN_URL", url)
    return url


@on_postgresql
def test_a_new_database_is_ready_and_the_second_time_changes_nothing(admin: str, tmp_path: Path) -> None:
    urls = said()
    assert "PASSWORD-AS-BEFORE" not in urls["DATABASE_URL"]
    environment = os.environ | urls | {"GATEPOST_DATA": str(tmp_path / "data"), "GATEPOST_KEYS": str(tmp_path / "keys")}
    command = [sys.executable, "-m", "gatepost", "migrate", "core", "--verbosity", "0"]  # one package shows whose it is
    subprocess.run(command, env=environment, check=True)  # told both addresses, it takes the owner's
    assert ask(urls["DATABASE_URL"], "SELECT tableowner FROM pg_tables WHERE tablename = 'core_limit'") == (
        "setup_owner",
    )
    again = said()
    assert again["DATABASE_URL"] == urls["DATABASE_URL"].replace(
        urls["DATABASE_URL"].split(":")[2].split("@")[0], "PASSWORD-AS-BEFORE"
    )
    rights = "has_table_privilege('core_auditevent', 'UPDATE'), has_table_privilege('core_limit', 'UPDATE')"
    assert ask(urls["DATABASE_URL"], f"SELECT {rights}, has_table_privilege('core_limit', 'TRUNCATE')") == (
        False,
        True,
        False,
    )
    assert ask(urls["DATABASE_URL"], "SELECT count(*) FROM core_limit") == (0,)


@on_postgresql
def test_roles_that_may_too_much_are_put_right(superuser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_ADMIN_URL", superuser)
    tell(superuser, "CREATE ROLE setup_app LOGIN SUPERUSER BYPASSRLS CREATEDB")
    new = said(new_passwords=True)
    assert "PASSWORD-AS-BEFORE" not in new["DATABASE_URL"]
    flags = "rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole"
    for role in ("setup_app", "setup_owner"):
        assert ask(superuser, f"SELECT {flags} FROM pg_roles WHERE rolname = %s", role) == (False,)


@pytest.mark.parametrize("url", ["", "sqlite:///x", "postgresql://setup_app@127.0.0.1/postgres"])
def test_what_cannot_be_meant_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_ADMIN_URL", url)
    with pytest.raises(CommandError):
        said()


def test_a_server_that_does_not_answer_is_named_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("DATABASE_ADMIN_URL", "postgresql://admin@127.0.0.1:1/postgres")
    with pytest.raises(CommandError, match="PostgreSQL says"):
        said()
