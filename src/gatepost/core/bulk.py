"""Writes many rows of one table at once: for what grows with the number of families.

`bulk_create` asks every field of every row how it is written, and makes a statement as long as all of them. Here each
field is asked once, and the statement is one row long.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, models

from gatepost.core import scope
from gatepost.core.sealed import sealed_fields


def insert[M: models.Model](model: type[M], rows: Iterable[M], *, pass_over_known: bool = False) -> list[M]:
    """Insert rows that have their keys; no signal is sent, and no field fills itself in.

    Holds afterwards: every row belongs to who is in scope, or none was written. `pass_over_known`: one that breaks a
    constraint of uniqueness is left out.
    """
    if sealed_fields(model):
        raise TypeError(f"Rows of {model.__name__} are sealed one by one: use bulk_create.")
    new = list(rows)
    for row in new if issubclass(model, scope.Scoped) else ():
        scope.check_write(row)
    fields = model._meta.concrete_fields
    values = attrgetter(*(field.attname for field in fields))
    ways = [(at, way) for at, field in enumerate(fields) if (way := _way(field))]

    def written(row: M) -> list[Any]:
        found = list(values(row))
        for at, way in ways:
            found[at] = way(found[at])
        return found

    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    ending = " ON CONFLICT DO NOTHING" if pass_over_known else ""
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places}){ending}"  # noqa: S608  our models' own names
    if new:
        with connection.cursor() as cursor:
            cursor.executemany(statement, [written(row) for row in new])
    for row in new:
        row._state.adding, row._state.db = False, connection.alias
    return new


def _way(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How a value of this field is handed to the database, where not as it is; moments and lists only once each."""
    real = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(real, models.UUIDField):
        return None if connection.features.has_native_uuid_field else _hex
    if isinstance(real, models.JSONField):
        return _once(real, json.dumps)
    if isinstance(real, models.DateField):  # a moment, too
        return _once(real, lambda value: value)
    return None


def _hex(value: UUID | None) -> str | None:
    return value.hex if value else None


def _once(field: models.Field[Any, Any], key_of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    known: dict[Any, Any] = {}

    def told(value: Any) -> Any:
        key = key_of(value)
        if key not in known:
            known[key] = field.get_db_prep_save(value, connection)
        return known[key]

    return told
