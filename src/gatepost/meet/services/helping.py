"""What a family needs to be able to come, ticked, texted or on a slip: the school's promise from that moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from gatepost.core import audit, clock
from gatepost.core.whole import whole
from gatepost.language.dates import london_day
from gatepost.meet import notices
from gatepost.meet.helps import BEHIND_A_CODE, in_words
from gatepost.meet.inwords import ask_for_words_of_help, help_said
from gatepost.meet.models import Arrangement, Invitation
from gatepost.meet.queries.choosing import booking_of
from gatepost.org.actor import Actor
from gatepost.org.calendar import school_days_after
from gatepost.reach import services as reach
from gatepost.reach.services.taking_back import forget

WITHIN = 5  # school days, as for an interpreter


@whole
def ask_for_help(invitation: Invitation, kinds: Collection[str], *, by: Actor) -> list[Arrangement]:
    """Promise what was ticked, with a time or before there is one. Ticked twice, it is promised once.

    Holds afterwards: each kind stands in the school's list, with a day before the meeting; what is arranged already
    stays. Returns what is new.
    """
    booking = booking_of(invitation) if kinds else None
    due, found = _due(invitation, booking.slot.starts_at if booking else None), []
    for kind in kinds:
        asked, is_new = Arrangement.objects.get_or_create(
            invitation=invitation,
            kind=kind,
            defaults={"school_id": invitation.school_id, "asked_at": clock.now(), "due_on": due},
        )
        if is_new:
            audit.record("meet.help_asked", asked, by=by, kind=kind)
            found.append(asked)
    return found


@whole
def tick_help(
    invitation: Invitation, kinds: Collection[str], *, offered: Collection[str], by: Actor
) -> list[Arrangement]:
    """Promise what is ticked, and take back what is not ticked any more of what was `offered`. Returns what is new."""
    need_no_more(invitation, set(offered) - set(kinds), by=by)
    return ask_for_help(invitation, kinds, by=by) if kinds else []


@whole
def need_no_more(invitation: Invitation, kinds: Collection[str], *, by: Actor) -> None:
    """What the family did not tick again is not needed, unless somebody has arranged it already."""
    waits = Arrangement.objects.filter(invitation=invitation, at=None, kind__in=list(kinds))
    for each in waits.select_for_update():  # what somebody arranges in this moment is not waiting any more
        audit.record("meet.help_not_needed", each, by=by, kind=each.kind)
        each.delete()


def tell_promised(asked: Collection[Arrangement], *, by: Actor) -> None:
    """Answer a text that asked for help: what we arrange, and by when."""
    for first in list(asked)[:1]:
        adult, ticks = first.invitation.adult, {each.kind: BEHIND_A_CODE[each.kind] for each in asked}
        done = "\n".join(in_words(ticks, reach.language_for(adult)))
        _tell(first.invitation, {"done": done, "due_on": first.due_on.isoformat() if first.due_on else ""}, by=by)


def tell_arranged(done: Arrangement, *, by: Actor | None) -> None:
    """Say to the adult who asked how it is arranged, with what was arranged before: the last message is the whole."""
    invitation = done.invitation
    asked = Arrangement.objects.filter(invitation=invitation, kind__in=BEHIND_A_CODE)
    rows = asked.exclude(at=None).exclude(asked_at=None)
    ask_for_words_of_help(done, invitation.adult, by=by)
    forget([notices.helped.name], subject=invitation.pk, adult=invitation.adult_id)
    _tell(invitation, help_said(rows, invitation.adult, reach.language_for(invitation.adult)), by=by)


def _tell(invitation: Invitation, said: dict[str, Any], *, by: Actor | None) -> None:
    reach.tell(invitation.adult, notices.helped, about=invitation.child, subject=invitation.pk, by=by, **said)


def _due(invitation: Invitation, starts_at: datetime | None) -> date:
    """In five school days, and a day before the meeting at the latest."""
    today = clock.today()
    in_time = school_days_after(invitation.school_id, today, WITHIN)
    return max(today, min(london_day(starts_at) - timedelta(days=1), in_time)) if starts_at else in_time
