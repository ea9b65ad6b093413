"""Readings that many families ask for in the same minute: Django puts each of them into SQL once, not for each family.

That was half of what a booking cost. What is asked stays written as a queryset; only the values change.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from itertools import count
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from gatepost.core import scope

_OWN = re.compile(r"[0-9a-f]{32}|\d{4}-\d\d-\d\d.*")  # how SQLite writes an id, a day or a moment
_numbers = count()


def worded_once[**P, M: Model, R](reading: Callable[P, QuerySet[M, R]]) -> Callable[P, list[R]]:
    """Ask this reading again and again with other values, in whatever scope is open then.

    Values are ids (alone or several), words, days and moments; all of them are handed in, so that nothing of one
    caller stays for the next: a reading that holds an id or a moment of its own is refused when it is first asked.
    """
    known: dict[Any, _Worded] = {}

    @wraps(reading)
    def asked(*args: P.args, **kwargs: P.kwargs) -> list[R]:
        schools, organisation = _in_scope()
        given, named = [*map(_filled, args)], {name: _filled(value) for name, value in kwargs.items()}
        values: list[Any] = [*given, *named.values(), schools, organisation]
        shape = connection.vendor, *named, *map(_shape, values)
        if shape not in known:
            try:
                known[shape] = _word(reading, given, named)
            except EmptyResultSet:  # "one of none": nothing need be asked
                return []
        return known[shape].read([one for value in values for one in _marked(value)])

    return asked


def _in_scope() -> tuple[tuple[UUID, ...], UUID | None]:
    if not scope.is_open():
        return (), None
    current = scope.current()
    return tuple(sorted(current.schools)), current.organisation


def _filled(value: Any) -> Any:
    """Several are filled up with the first of them, so that a few statements serve any number."""
    if not isinstance(value, (tuple, list, set, frozenset)) or not value:
        return value
    several = tuple(value)
    return several + several[:1] * ((1 << (len(several) - 1).bit_length()) - len(several))


def _shape(value: Any) -> Any:
    """What makes another statement: how many there are, or that there is none; never which."""
    if isinstance(value, (tuple, list, set, frozenset)):
        return len(value)
    return type(value) if _is_mark(value) else value


def _marked(value: Any) -> Iterable[Any]:
    """The values that differ from one time to the next."""
    if isinstance(value, (tuple, list, set, frozenset)):
        return value
    return (value,) if _is_mark(value) else ()


def _is_mark(value: Any) -> bool:
    return type(value) in _MARKS


_MARKS: dict[type, Callable[[int], Any]] = {
    UUID: lambda number: uuid.uuid4(),
    str: lambda number: f"value {number} of a reading",
    date: lambda number: date(1900, 1, 1) + timedelta(days=number),
    datetime: lambda number: datetime(1900, 1, 1, tzinfo=UTC) + timedelta(microseconds=number),
}


def _mark_for(value: Any) -> Any:
    if isinstance(value, (tuple, list, set, frozenset)):
        return [_MARKS[UUID](0) for _ in value]
    return _MARKS[type(value)](next(_numbers)) if _is_mark(value) else value


def _written(value: Any) -> Any:
    """As the database is handed it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


@dataclass(frozen=True)
class _Worded:
    """One reading in SQL, and which of its values stands where."""

    rows: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    fixed: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]  # where in the statement, and which value
    converters: Any

    def read(self, values: list[Any]) -> list[Any]:
        """The rows for these values."""
        params, written = list(self.fixed), list(map(_written, values))
        for at, which in self.places:
            params[at] = written[which]
        compiler: Any = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda: (self.sql, params)
        compiler.get_converters = lambda expressions: self.converters
        rows: Any = self.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler
        return list(rows)


def _word(reading: Callable[..., QuerySet[Any, Any]], args: Iterable[Any], kwargs: dict[str, Any]) -> _Worded:
    """Let Django put it into SQL with marks for values, and find them there."""
    schools, organisation = _in_scope()
    marks = [_mark_for(each) for each in args]
    named = {name: _mark_for(each) for name, each in kwargs.items()}
    marked_scope = _mark_for(schools), _mark_for(organisation)
    opened: AbstractContextManager[Any] = nullcontext()
    if scope.is_open():
        opened = scope.only(marked_scope[0], organisation=marked_scope[1])
    with opened:
        rows = reading(*marks, **named)
    compiler: Any = rows.query.get_compiler(using=rows.db)
    sql, params = compiler.as_sql()
    all_marks = [_written(one) for value in (*marks, *named.values(), *marked_scope) for one in _marked(value)]
    places = tuple(_places(params, all_marks))
    taken = {at for at, _ in places}
    for at, value in enumerate(params):
        if at not in taken and _is_somebodys(value):
            raise TypeError(f"{reading.__qualname__} keeps a value of one caller for the next: hand it in.")
    fields = [each[0] for each in compiler.select[: compiler.col_count]]
    return _Worded(rows, compiler, sql, tuple(params), places, compiler.get_converters(fields))


def _places(params: Iterable[Any], marks: list[Any]) -> Iterator[tuple[int, int]]:
    known = {(type(mark), mark): which for which, mark in enumerate(marks)}
    for at, value in enumerate(params):
        which = known.get((type(value), value)) if isinstance(value, Hashable) else None
        if which is not None:
            yield at, which


def _is_somebodys(value: Any) -> bool:
    return isinstance(value, (UUID, date)) or (isinstance(value, str) and _OWN.fullmatch(value) is not None)
