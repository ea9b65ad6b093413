"""Who is out alone, and for whom an alarm stands: read from what is written down, whatever else has stopped."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from gatepost.core import clock
from gatepost.meet.models import Outing
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.org.permissions import Permission
from gatepost.org.queries import staff_now


def alarms() -> QuerySet[Outing]:
    """All that stand."""
    late = Q(out_at=None) | Q(out_at__gt=F("alarm_at"))
    return Outing.objects.filter(late, settled_at=None, alarm_at__lte=clock.now())


def alarms_of(actor: Actor, rows: QuerySet[Outing]) -> list[Outing]:
    """Of these, those that this member of staff can do something about."""
    mine = alarms().filter(pk__in=rows.values("pk")).exclude(person=actor.person_id)
    return list(mine.select_related("person", "duty"))


def mine_now(actor: Actor) -> Outing | None:
    """Where this member of staff is."""
    gone = Outing.objects.filter(person=actor.person_id, out_at=None, settled_at=None)
    return gone.select_related("person", "duty").first()


def out_now(rows: QuerySet[Outing]) -> list[Outing]:
    """Who is out, of these."""
    gone = rows.filter(out_at=None, settled_at=None)
    return list(gone.select_related("person", "duty"))


def answering(outing: Outing) -> list[Person]:
    """Who is rung when whoever is on duty has not settled it: head and safeguarding."""
    people = staff_now(outing.school_id, able=Permission.ALERTS)
    return [each for each in people if each.pk not in (outing.person_id, outing.duty_id)]
