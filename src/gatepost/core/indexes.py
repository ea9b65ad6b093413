"""Takes away an index that another one of its table makes needless, without making the table anew."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.migrations import AlterField


class WithoutIndex(AlterField):
    """This field has no index of its own any more: another one begins with it, or serves those rows that have a value.

    Django would write every row of the table once more on SQLite, and drop what guards it.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop it."""
        model, field = self._in(from_state, app_label)
        for name in schema_editor._constraint_names(
            model, [field.column], index=True, unique=False, type_=models.Index.suffix, exclude=_named(model)
        ):
            schema_editor.execute(schema_editor._delete_index_sql(model, name))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make it again."""
        model, field = self._in(to_state, app_label)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[field]))

    def _in(self, state: Any, app_label: str) -> tuple[Any, Any]:
        model = state.apps.get_model(app_label, self.model_name)
        return model, model._meta.get_field(self.name)


def _named(model: Any) -> set[str]:
    return {index.name for index in model._meta.indexes}
