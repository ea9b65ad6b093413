"""What a family wrote for a talk stays as they wrote it: the database refuses any change, by whatever road.

A migration that rebuilds the table on SQLite loses the trigger, so it ends with `KeepFamilyWords` again.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

TABLE = "meet_agendaitem"
WORDS = "What a family wrote is never changed."
_CHANGED = (
    "OLD.side = 'family' AND (OLD.words <> NEW.words OR OLD.side <> NEW.side "
    "OR OLD.invitation_id <> NEW.invitation_id OR (OLD.answer <> '' AND NEW.answer = ''))"
)
_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION gatepost_family_words() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"DROP TRIGGER IF EXISTS family_words ON {TABLE}",
    f"""CREATE TRIGGER family_words BEFORE UPDATE ON {TABLE}
    FOR EACH ROW WHEN ({_CHANGED}) EXECUTE FUNCTION gatepost_family_words()""",
]
_SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_family_words BEFORE UPDATE ON {TABLE} WHEN {_CHANGED}
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"""
]


class KeepFamilyWords(Operation):
    """A migration step that puts the trigger on."""

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Put it on."""
        for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """It goes with its table."""

    def describe(self) -> str:
        """What `migrate --plan` says."""
        return "Keep what families wrote for a talk"
