"""Writes the audit trail: what was done, and who opened what was said in confidence. `core.trail` proves it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, models, transaction

from gatepost.core import bulk, clock, keys
from gatepost.core.ids import new_ids
from gatepost.core.models import AuditEvent
from gatepost.core.readings import worded_once
from gatepost.core.trail import PURPOSE, START, Line, digest, first_bad_line, reach_of

READ = "core.read"


class Doer(Protocol):
    """Whoever acts: an `org.Actor`, seen from below."""

    @property
    def person_id(self) -> UUID | None: ...

    @property
    def adult_id(self) -> UUID | None: ...


def record(verb: str, thing: models.Model, *, by: Doer | None, **details: Any) -> None:
    """Leave a line in the school's audit trail, in the caller's own transaction.

    Holds afterwards: the line carries the digest of the line before it, so that a later change, removal or
    reordering shows. `by=None` is the system itself. Details hold ids and words of ours, never names or contact data.
    """
    record_all(verb, [(thing, details)], by=by)


def record_all(
    verb: str, things: Sequence[tuple[models.Model, dict[str, Any]]], *, by: Doer | None, at_school: UUID | None = None
) -> None:
    """The same for many things of one school that were done at once, each with its own line and details.

    `at_school` is whose trail it stands in where the things themselves belong to no school.
    """
    if things:
        school_id: UUID | None = getattr(things[0][0], "school_id", None) or at_school
        written = [
            (
                thing._meta.label,
                thing.pk if isinstance(thing.pk, UUID) else None,
                getattr(thing, "child_id", None),
                details,
            )
            for thing, details in things
        ]
        _write(verb, written, school_id, by)


def record_rows(
    verb: str,
    model: type[models.Model],
    rows: Iterable[tuple[UUID, UUID | None, dict[str, Any]]],
    *,
    school_id: UUID,
    by: Doer | None,
) -> None:
    """The same for rows that were written in bulk (`core.bulk`): their key, the child they are about, and details."""
    _write(verb, [(model._meta.label, *row) for row in rows], school_id, by)


type _Thing = tuple[str, UUID | None, UUID | None, dict[str, Any]]


def _write(verb: str, things: Sequence[_Thing], school_id: UUID | None, by: Doer | None) -> None:
    person, adult = (by.person_id, by.adult_id) if by else (None, None)
    with reach_of(school_id), nullcontext() if connection.in_atomic_block else transaction.atomic():
        number, previous = _head(school_id)
        key, now, rows = keys.newest(PURPOSE), clock.now(), []
        for own_id, (thing, thing_id, about, details) in zip(new_ids(len(things)), things, strict=True):
            number += 1
            line = Line(
                school_id, number, now, verb, thing, thing_id, about, person, adult, details, key.version, previous
            )
            previous = digest(line, key.data)
            rows.append((*line, own_id, previous))
        bulk.write(AuditEvent, (*Line._fields, "id", "digest"), rows)
        connection.audit_heads[1][school_id] = number, previous  # type: ignore[attr-defined]  # made by `_head`


def read(thing: models.Model, *, by: Doer) -> None:
    """Leave a line that somebody opened a page with this thing on it: P3 and P4 are never opened unseen.

    Before the page leaves the house: no line, no page. The role somebody acts in
    stands in it, since what a family is told about it may hang on that.
    """
    read_all([thing], by=by)


def read_all(things: Sequence[models.Model], *, by: Doer) -> None:
    """The same for a page with many things of one school on it: a line for each."""
    role: str = getattr(by, "acting_role", "")
    schools: frozenset[UUID] = getattr(by, "schools", frozenset())
    at_school = next(iter(schools)) if len(schools) == 1 else None
    details = {"role": role} if role else {}
    record_all(READ, [(thing, details) for thing in things], by=by, at_school=at_school)


def reads_of(thing: models.Model) -> models.QuerySet[AuditEvent]:
    """Who opened this thing and when, newest first. Ask inside its school's scope."""
    found = AuditEvent.objects.filter(verb=READ, thing=thing._meta.label, thing_id=thing.pk)
    return found.order_by("-at", "-number")


def reads_about(child_id: UUID) -> models.QuerySet[AuditEvent]:
    """Who opened anything about this child and when, newest first. Ask inside the school's scope."""
    return AuditEvent.objects.filter(verb=READ, about=child_id).order_by("-at", "-number")


def _head(school_id: UUID | None) -> tuple[int, str]:
    """Number and digest of the last line of a chain. A transaction that has written to it knows them: nobody else can.

    Django begins a new list of commit hooks at each commit and rollback, also to a savepoint: what is known, and what
    is locked, ends there.
    """
    held: tuple[object, dict[UUID | None, tuple[int, str]]] = getattr(connection, "audit_heads", (None, {}))
    hooks, heads = held
    if hooks is not connection.run_on_commit:
        heads = {}
        connection.audit_heads = (connection.run_on_commit, heads)  # type: ignore[attr-defined]  # our own mark
    if school_id not in heads:
        _one_writer(school_id)
        heads[school_id] = next(iter(_last_of(school_id)), (0, START))
    return heads[school_id]


@worded_once
def _last_of(school_id: UUID | None) -> models.QuerySet[AuditEvent, Any]:
    return AuditEvent.objects.filter(school_id=school_id).order_by("-number").values_list("number", "digest")[:1]


def _one_writer(school_id: UUID | None) -> None:
    """Queue the writers of one school's chain. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(str(school_id).encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


__all__ = [
    "READ",
    "Doer",
    "digest",
    "first_bad_line",
    "read",
    "read_all",
    "reads_about",
    "reads_of",
    "record",
    "record_all",
    "record_rows",
]
