"""Statements that many families need in the same minute: Django puts each of them into SQL once, not for each family.

That was half of what a booking cost. What is asked stays written as a queryset; only the values change.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from itertools import count
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql import UpdateQuery

from gatepost.core import planned, rows, scope

_OWN = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d.*|.*of a reading.*")
# how an id, a day or a moment is written, and our own mark for words, with whatever stands around it
_SEVERAL = (tuple, list, set, frozenset)
_numbers = count()
_MARKS: dict[type, Callable[[int], Any]] = {
    UUID: lambda _: uuid.uuid4(),
    str: lambda number: f"value {number} of a reading",
    date: lambda number: date(1900, 1, 1) + timedelta(days=number),
    datetime: lambda number: datetime(1900, 1, 1, tzinfo=UTC) + timedelta(microseconds=number),
}


def worded_once[**P, M: Model, R](reading: Callable[P, QuerySet[M, R]]) -> Callable[P, list[R]]:
    """Ask this reading again and again with other values, in whatever scope is open then.

    Values are ids (alone or several), words, days and moments; all of them are handed in, so that nothing of one
    caller stays for the next: a reading that holds an id or a moment of its own is refused when it is first asked.
    """
    worded = _kept(reading)

    @wraps(reading)
    def asked(*args: P.args, **named: P.kwargs) -> list[R]:
        try:
            statement, values = worded(args, named)
        except EmptyResultSet:  # "one of none": nothing need be asked
            return []
        return statement.read(values)

    return asked


def changed_once[**P, M: Model](change: Callable[P, tuple[QuerySet[M], dict[str, Any]]]) -> Callable[P, int]:
    """The same for a change of the rows of a queryset. Returns how many there were."""
    worded = _kept(change)

    @wraps(change)
    def changed(*args: P.args, **named: P.kwargs) -> int:
        try:
            statement, values = worded(args, named)
        except EmptyResultSet:
            return 0
        return statement.change(values)

    return changed


@dataclass(frozen=True)
class _Statement:
    """One queryset in SQL, and which of its values stands where."""

    asked: Any
    sql: str
    fixed: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]  # where in the statement, and which value
    ways: tuple[tuple[int, rows.Way], ...]  # how what stands in a column is read
    make: Callable[[Iterable[rows.Row]], Iterable[Any]]  # what becomes of the rows

    def read(self, values: list[Any]) -> list[Any]:
        """The rows for these values."""
        with connection.cursor() as cursor:
            cursor.execute(*self._said(values))
            found = rows.read(cursor.fetchall(), self.ways)
        return list(_like(self.asked, {"_iterable_class": lambda _: self.make(found)}))

    def change(self, values: list[Any]) -> int:
        """Change them."""
        with connection.cursor() as cursor:
            cursor.execute(*self._said(values))
            return int(cursor.rowcount)

    def _said(self, values: list[Any]) -> tuple[str, list[Any]]:
        """The statement, and all of its values."""
        params, written = list(self.fixed), _all_written(values)
        for at, which in self.places:
            params[at] = written[which]
        if planned.are_kept():
            return planned.call(self.sql, len(params), list(map(type, params))), params
        return self.sql, params


def _like[T](thing: T, changes: dict[str, Any]) -> T:
    """The same with these attributes: Django's own way to copy costs as much as the statement."""
    twin: T = object.__new__(type(thing))
    twin.__dict__ = thing.__dict__ | changes
    return twin


def _kept(asking: Callable[..., Any]) -> Callable[[Iterable[Any], object], tuple[_Statement, list[Any]]]:
    known: dict[Any, _Statement] = {}

    def worded(args: Iterable[Any], named: object) -> tuple[_Statement, list[Any]]:
        if named:
            raise TypeError(f"{asking.__qualname__} is asked with its values in their order, without names.")
        values = [*map(_filled, args), *_in_scope()]
        shape = connection.vendor, *map(_shape, values)
        if shape not in known:
            known[shape] = _word(asking, values)
        return known[shape], [one for value in values for one in _single(value)]

    return worded


def _in_scope() -> tuple[tuple[UUID, ...], UUID | None]:
    if not scope.is_open():
        return (), None
    current = scope.current()
    return tuple(sorted(current.schools)), current.organisation


def _filled(value: Any) -> Any:
    """Several are filled up with the first of them, so that a few statements serve any number."""
    if not isinstance(value, _SEVERAL) or not value:
        return value
    several = tuple(value)
    return several + several[:1] * ((1 << (len(several) - 1).bit_length()) - len(several))


def _shape(value: Any) -> Any:
    """What makes another statement: how many there are, or that there is none; never which."""
    if isinstance(value, _SEVERAL):
        return len(value), next(map(type, value), None)
    return type(value) if type(value) in _MARKS else value


def _single(value: Any) -> Iterable[Any]:
    """The values that differ from one time to the next."""
    if isinstance(value, _SEVERAL):
        return value
    return (value,) if type(value) in _MARKS else ()


def _mark_for(value: Any) -> Any:
    if isinstance(value, _SEVERAL):
        return [_MARKS[type(one)](next(_numbers)) for one in value]
    return _MARKS[type(value)](next(_numbers)) if type(value) in _MARKS else value


def _all_written(values: Iterable[Any]) -> list[Any]:
    """As the database is handed them."""
    native, ops = connection.features.has_native_uuid_field, connection.ops

    def written(value: Any) -> Any:
        if isinstance(value, UUID):
            return value if native else value.hex
        if isinstance(value, datetime):
            return ops.adapt_datetimefield_value(value)
        return ops.adapt_datefield_value(value) if isinstance(value, date) else value

    return list(map(written, values))


def _word(asking: Callable[..., Any], values: list[Any]) -> _Statement:
    """Let Django put it into SQL with marks for values, and find them there."""
    marks = [_mark_for(each) for each in values]
    *args, schools, organisation = marks
    opened: AbstractContextManager[Any] = nullcontext()
    if scope.is_open():
        opened = scope.only(schools, organisation=organisation)
    with opened:
        told = asking(*args)
    asked, changes = told if isinstance(told, tuple) else (told, {})
    query = asked.query
    if changes:
        query = query.chain(UpdateQuery)
        query.add_update_values(changes)
    compiler = query.get_compiler(using=asked.db)
    sql, params = compiler.as_sql()
    places = tuple(_places(params, _all_written(one for mark in marks for one in _single(mark))))
    taken = {at for at, _ in places}
    if any(_is_somebodys(value) for at, value in enumerate(params) if at not in taken):
        raise TypeError(f"{asking.__qualname__} keeps a value of one caller for the next: hand it in.")
    made = ((), iter) if changes else (rows.ways(compiler), rows.maker(asked, compiler))
    fixed = tuple(params)
    if planned.are_kept():
        sql, fixed, places = _numbered(sql, fixed, dict(places))
    return _Statement(asked, sql, fixed, places, *made)


def _numbered(sql: str, params: tuple[Any, ...], places: dict[int, int]) -> tuple[str, tuple[Any, ...], Any]:
    """The same as PostgreSQL keeps it: what is always the same stands in it; each value of a caller has a number."""
    used = list(dict.fromkeys(places.values()))
    written = [
        f"${used.index(places[at]) + 1}" if at in places else planned.literal(value) for at, value in enumerate(params)
    ]
    return planned.numbered(sql.split("%s"), written), (None,) * len(used), tuple(enumerate(used))


def _places(params: Iterable[Any], marks: list[Any]) -> Iterator[tuple[int, int]]:
    known = {(type(mark), mark): which for which, mark in enumerate(marks)}
    for at, value in enumerate(params):
        which = known.get((type(value), value)) if isinstance(value, Hashable) else None
        if which is not None:
            yield at, which


def _is_somebodys(value: Any) -> bool:
    return isinstance(value, (UUID, date)) or (isinstance(value, str) and _OWN.fullmatch(value) is not None)
