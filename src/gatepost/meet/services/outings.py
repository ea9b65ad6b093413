"""Going in alone, and coming out: said by whoever goes; an alarm is settled by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.meet.models import Booking, Outing
from gatepost.org.actor import Actor
from gatepost.org.models import Person

GRACE = timedelta(minutes=5)  # between the end that was expected and the alarm
LONGEST = 240  # minutes


@dataclass(frozen=True)
class GoingIn:
    """What somebody says before they go in."""

    duty: Person
    place: str
    minutes: int
    number: str = ""


@transaction.atomic
def go_in(said: GoingIn, *, school_id: UUID, by: Actor, booking: Booking | None = None) -> Outing:
    """Note that a member of staff goes in alone.

    Holds afterwards: when nobody has said "I am out" in time, an alarm stands for whoever is on duty.
    """
    if by.person_id == said.duty.pk:
        raise Refused(_("Please choose somebody else: you cannot look after yourself while you are in there."))
    now = clock.now()
    due = now + timedelta(minutes=said.minutes)
    try:
        with transaction.atomic():
            gone = Outing.objects.create(
                school_id=school_id,
                person_id=by.staff_id,
                duty=said.duty,
                place=said.place,
                number=said.number,
                booking=booking,
                began_at=now,
                due_at=due,
                alarm_at=due + GRACE,
            )
    except IntegrityError:
        raise Refused(_("You are out already. Please say first that you are out of there.")) from None
    audit.record("meet.went_in", gone, by=by, minutes=said.minutes)
    return gone


@transaction.atomic
def come_out(outing: Outing, *, by: Actor) -> bool:
    """They are out. After the alarm it does not end the alarm: anybody who holds their telephone could press it."""
    if by.person_id != outing.person_id:
        raise Refused(_("Only they can say that they are out. You can say what you found."))
    said = bool(Outing.objects.filter(pk=outing.pk, out_at=None, settled_at=None).update(out_at=clock.now()))
    if said:
        audit.record("meet.came_out", outing, by=by)
    return said


@transaction.atomic
def stay_longer(outing: Outing, minutes: int, *, by: Actor) -> None:
    """They expect to be out later. Once the alarm stands, somebody talks with them first."""
    now = clock.now()
    due = max(now, outing.due_at) + timedelta(minutes=minutes)
    live = Outing.objects.filter(
        pk=outing.pk, person=by.person_id, out_at=None, settled_at=None, alarm_at__gt=now, due_at=outing.due_at
    )
    if not live.update(due_at=due, alarm_at=due + GRACE):
        raise Refused(_("It is too late for that. Please ring the school."))
    audit.record("meet.stays_longer", outing, by=by, minutes=minutes)


@transaction.atomic
def settle(outing: Outing, words: str, *, by: Actor) -> None:
    """Somebody else has found out how they are, and says what they found. Only that ends an alarm."""
    if by.person_id == outing.person_id:
        raise Refused(_("Somebody else ends the alarm: whoever has spoken with you."))
    if not words.strip():
        raise Refused(_("Please say what you found: whom you spoke with, and how they are."))
    if not outing.rings:
        raise Refused(_("There is no alarm."))
    done = {"settled_at": clock.now(), "settled_by_id": by.staff_id, "settled_words": words.strip()}
    if Outing.objects.filter(pk=outing.pk, settled_at=None).update(**done):
        audit.record("meet.alarm_settled", outing, by=by)
