"""Makes of rows what a queryset gives: objects with those they were read together with, or values.

Django works out anew for each reading which column goes where. For a statement that is kept (`core.readings`) it is
worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from weakref import ref

from django.db import connection
from django.db.models import query
from django.db.models.utils import create_namedtuple_class

from gatepost.core.ids import id_of

type Row = Sequence[Any]
type Way = Callable[[Any], Any]


def maker(rows: Any, compiler: Any) -> Callable[[Iterable[Row]], Iterable[Any]]:
    """What makes of the rows of this queryset what it gives."""
    form = rows._iterable_class
    if form is query.ModelIterable:
        kind = _Kind(compiler.klass_info, compiler.select, rows)
        return lambda found: map(kind.begin(compiler.annotation_col_map or {}), found)
    if form is query.NamedValuesListIterable:
        named = create_namedtuple_class(*rows._fields)
        return lambda found: map(named._make, found)
    if form is query.FlatValuesListIterable:
        return lambda found: (value for (value,) in found)
    if form is not query.ValuesListIterable:
        raise TypeError(f"A reading gives objects or values, not what a {form.__name__} makes.")
    return iter


class _Kind:
    """Objects of one model: which columns are theirs, and who comes with them."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any], rows: Any) -> None:
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        self.model, self.columns = info["model"], slice(first, last)
        self.names = [each[0].target.attname for each in select[first:last]]
        self.key = self.names.index(self.model._meta.pk.attname)
        self.db, self.mode = rows.db, rows._fetch_mode
        self.others = [
            (_Kind(other, select, rows), other["local_setter"], other["remote_setter"])
            for other in info.get("related_klass_infos", ())
        ]

    def begin(self, more: dict[str, int]) -> Callable[[Row], Any]:
        """For one reading: those who are read together know each other. `more`: columns that are no field."""
        peers = list[Any]()
        others = [(kind.begin({}), here, there) for kind, here, there in self.others]

        def made(row: Row) -> Any:
            values = row[self.columns]
            if values[self.key] is None:
                return None
            one = self.model.from_db(self.db, self.names, values, fetch_mode=self.mode)
            if self.mode.track_peers:
                peers.append(ref(one))
                one._state.peers = peers
            for make, here, there in others:
                other = make(row)
                here(one, other)
                if other is not None:
                    there(other, one)
            for name, at in more.items():
                setattr(one, name, row[at])
            return one

        return made


def ways(compiler: Any) -> tuple[tuple[int, Way], ...]:
    """How what stands in a column is read, where not as it is; each column by its number."""
    converters = compiler.get_converters([each[0] for each in compiler.select])
    return tuple((at, _way(each, column)) for at, (found, column) in converters.items() for each in found)


def _way(converter: Callable[..., Any], column: Any) -> Way:
    if converter == getattr(connection.ops, "convert_uuidfield_value", None):  # PostgreSQL knows ids by itself
        return id_of
    return lambda value: converter(value, column, connection)


def read(rows: Sequence[Row], by: Sequence[tuple[int, Way]]) -> Sequence[Row]:
    """The rows with their columns read in these ways: column by column, which costs a fifth of one by one."""
    if not (rows and by):
        return rows
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    blank = {at for at, _way in by if all(value is None for value in columns[at])}
    for at, way in by:
        if at not in blank:
            columns[at] = map(way, columns[at])
    return list(zip(*columns, strict=True))
