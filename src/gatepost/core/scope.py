"""No scope, no rows: whose rows this piece of work may see, and the managers that refuse to look without one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self
from uuid import UUID

from django.db import models


class ScopeMissing(RuntimeError):
    """Somebody asked for rows without saying whose."""


class OutOfScope(RuntimeError):
    """Somebody tried to write a row for a school that is not in scope."""


@dataclass(frozen=True)
class Scope:
    """The schools, and the one organisation they belong to, that this piece of work is about."""

    schools: frozenset[UUID]
    organisation: UUID | None


_current: ContextVar[Scope | None] = ContextVar("gatepost_scope", default=None)
_held: ContextVar[str] = ContextVar("gatepost_held_link", default="")


def current() -> Scope:
    """The scope that is open, or `ScopeMissing`."""
    scope = _current.get()
    if scope is None:
        raise ScopeMissing("No school is in scope. Open one with scope.only([...]) before asking for rows.")
    return scope


def is_open() -> bool:
    """Whether any scope is open."""
    return _current.get() is not None


@contextmanager
def only(schools: Iterable[UUID], *, organisation: UUID | None = None) -> Iterator[Scope]:
    """Work with the rows of these schools, and no others, until the block ends."""
    scope = Scope(frozenset(schools), organisation)
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)


@contextmanager
def nobody() -> Iterator[None]:
    """Close any scope for a while: sweeps use it to prove that nothing is read outside one."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def holding(token_hash: str) -> Iterator[None]:
    """Somebody holds up a link before any school is in scope: the database may show that one link, and nothing else."""
    token = _held.set(token_hash)
    try:
        yield
    finally:
        _held.reset(token)


def is_holding() -> bool:
    """Whether somebody holds up a link."""
    return bool(_held.get())


def as_settings() -> tuple[str, str, str]:
    """The open scope as the three settings that PostgreSQL's policies read; all blank where none is open."""
    scope = _current.get() or Scope(frozenset(), None)
    return ",".join(sorted(map(str, scope.schools))), str(scope.organisation or ""), _held.get()


class ScopedQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows of the schools in scope; a bulk write is checked like a single one."""

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Insert many rows, each of a school in scope."""
        rows = list(objs)
        for row in rows:
            check_write(row)
        return super().bulk_create(rows, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Change rows in scope; moving a row to another school is refused."""
        field = scope_field(self.model)
        if field in kwargs or f"{field}_id" in kwargs:
            raise OutOfScope(f"{self.model.__name__} rows never move to another {field}.")
        return super().update(**kwargs)


class ScopedManager[M: models.Model](models.Manager[M]):
    """The default manager of every row that belongs to a school or an organisation."""

    def get_queryset(self) -> ScopedQuerySet[M]:
        """Only rows in scope; peers are fetched together, so lists need no `select_related`."""
        rows: ScopedQuerySet[M] = _rows_in(self.model, current(), self._db).all()
        return rows

    def none(self) -> ScopedQuerySet[M]:
        """No rows at all: allowed without a scope, since form fields ask for it when they are defined."""
        return ScopedQuerySet(self.model, using=self._db).none()


@lru_cache(maxsize=1024)
def _rows_in(model: type[models.Model], scope: Scope, using: str | None) -> ScopedQuerySet[Any]:
    """All of them: put together once, and copied for each question, at a twentieth of the cost."""
    wanted: dict[str, Any] = {f"{scope_field(model)}_id": scope.organisation}
    if scope_field(model) == "school":
        wanted = {"school_id__in": scope.schools}
    return ScopedQuerySet(model, using=using).filter(**wanted).fetch_mode(models.FETCH_PEERS)


def scope_field(model: type[models.Model]) -> str:
    """`school` or `organisation`: what this model's rows belong to."""
    return getattr(model, "scope_field", "school")


def owners(model: type[models.Model]) -> frozenset[UUID]:
    """The schools, or the organisation, whose rows of this model are in scope."""
    scope = current()
    if scope_field(model) == "school":
        return scope.schools
    return frozenset([scope.organisation]) if scope.organisation else frozenset()


def check_write(row: models.Model) -> None:
    """Refuse to save a row of a school (or organisation) that is not in scope."""
    check_owner(type(row), getattr(row, f"{scope_field(type(row))}_id"))


def check_owner(model: type[models.Model], owner: UUID | None) -> None:
    """Refuse to write a row of this model for a school (or organisation) that is not in scope."""
    if owner not in owners(model):
        raise OutOfScope(f"This {model.__name__} belongs to a {scope_field(model)} that is not in scope.")


class Scoped(models.Model):
    """A row that belongs to somebody. Concrete models get their owner from `org`."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], *, fetch_mode: Any = None
    ) -> Self:
        """A row as it was read, filled at once: no field and no signal has anything to add to what is written down."""
        new, state = cls.__new__(cls), models.base.ModelState()
        state.__dict__ = {"adding": False, "db": db, "fields_cache": {}}
        if fetch_mode is not None:
            state.fetch_mode = fetch_mode
        values_by_name: dict[str, Any] = dict(zip(field_names, values, strict=True))
        values_by_name["_state"] = state
        new.__dict__ = values_by_name
        return new

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, if the row's owner is in scope."""
        check_write(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, if the row's owner is in scope."""
        check_write(self)
        return super().delete(*args, **kwargs)
