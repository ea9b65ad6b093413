"""Insert only, in the database itself: rows of the audit trail are neither changed nor removed, by any road.

On both databases a trigger refuses it; on PostgreSQL the role that serves has no right to it either. A migration that
rebuilds the table on SQLite loses the triggers, so it ends with `KeepInsertOnly` again; `gatepost doctor` looks.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation

from gatepost.core.rowsecurity import OF_SCHOOL

TABLE = "core_auditevent"
WORDS = "The audit trail is never changed."
_DEEDS = ("UPDATE", "DELETE")

_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION gatepost_insert_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$""",
    f"DROP TRIGGER IF EXISTS insert_only ON {TABLE}",
    f"""CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION gatepost_insert_only()""",
    # Rights come to the app role by default privileges, whatever it is called here: all but the owner lose these.
    """DO $$ DECLARE who text; BEGIN
    FOR who IN SELECT DISTINCT grantee FROM information_schema.role_table_grants
      WHERE table_name = 'core_auditevent' AND grantee NOT IN (current_user, 'PUBLIC')
    LOOP EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON core_auditevent FROM %I', who); END LOOP; END $$""",
    f"REVOKE UPDATE, DELETE, TRUNCATE ON {TABLE} FROM PUBLIC",
    f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
    f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY",
    f"DROP POLICY IF EXISTS in_scope ON {TABLE}",
    # What belongs to no school (a role given, a password set) happens before any school is in scope.
    f"CREATE POLICY in_scope ON {TABLE} USING (school_id IS NULL OR {OF_SCHOOL})",
]


def keep(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that make the table insert only."""
    if connection.vendor == "postgresql":
        return _POSTGRESQL
    return [
        f"CREATE TRIGGER IF NOT EXISTS {_name(deed)} BEFORE {deed} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        for deed in _DEEDS
    ]


def let_go(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that take the triggers away: for a migration that goes back, and for tests of tampering."""
    if connection.vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS insert_only ON {TABLE}"]
    return [f"DROP TRIGGER IF EXISTS {_name(deed)}" for deed in _DEEDS]


def is_kept(connection: BaseDatabaseWrapper) -> bool:
    """Whether the triggers stand."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            ask = "SELECT count(*) FROM pg_trigger WHERE tgname = 'insert_only' AND tgrelid = %s::regclass"
            cursor.execute(ask, [TABLE])
            return bool(cursor.fetchone()[0] == 1)
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        return bool(cursor.fetchone()[0] == len(_DEEDS))


def _name(deed: str) -> str:
    return f"{TABLE}_no_{deed.lower()}"


class KeepInsertOnly(Operation):
    """A migration step that makes the audit trail insert only, and shows a school's lines in its scope only."""

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Put the triggers on."""
        for statement in keep(schema_editor.connection):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the triggers away."""
        for statement in let_go(schema_editor.connection):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """What `migrate --plan` says."""
        return "Keep the audit trail insert only"
