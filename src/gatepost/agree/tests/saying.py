"""What the stories of this package say most often: a booked talk, a record that can be shared, a family at its page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from gatepost.agree import queries, services
from gatepost.agree.models import Action, Reading, Record
from gatepost.agree.services import Promise
from gatepost.core import clock
from gatepost.know.models import Adult, Child
from gatepost.meet import services as meet
from gatepost.meet.models import Booking
from gatepost.org.actor import Actor, Tier
from gatepost.org.models import Person
from gatepost.testing import Cast

ALL_OF_IT: dict[str, Any] = {
    "parent_says": "He reads to his little sister every night.",
    "strengths": "Kind to small children.",
    "concerns": "A secret worry about the move.",
    "child_view": "I like drawing most.",
    "priorities": "Reading for fun.",
    "summary_plain": "Ayan reads at home. We will find books he likes.",
    "no_next_because": "The new timetable is not out yet.",
}


def booked(cast: Cast, adult: Adult | None = None, child: Child | None = None) -> Booking:
    """A time that this adult (else Amina) holds with Ms Ode, at an event of its own."""
    invitation = cast.invitation(adult or cast.amina, child, event=cast.event())
    slot = cast.slot(event=invitation.event)
    return meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))


def opened(cast: Cast, adult: Adult | None = None, child: Child | None = None) -> Record:
    """A record that Ms Ode has begun."""
    return services.open_record(booked(cast, adult, child), by=cast.actor_of(cast.ode))


def write(cast: Cast, record: Record, content: dict[str, Any], by: Actor | None = None) -> Record:
    """Save what was typed by somebody (else Ms Ode) who saw the newest version."""
    seen = Record.objects.get(pk=record.pk).version
    return services.write_down(record, content, seen_version=seen, by=by or cast.actor_of(cast.ode))


def promised(cast: Cast, record: Record, text: str = "Find three football books", **more: Any) -> Action:
    """Ms Ode's promise to do it in a week."""
    what = {"side": Action.Side.SCHOOL, "owner": cast.ode, "due_on": clock.today() + timedelta(days=7)} | more
    return services.promise(record, Promise(text=text, **what), by=cast.actor_of(cast.ode))


def shared(cast: Cast, adult: Adult | None = None, child: Child | None = None) -> Record:
    """A record with one promise that the family has been told of; where that has to be, somebody else read it first."""
    record = write(cast, opened(cast, adult, child), ALL_OF_IT)
    promised(cast, record)
    services.share(record, by=cast.actor_of(cast.ode))
    reading = queries.waiting_reading(record)
    return let_go(cast, reading) if reading else Record.objects.get(pk=record.pk)


def let_go(cast: Cast, reading: Reading, by: Person | None = None) -> Record:
    """Mrs Finch (or whoever is named) reads what waits, and lets it go to the family."""
    seen = queries.fingerprint(queries.passages(reading))
    services.release(reading, seen=seen, by=cast.actor_of(by or cast.finch))
    return Record.objects.get(pk=reading.record_id)


def family(cast: Cast, record: Record) -> Actor:
    """The adult of a record, having opened it with a code."""
    return Actor(
        adult_id=record.adult_id,
        schools=frozenset([cast.school.pk]),
        organisation=cast.organisation.pk,
        tier=Tier.RECORD,
        purpose="summary:open",
        subject=record.pk,
    )


def with_code(cast: Cast, client: Client, adult: Adult) -> str:
    """Open the newest link of this adult with a code and a PIN, and return its address."""
    return cast.open_record(client, adult)
