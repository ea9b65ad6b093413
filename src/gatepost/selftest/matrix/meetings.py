"""What a family's school plans besides evenings: one of each thing that has an address of its own."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.db import models

from gatepost.core import clock
from gatepost.meet import services as meet
from gatepost.meet.kinds import Kind
from gatepost.meet.models import AnotherWay, Event, Invitation, Kiosk, Outing, SignIn
from gatepost.org.actor import Actor
from gatepost.org.models import Person

if TYPE_CHECKING:
    from gatepost.selftest.matrix.school import Family


def meetings(family: Family, invited: Invitation, *, by: Actor) -> dict[str, models.Model]:
    """What this family is invited to and has not answered, and a lunch of its class, led by its teacher."""
    event = invited.event
    asked: dict[str, models.Model] = {"event": event, "session": event.sessions.get(), "invitation": invited}
    there = {"lunch": _shared(family, Event.Kind.LUNCH, by=by), "outing": _out(family)}
    asked["another"] = another_for(invited)
    return asked | there | _at_the_door(family, by=by)


def _shared(family: Family, kind: Kind, *, by: Actor) -> Event:
    plan = meet.Plan(
        kind=kind,
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


def _at_the_door(family: Family, *, by: Actor) -> dict[str, models.Model]:
    """A breakfast of their class, its page at the door, and what they typed there."""
    event = _shared(family, Event.Kind.BREAKFAST, by=by)
    session, now = event.sessions.get(), clock.now()
    kiosk = Kiosk.objects.create(
        school_id=event.school_id, session=session, begun_by=family.host, begun_at=now, until=session.ends_at
    )
    said = SignIn.objects.create(
        school_id=event.school_id, session=session, kiosk=kiosk, name="Me", language="en", signed_at=now
    )
    return {"breakfast": event, "breakfast_session": session, "kiosk": kiosk, "sign_in": said}


def another_for(invited: Invitation) -> AnotherWay:
    """They have said which other way would suit them."""
    now = clock.now()
    said = {"offered_at": now, "said_at": now, "words": "By phone"}
    return AnotherWay.objects.create(school_id=invited.school_id, invitation=invited, **said)


def _out(family: Family) -> Outing:
    """Somebody went in alone and has not come out; their teacher is on duty for it."""
    went, due = clock.now() - timedelta(hours=2), clock.now() - timedelta(hours=1)
    return Outing.objects.create(
        school_id=family.child.school_id,
        person=Person.objects.create(name="Out"),
        duty=family.host,
        place="Mill Lane",
        began_at=went,
        due_at=due,
        alarm_at=due,
    )


def _own_day() -> date:
    """A day on which nobody comes to a table yet, at whichever school."""
    return clock.today() + timedelta(days=500 + Event.objects.exclude(kind=Event.Kind.EVENING).count())
