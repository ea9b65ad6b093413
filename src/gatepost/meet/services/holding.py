"""Keeping somebody's time: whoever is needed for a meeting is held for it, five minutes at a time.

Called inside the transaction of the verb that needs it. A clash is said in words by the caller's own `Clash` words and
undoes that whole verb: nothing is half held.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError

from gatepost.core import bulk
from gatepost.core.errors import Refused
from gatepost.meet.models import Booking, Hold, Slot
from gatepost.meet.models.holds import CELL


@dataclass(frozen=True)
class Stretch:
    """A while, in minutes."""

    starts_at: datetime
    minutes: int

    def cells(self) -> list[datetime]:
        """The beginnings of every five minutes that it touches: one that begins between two keeps both."""
        at = self.starts_at - timedelta(
            minutes=self.starts_at.minute % 5, seconds=self.starts_at.second, microseconds=self.starts_at.microsecond
        )
        ends, found = self.starts_at + timedelta(minutes=self.minutes), []
        while at < ends:
            found.append(at)
            at += CELL
        return found


def stretches_of(slot: Slot) -> list[Stretch]:
    """When somebody who has this slot is here: once, or at each session of a series that is booked as a whole."""
    if slot.event.template.whole:
        sessions = slot.event.sessions.filter(called_off_at=None)
        return [Stretch(session.starts_at, session.minutes) for session in sessions]
    return [Stretch(slot.starts_at, slot.minutes)]


def hold(kind: Hold.Kind, key: UUID, when: Iterable[Stretch], *, of: Slot | Booking, clash: str) -> None:
    """Keep the time of one resource for a slot or a booking, or refuse with `clash`.

    Holds afterwards: no other meeting has any of these minutes, whichever page, process or host asks next.
    """
    hold_all([Hold(kind=kind, key=key, at=at) for at in _all_cells(when)], of=of, clash=clash)


def hold_all(holds: list[Hold], *, of: Slot | Booking, clash: str) -> None:
    """The same for several resources at once."""
    for each in holds:
        each.school_id = of.school_id
        each.slot_id, each.booking_id = (of.pk, None) if isinstance(of, Slot) else (None, of.pk)
    insert(holds, clash=clash)


def insert(holds: list[Hold], *, clash: str) -> None:
    """Write holds that know what they are for, or refuse."""
    try:
        bulk.insert(Hold, holds)
    except IntegrityError:  # the verb's own transaction ends with this refusal, so no savepoint is needed
        raise Refused(clash) from None


def let_go(of: Slot | Booking, kind: Hold.Kind | None = None) -> None:
    """Free what a slot or a booking keeps; of one kind only, where one is named."""
    held = Hold.objects.filter(slot=of) if isinstance(of, Slot) else Hold.objects.filter(booking=of)
    (held.filter(kind=kind) if kind else held).delete()


def hand_over(before: Booking, to: Booking, kind: Hold.Kind, key: UUID) -> None:
    """What one booking keeps of somebody, another keeps from now on: they are needed there, too."""
    Hold.objects.filter(booking=before, kind=kind, key=key).update(booking=to)


def is_free(kind: Hold.Kind, key: UUID, when: Iterable[Stretch]) -> bool:
    """Whether nothing keeps this resource then, at a school in scope. For pages: the database has the last word."""
    return not Hold.objects.filter(kind=kind, key=key, at__in=_all_cells(when)).exists()


def nobody_books(event: UUID) -> None:
    """Whoever is booking just now has done so before we look who comes; whoever books next finds what we change."""
    slots = Slot.objects.select_for_update(no_key=True).filter(event=event)
    list(slots.order_by("pk").values_list("pk"))


def _all_cells(when: Iterable[Stretch]) -> list[datetime]:
    return sorted({at for stretch in when for at in stretch.cells()})
