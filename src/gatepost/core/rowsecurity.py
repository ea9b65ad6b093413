"""The second fence, on PostgreSQL: the database itself shows no row of a school that is not in scope.

The policies live in each package's first migration; here every connection is told which scope is open. A connection
that was told nothing sees nothing (`trust.md` D7).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
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
OF_LINK = "token_hash = (SELECT nullif(current_setting('gatepost.token', true), ''))"
_ABOUT_TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


def follow_scope(sender: object, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Listen on each new PostgreSQL connection, and tell it the scope before its first statement."""
    if connection.vendor != "postgresql":
        return
    connection.told = None  # type: ignore[attr-defined]  # our own mark on Django's connection
    if _tell_first not in connection.execute_wrappers:
        connection.execute_wrappers.append(_tell_first)


def _tell_first(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Tell the connection the open scope, if it was told another one or may have forgotten it.

    A setting made in a transaction that is rolled back is forgotten. Django begins a new list of commit hooks at each
    commit and rollback, also to a savepoint: while that list is the same, the setting stands.
    """
    connection = context["connection"]
    if not str(sql).startswith(_ABOUT_TRANSACTIONS):
        values, hooks = scope.as_settings(), connection.run_on_commit
        told = connection.told
        if told is None or told[0] != values or told[1] is not hooks:
            connection.connection.execute(TELL, values)
            connection.told = (values, hooks)
    return execute(sql, params, many, context)


class ProtectRows(Operation):
    """A migration step that puts the policy of its scope on every scoped table of the app; nothing on SQLite."""

    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Protect the tables."""
        if schema_editor.connection.vendor != "postgresql":
            return
        for model in to_state.apps.get_app_config(app_label).get_models():
            if rule := _rule_for(model):
                table = schema_editor.quote_name(model._meta.db_table)
                schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", params=None)
                schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY", params=None)
                schema_editor.execute(f"CREATE POLICY in_scope ON {table} USING ({rule})", params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """The tables go, and their policies with them."""

    def describe(self) -> str:
        """What `migrate --plan` says."""
        return "Show rows in scope only (PostgreSQL)"


def _rule_for(model: type[models.Model]) -> str:
    """The policy of a table: of its school, or of its organisation; a link may also be read by its own token."""
    columns = {field.column for field in model._meta.local_fields}
    if "token_hash" in columns:
        return f"{OF_SCHOOL} OR {OF_LINK}"
    if "school_id" in columns:
        return OF_SCHOOL
    return OF_ORGANISATION if "organisation_id" in columns else ""
