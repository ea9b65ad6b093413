"""Writes and changes many rows of one table at once: for what grows with the number of families.

`bulk_create` asks every field of every row how it is written, and makes a statement as long as all of them. Here each
field is asked once, and the statement is one row long; what all rows have in common is prepared once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, models

from gatepost.core import planned, scope
from gatepost.core.sealed import sealed_fields


def insert[M: models.Model](model: type[M], rows: Iterable[M]) -> list[M]:
    """Insert rows that have their keys; no signal is sent, and no field fills itself in.

    Holds afterwards: every row belongs to who is in scope, or none was written.
    """
    new, names = list(rows), tuple(_fields(model))
    write(model, names, map(attrgetter(*names), new))
    for row in new:
        row._state.adding, row._state.db = False, connection.alias
    return new


def write(
    model: type[models.Model],
    each: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    pass_over_known: bool = False,
    **alike: Any,
) -> int:
    """Insert rows of which these columns differ, the key among them; the others are `alike`, or as the model says.

    Holds afterwards: every row belongs to who is in scope, or none was written. `pass_over_known`: one that breaks a
    constraint of uniqueness is left out. Returns how many were written.
    """
    if sealed_fields(model):
        raise TypeError(f"Rows of {model.__name__} are sealed one by one: use bulk_create.")
    fields, (statement, rest) = _fields(model), _inserting(model, tuple(each), connection.vendor)
    ways = [(at, way) for at, name in enumerate(each) if (way := _way(fields[name]))]
    shared = [_prepared(field, alike.get(field.attname, field.get_default())) for field in rest]
    new = list(rows)
    if not new:
        return 0
    _check_owners(model, each, new, alike)
    columns: list[Iterable[Any]] = list(zip(*new, strict=True))
    for at, way in ways:
        columns[at] = map(way, columns[at])
    written = list(zip(*map(repeat, shared), *columns, strict=False))  # what is alike has no end
    return _many(statement + (" ON CONFLICT DO NOTHING" if pass_over_known else ""), written)


@lru_cache(maxsize=512)
def _inserting(
    model: type[models.Model], each: tuple[str, ...], vendor: str
) -> tuple[str, list[models.Field[Any, Any]]]:
    """The statement that writes a row, and the fields besides `each` that stand first in it."""
    fields = _fields(model)
    rest = [field for name, field in fields.items() if name not in each]
    columns = ", ".join(_quoted(str(field.column)) for field in [*rest, *(fields[name] for name in each)])
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES ({_places(len(fields))})", rest  # noqa: S608  our models' own names


@cache
def _fields(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    return {field.attname: field for field in model._meta.concrete_fields}


def change(model: type[models.Model], keys: Collection[UUID], *, was: Mapping[str, Collection[Any]], **to: Any) -> int:
    """Change those of these rows in scope that are still as they `were`: each column one of these. Returns how many."""
    owner = scope.scope_field(model)
    held = {f"{owner}_id": scope.owners(model), "id": keys, **was}
    if not all(held.values()):
        return 0
    fields = _fields(model)
    changes = ", ".join(f"{_quoted(str(fields[name].column))} = %s" for name in to)
    tests = " AND ".join(
        f"{_quoted(str(fields[name].column))} IN ({_places(len(some))})" for name, some in held.items()
    )
    values = [_prepared(fields[name], value) for name, value in to.items()]
    for name, some in held.items():
        way = _way(fields[name])
        values += map(way, some) if way else some
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {_quoted(model._meta.db_table)} SET {changes} WHERE {tests}", values)  # noqa: S608  as above
        return int(cursor.rowcount)


def _check_owners(
    model: type[models.Model], each: Sequence[str], rows: Sequence[Sequence[Any]], alike: Mapping[str, Any]
) -> None:
    if not issubclass(model, scope.Scoped):
        return
    owner = f"{scope.scope_field(model)}_id"
    owners = {row[each.index(owner)] for row in rows} if owner in each else {alike[owner]}
    for one in owners:
        scope.check_owner(model, one)


def _many(statement: str, rows: Sequence[Sequence[Any]]) -> int:
    kept = planned.inserting(statement, len(rows[0]))
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(kept, rows[0])
        else:
            cursor.executemany(kept, rows)
        return int(cursor.rowcount)


def _places(number: int) -> str:
    return ", ".join(["%s"] * number)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _prepared(field: models.Field[Any, Any], value: Any) -> Any:
    way = _way(field)
    return way(value) if way else value


def _way(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How a value of this field is handed to the database, where not as it is; moments and lists only once each."""
    real = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(real, models.UUIDField):
        return None if connection.features.has_native_uuid_field else _hex
    if isinstance(real, models.JSONField):
        return _once(real, id)  # the rows stay in hand until they are written
    if isinstance(real, models.DateField):  # a moment, too
        return _once(real, lambda value: value)
    return None


def _hex(value: UUID | None) -> str | None:
    return f"{value.int:032x}" if value else None


def _once(field: models.Field[Any, Any], key_of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    known: dict[Any, Any] = {}

    def told(value: Any) -> Any:
        key = key_of(value)
        if key not in known:
            known[key] = field.get_db_prep_save(value, connection)
        return known[key]

    return told
