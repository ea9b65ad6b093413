"""What a family's school plans besides evenings: one of each thing that has an address of its own."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.db import models

from gatepost.core import clock
from gatepost.meet import services as meet
from gatepost.meet.models import Event, Invitation
from gatepost.org.actor import Actor

if TYPE_CHECKING:
    from gatepost.selftest.matrix.school import Family


def meetings(family: Family, invited: Invitation, *, by: Actor) -> dict[str, models.Model]:
    """What this family is invited to and has not answered, and a lunch of its class, led by its teacher."""
    event = invited.event
    asked: dict[str, models.Model] = {"event": event, "session": event.sessions.get(), "invitation": invited}
    return asked | {"lunch": _lunch(family, by=by)}


def _lunch(family: Family, *, by: Actor) -> Event:
    plan = meet.Plan(
        kind=Event.Kind.LUNCH,
        title="Lunch",
        place="Hall",
        days=[_own_day()],
        begins=time(12),
        ends=time(13),
        minutes=60,
        groups=[family.group],
        hosts=[family.host],
    )
    return meet.plan_event(plan, school_id=family.child.school_id, by=by)


def _own_day() -> date:
    """A day on which nobody has a lunch yet, at whichever school."""
    return clock.today() + timedelta(days=500 + Event.objects.filter(kind=Event.Kind.LUNCH).count())
