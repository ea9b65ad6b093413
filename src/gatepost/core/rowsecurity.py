"""The second fence, on PostgreSQL: the database itself shows no row of a school that is not in scope.

Migrations put a policy on each scoped table as they make it; after each `migrate` every table is looked at again, the
tables that join two others included, and gets the policy that the code means. Here, too, every connection is told
which scope is open. A connection that was told nothing sees nothing (`trust.md` D7).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from gatepost.core import scope

TELL = (
    "SELECT set_config('gatepost.schools', %s, false), set_config('gatepost.organisation', %s, false), "
    "set_config('gatepost.token', %s, false)"
)
# Each setting is read in a sub-select, so that PostgreSQL reads it once for a statement, not once for a row.
_SCHOOLS = "string_to_array(nullif(current_setting('gatepost.schools', true), ''), ',')::uuid[]"
OF_SCHOOL = f"school_id = ANY ((SELECT {_SCHOOLS})::uuid[])"
OF_ORGANISATION = "organisation_id = (SELECT nullif(current_setting('gatepost.organisation', true), '')::uuid)"
OF_SERVICE = OF_ORGANISATION.replace("organisation_id =", "shared_with_id =")
OF_LINK = "token_hash = (SELECT nullif(current_setting('gatepost.token', true), ''))"
OF_MIGRATIONS = "(SELECT current_setting('gatepost.migrating', true) = 'on')"
_AS_IT_IS = """
SELECT c.relname, CASE WHEN c.relrowsecurity AND c.relforcerowsecurity THEN obj_description(p.oid, 'pg_policy') END
FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'in_scope'
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname = ANY(%s)
"""
_ABOUT_TABLES = ("CREATE", "ALTER", "DROP", 'INSERT INTO "new__', "PRAGMA")
_ABOUT_TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


def follow_scope(sender: object, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Listen on each new PostgreSQL connection, and tell it the scope before its first statement."""
    connection.told = None  # type: ignore[attr-defined]  # our own mark on Django's connection
    first = _tell_first if connection.vendor == "postgresql" else _refuse_first
    if first not in connection.execute_wrappers:
        connection.execute_wrappers.append(first)


def _tell_first(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Tell the connection the open scope, if it was told another one or may have forgotten it.

    A setting made in a transaction that is rolled back is forgotten. Django begins a new list of commit hooks at each
    commit and rollback, also to a savepoint: while that list is the same, the setting stands. One that was made outside
    of any transaction stands whatever becomes of those after it.
    """
    connection = context["connection"]
    if not str(sql).startswith(_ABOUT_TRANSACTIONS) and not _stands(connection):
        with connection.wrap_database_errors:  # a server that went away meanwhile is "away", as for any statement
            tell(connection)
    return execute(sql, params, many, context)


def _stands(connection: BaseDatabaseWrapper) -> bool:
    told: tuple[tuple[str, str, str], object] | None = connection.told  # type: ignore[attr-defined]  # as below
    if told is None or told[0] != scope.as_settings():
        return False
    return told[1] is None or told[1] is connection.run_on_commit


def tell(connection: BaseDatabaseWrapper) -> None:
    """Tell a connection the scope that is open, and keep in mind what it was told, and in which transaction."""
    values = scope.as_settings()
    connection.connection.execute(TELL, values)
    hooks = None if connection.autocommit else connection.run_on_commit
    connection.told = (values, hooks)  # type: ignore[attr-defined]  # our own mark on Django's connection


def _refuse_first(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """SQLite has no policies: there, a statement on a guarded table is refused while no scope is open.

    It cannot look at rows, only at names; the managers of `core.scope` do the rest. Changing tables is no reading.
    """
    if not scope.is_open() and not getattr(context["connection"], "unguarded", False):
        text = str(sql)
        named = set() if text.startswith(_ABOUT_TABLES) else set(_guarded().findall(text))
        if named - (_links() if scope.is_holding() else set()):
            raise scope.ScopeMissing(f"No school is in scope, and a statement asks for {', '.join(sorted(named))}.")
    return execute(sql, params, many, context)


@cache
def _guarded() -> re.Pattern[str]:
    """Finds the names of guarded tables as Django writes them."""
    return re.compile(f'"({"|".join(map(re.escape, policies()))})"')


@cache
def _links() -> frozenset[str]:
    """Tables of which whoever holds a link may see the one row that it opens."""
    return frozenset(table for table, rule in policies().items() if OF_LINK in rule)


@contextmanager
def unguarded(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Do what is about whole tables, on SQLite: empty them all after a test."""
    connection.unguarded = True  # type: ignore[attr-defined]  # our own mark, as above
    try:
        yield
    finally:
        connection.unguarded = False  # type: ignore[attr-defined]  # as above


class ProtectRows(Operation):
    """A migration step that puts the policies of their scope on scoped tables of the app; nothing on SQLite.

    The one for migrations comes with it: a later step of the same run may carry data into the new table.

    A first migration protects every table there is; a later one names the models it has just made.
    """

    reversible = True

    def __init__(self, *models: str) -> None:
        self.models = frozenset(name.lower() for name in models)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Protect the tables."""
        if schema_editor.connection.vendor != "postgresql":
            return
        for model in to_state.apps.get_app_config(app_label).get_models():
            if self.models and model._meta.model_name not in self.models:
                continue
            if rule := _rule_for(model):
                for statement in _statements(schema_editor.quote_name(model._meta.db_table), rule):
                    schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """The tables go, and their policies with them."""

    def describe(self) -> str:
        """What `migrate --plan` says."""
        return "Show rows in scope only (PostgreSQL)"


def _rule_for(model: type[models.Model]) -> str:
    """The policy of a table: of its school, or of its organisation; a link may also be read by its own token.

    A table that joins two others shows what both of them show. Blank for what is read before anything is in scope.
    """
    if getattr(model, "belongs_to", "") == "global":
        return ""
    if model._meta.auto_created:
        keys = [field for field in model._meta.local_fields if isinstance(field, models.ForeignKey)]
        return " AND ".join(_shown(key) for key in keys if _rule_for(key.related_model))
    columns = {field.column for field in model._meta.local_fields}
    if "token_hash" in columns:
        return f"{OF_SCHOOL} OR {OF_LINK}"
    if "school_id" in columns:
        return OF_SCHOOL
    if "shared_with_id" in columns:
        return f"{OF_ORGANISATION} OR {OF_SERVICE}"
    return OF_ORGANISATION if "organisation_id" in columns else ""


def _shown(key: models.ForeignKey[Any, Any]) -> str:
    return f"{key.column} IN (SELECT id FROM {key.related_model._meta.db_table})"  # noqa: S608  # our own names


def policies() -> dict[str, str]:
    """Every table that PostgreSQL guards, and the rule that guards it."""
    tables = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    found = {model._meta.db_table: _rule_for(model) for model in tables}
    return {table: rule for table, rule in found.items() if rule}


def stale_policies(connection: BaseDatabaseWrapper) -> list[str]:
    """Guarded tables that are there and have not the policy that the code means."""
    wanted = policies()
    with connection.cursor() as cursor:
        cursor.execute(_AS_IT_IS, [list(wanted)])
        return sorted(table for table, said in cursor.fetchall() if said != _mark(wanted[table]))


def _mark(rule: str) -> str:
    """What a policy says of itself: the rule it was made from."""
    return "Gatepost: " + hashlib.sha256((rule + OF_MIGRATIONS).encode()).hexdigest()


def see_everything(**more: Any) -> None:
    """Before migrations: the owner's own connection may go past the policies, to carry data over."""
    connection = connections[more["using"]]
    connection.unguarded = True  # type: ignore[attr-defined]  # as above
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('gatepost.migrating', 'on', false)")


def protect_all(**more: Any) -> None:
    """After migrations: every guarded table gets its policy, where it has another or none; the owner is bound again."""
    connection = connections[more["using"]]
    connection.unguarded = False  # type: ignore[attr-defined]  # as above
    if connection.vendor != "postgresql":
        return
    stale = stale_policies(connection)
    with transaction.atomic(using=more["using"]), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gatepost.migrating', '', false)")
        for table in stale:
            for statement in _statements(connection.ops.quote_name(table), policies()[table]):
                cursor.execute(statement)


def _statements(table: str, rule: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS in_scope ON {table}",
        f"DROP POLICY IF EXISTS for_migrations ON {table}",
        f"CREATE POLICY in_scope ON {table} USING ({rule})",
        f"CREATE POLICY for_migrations ON {table} TO CURRENT_USER USING ({OF_MIGRATIONS})",
        f"COMMENT ON POLICY in_scope ON {table} IS '{_mark(rule)}'",
    ]


def new_page(**_: Any) -> None:
    """Each request begins with a connection that trusts nothing it was told before."""
    for connection in connections.all(initialized_only=True):
        connection.told = None  # type: ignore[attr-defined]  # as above
