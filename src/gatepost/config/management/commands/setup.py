"""`gatepost setup`: makes a PostgreSQL database ready, with its two roles and their rights. May run again."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, quote, urlsplit

from django.core.management.base import BaseCommand, CommandError

from gatepost.core import env

if TYPE_CHECKING:
    import psycopg

AS_BEFORE = "PASSWORD-AS-BEFORE"


@dataclass(frozen=True)
class Names:
    """What things are called here."""

    database: str
    owner: str
    app: str


class Command(BaseCommand):
    """Needs an administrator's address once, and keeps it nowhere."""

    help = "Make a PostgreSQL database with an owner role and a role that serves, and print their two addresses."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer what the command can be told."""
        parser.add_argument("--database", default="gatepost", help="its name (default: %(default)s)")
        parser.add_argument("--owner", default="gatepost_owner", help="owns and changes the tables: %(default)s")
        parser.add_argument("--app", default="gatepost_app", help="reads and writes rows: %(default)s")
        parser.add_argument("--new-passwords", action="store_true", help="also for roles that are there already")

    def handle(self, *, database: str, owner: str, app: str, new_passwords: bool, **_: Any) -> None:
        """Make what is missing, mend what is wrong, and say where it is."""
        admin = urlsplit(env.secret("DATABASE_ADMIN_URL", ""))
        if admin.scheme not in {"postgres", "postgresql"}:
            raise CommandError("Set DATABASE_ADMIN_URL (or _FILE) to postgresql://an-administrator:…@host/postgres.")
        names = Names(database, owner, app)
        if len({owner, app, admin.username}) < 3:
            raise CommandError("The administrator, the owner and the role that serves must be three roles.")
        with _connected(admin.geturl()) as server:
            passwords = {role: _role(server, role, new_passwords) for role in (owner, app)}
            with _member_of(server, owner):
                _database(server, names)
                with _connected(admin._replace(path=f"/{quote(database)}").geturl()) as inside:
                    _rights(inside, names)
        self.stdout.write("Keep these two where Gatepost reads its settings, and nowhere else:\n")
        for setting, role in (("DATABASE_URL", app), ("DATABASE_OWNER_URL", owner)):
            self.stdout.write(f"{setting}={_address(admin, role, passwords[role], database)}")
        self.stdout.write("\nThen: gatepost migrate")


@contextmanager
def _connected(address: str) -> Iterator[psycopg.Connection[Any]]:
    try:
        import psycopg
    except ImportError:
        raise CommandError("PostgreSQL needs more: install Gatepost with [postgres].") from None
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            yield connection
    except psycopg.Error as problem:
        raise CommandError(f"PostgreSQL says: {str(problem).strip()}") from None


def _run(connection: psycopg.Connection[Any], statement: str, **names: str) -> None:
    """Run one statement with these names in it, each written as a name."""
    from psycopg import sql

    written = sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()})
    connection.execute(written)


def _role(server: psycopg.Connection[Any], role: str, new_password: bool) -> str:
    """A role that can sign in and nothing more. Returns its password, or blank where the old one stands."""
    from psycopg import sql

    known = server.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if known and any(known):
        _run(server, "ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS", role=role)
    if known:
        _run(server, "ALTER ROLE {role} LOGIN NOCREATEDB NOCREATEROLE", role=role)
    else:
        _run(server, "CREATE ROLE {role} LOGIN NOCREATEDB NOCREATEROLE", role=role)
    if known and not new_password:
        return ""
    password = secrets.token_urlsafe(32)
    server.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password)))
    return password


@contextmanager
def _member_of(server: psycopg.Connection[Any], owner: str) -> Iterator[None]:
    """An administrator who is no superuser must belong to a role to give it things; only for as long as this lasts."""
    asked = "SELECT rolsuper OR pg_has_role(current_user, %s, 'SET') FROM pg_roles WHERE rolname = current_user"
    if server.info.server_version < 160000:
        asked = asked.replace("'SET'", "'MEMBER'")
    row = server.execute(asked, [owner]).fetchone()
    if row and row[0]:
        yield
        return
    _run(server, "GRANT {owner} TO CURRENT_USER", owner=owner)
    try:
        yield
    finally:
        _run(server, "REVOKE {owner} FROM CURRENT_USER", owner=owner)


def _database(server: psycopg.Connection[Any], names: Names) -> None:
    if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [names.database]).fetchone():
        made = "CREATE DATABASE {database} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8'"
        _run(server, made, database=names.database, owner=names.owner)
    _run(server, "REVOKE ALL ON DATABASE {database} FROM PUBLIC", database=names.database)
    _run(server, "GRANT CONNECT ON DATABASE {database} TO {app}", database=names.database, app=names.app)


_LATER = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT "
_RIGHTS = [
    "ALTER SCHEMA public OWNER TO {owner}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {app}",
    _LATER + "SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    _LATER + "USAGE, SELECT ON SEQUENCES TO {app}",
    # For a database whose tables were there before the rights were.
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}",
    "REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM {app}",
]
_TRAIL = "REVOKE UPDATE, DELETE ON core_auditevent FROM {app}"  # insert only, see core.insertonly


def _rights(inside: psycopg.Connection[Any], names: Names) -> None:
    with inside.transaction():
        for statement in _RIGHTS:
            used = {key: name for key, name in vars(names).items() if f"{{{key}}}" in statement}
            _run(inside, statement, **used)
        trail = inside.execute("SELECT to_regclass('public.core_auditevent')").fetchone()
        if trail and trail[0]:
            _run(inside, _TRAIL, app=names.app)


def _address(admin: SplitResult, role: str, password: str, database: str) -> str:
    """The administrator's address with another role in it."""
    where = admin.netloc.rpartition("@")[2]
    return admin._replace(netloc=f"{quote(role)}:{password or AS_BEFORE}@{where}", path=f"/{quote(database)}").geturl()
