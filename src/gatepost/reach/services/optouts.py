"""What an adult does not want to get any more, of that which nobody needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from gatepost.core import audit, clock
from gatepost.core.readings import worded_once
from gatepost.know.models import Adult
from gatepost.org.actor import Actor
from gatepost.reach.kinds import KINDS, NoticeKind
from gatepost.reach.models import Notice, OptOut, Touch

ASKED_FOR_NONE = "asked-for-none"
"""Stands on a notice where a rule of the gate would stand: the adult has said that they want none of these."""


def who_opted_out(kind: NoticeKind, adults: Iterable[UUID]) -> set[UUID]:
    """Those of these adults who want no message of this kind. What has to be told is told to everybody."""
    if not kind.optional:
        return set()
    return {adult for (adult,) in _opted_out(kind.name, set(adults))}


@worded_once
def _opted_out(kind: str, adults: set[UUID]) -> QuerySet[OptOut, Any]:
    return OptOut.objects.filter(kind=kind, adult__in=adults).values_list("adult")


def wants(adult: Adult, kind: NoticeKind) -> bool:
    """Whether this adult still gets this kind."""
    return not who_opted_out(kind, [adult.pk])


@transaction.atomic
def stop(notice: Notice, *, way: Touch.Way, by: Actor | None) -> None:
    """No more messages like this one. Safe to do again; what has to be told cannot be stopped."""
    if not KINDS[notice.kind].optional:
        return
    asked, is_new = OptOut.objects.get_or_create(
        school_id=notice.school_id, adult_id=notice.adult_id, kind=notice.kind, defaults={"way": way, "at": clock.now()}
    )
    if is_new:
        audit.record("reach.opted_out", asked, by=by, kind=notice.kind, way=way)


@transaction.atomic
def stop_all(adult: Adult, *, school_id: UUID, way: Touch.Way, by: Actor | None) -> bool:
    """No more messages that nobody needs, of any kind. Returns whether that changes anything."""
    made = False
    for kind in KINDS.values():
        if not kind.optional:
            continue
        asked, is_new = OptOut.objects.get_or_create(
            school_id=school_id, adult=adult, kind=kind.name, defaults={"way": way, "at": clock.now()}
        )
        if is_new:
            audit.record("reach.opted_out", asked, by=by, kind=kind.name, way=way)
        made |= is_new
    return made


@transaction.atomic
def start_all(adult: Adult, *, by: Actor | None) -> bool:
    """They want all of them again. Returns whether that changes anything."""
    stopped = list(OptOut.objects.filter(adult=adult))
    audit.record_all("reach.opted_in", [(asked, {"kind": asked.kind}) for asked in stopped], by=by)
    OptOut.objects.filter(pk__in=[asked.pk for asked in stopped]).delete()
    return bool(stopped)


@transaction.atomic
def begin_again(notice: Notice, *, by: Actor | None) -> None:
    """They want them again."""
    for asked in OptOut.objects.filter(adult=notice.adult_id, kind=notice.kind):
        audit.record("reach.opted_in", asked, by=by, kind=notice.kind)
        asked.delete()
