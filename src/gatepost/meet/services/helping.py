"""What a family needs to be able to come, ticked on its own page: the school's promise from that moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from gatepost.core import audit, clock
from gatepost.language.dates import london_day
from gatepost.meet.models import Arrangement, Booking, Invitation
from gatepost.org.actor import Actor
from gatepost.org.calendar import school_days_after

WITHIN = 5  # school days, as for an interpreter


def ask_for_help(booking: Booking, kinds: Collection[str], *, by: Actor) -> None:
    """Promise what was ticked. Ticked twice, it is promised once; what is arranged already stays.

    Holds afterwards: each kind stands in the school's list, with a day before the meeting.
    """
    for kind in kinds:
        asked, is_new = Arrangement.objects.get_or_create(
            invitation=booking.invitation,
            kind=kind,
            defaults={"school_id": booking.school_id, "asked_at": clock.now(), "due_on": _due(booking)},
        )
        if is_new:
            audit.record("meet.help_asked", asked, by=by, kind=kind)


def need_no_more(invitation: Invitation, besides: Collection[str], *, by: Actor) -> None:
    """What the family did not tick again is not needed, unless somebody has arranged it already."""
    waits = Arrangement.objects.filter(invitation=invitation, at=None).exclude(kind__in=list(besides))
    for each in waits:
        audit.record("meet.help_not_needed", each, by=by, kind=each.kind)
        each.delete()


def _due(booking: Booking) -> date:
    """In five school days, and a day before the meeting at the latest."""
    today = clock.today()
    before = london_day(booking.slot.starts_at) - timedelta(days=1)
    return max(today, min(before, school_days_after(booking.school_id, today, WITHIN)))
