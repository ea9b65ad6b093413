"""Writes the audit trail, and says whether anybody has tampered with it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import connection, models

from gatepost.core import clock
from gatepost.core.models import AuditEvent

START = "0" * 64


class Doer(Protocol):
    """Whoever acts: an `org.Actor`, seen from below."""

    @property
    def person_id(self) -> UUID | None: ...

    @property
    def adult_id(self) -> UUID | None: ...


def record(verb: str, thing: models.Model, *, by: Doer | None, **details: Any) -> AuditEvent:
    """Leave a line in the school's audit trail, in the caller's own transaction.

    Holds afterwards: the line carries the digest of the line before it, so that a later change, removal or
    reordering shows. `by=None` is the system itself. Details hold ids and words of ours, never names or contact data.
    """
    (event,) = record_all(verb, [(thing, details)], by=by)
    return event


def record_all(
    verb: str, things: Sequence[tuple[models.Model, dict[str, Any]]], *, by: Doer | None
) -> list[AuditEvent]:
    """The same for many things of one school that were done at once, each with its own line and details."""
    if not things:
        return []
    school_id: UUID | None = getattr(things[0][0], "school_id", None)
    _one_writer(school_id)
    last = AuditEvent.objects.filter(school_id=school_id).order_by("-number").first()
    number, previous = (last.number, last.digest) if last else (0, START)
    events = []
    for thing, details in things:
        number += 1
        event = AuditEvent(
            school_id=school_id,
            number=number,
            at=clock.now(),
            verb=verb,
            thing=thing._meta.label,
            thing_id=thing.pk if isinstance(thing.pk, UUID) else None,
            by_person=by.person_id if by else None,
            by_adult=by.adult_id if by else None,
            details=details,
            previous=previous,
        )
        event.digest = previous = digest(event)
        events.append(event)
    return AuditEvent.objects.bulk_create(events)


def _one_writer(school_id: UUID | None) -> None:
    """Queue the writers of one school's chain. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(str(school_id).encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def digest(event: AuditEvent) -> str:
    """HMAC-SHA256 over the line and the digest before it, keyed from the site's secret."""
    body = json.dumps(
        [
            str(event.school_id),
            event.number,
            event.at.isoformat(),
            event.verb,
            event.thing,
            str(event.thing_id),
            str(event.by_person),
            str(event.by_adult),
            event.details,
            event.previous,
        ],
        sort_keys=True,
        default=str,
    )
    key = hashlib.sha256(b"gatepost.audit" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, body.encode(), hashlib.sha256).hexdigest()


def first_bad_line(school_id: UUID | None) -> int | None:
    """The number of the first line that was changed, removed or moved, or None where the chain is whole."""
    previous = START
    events = AuditEvent.objects.filter(school_id=school_id).order_by("number").iterator()
    for number, event in enumerate(events, start=1):
        if event.number != number or event.previous != previous or event.digest != digest(event):
            return number
        previous = event.digest
    return None
