"""Numbers that decide in a rush, each changed in one statement: places taken, changes of an invitation, who waits."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet

from gatepost.core.readings import changed_once, worded_once
from gatepost.meet.models import Invitation, Slot, Waiting


@changed_once
def take_one(slot: UUID) -> tuple[QuerySet[Slot], dict[str, Any]]:
    """One place more is taken, where one is left; whether there was."""
    return Slot.objects.filter(pk=slot, taken__lt=F("places")), {"taken": F("taken") + 1}


class Stands(NamedTuple):
    """How often an invitation was changed, and where its event is held by now, whatever was read before."""

    changes: int
    place: str
    way_there: str


def changes_of(invitation: UUID) -> int:
    """How many changes there have been: what a page shows, so that it has one effect."""
    return Stands(*_stands(invitation)[0]).changes


def count_change(invitation: UUID) -> Stands:
    """Pages that were shown before this do nothing any more. Returns what stands."""
    _one_change_more(invitation)
    return Stands(*_stands(invitation)[0])


@worded_once
def _stands(invitation: UUID) -> QuerySet[Invitation, Any]:
    of_it = Invitation.objects.filter(pk=invitation).order_by()
    return of_it.values_list("changes", "event__place", "event__way_there")


@changed_once
def _one_change_more(invitation: UUID) -> tuple[QuerySet[Invitation], dict[str, Any]]:
    return Invitation.objects.filter(pk=invitation), {"changes": F("changes") + 1}


@changed_once
def wait_until(invitation: UUID, now: datetime) -> tuple[QuerySet[Waiting], dict[str, Any]]:
    """They wait no longer; whether they did."""
    return Waiting.objects.filter(invitation=invitation, ended_at=None), {"ended_at": now}
