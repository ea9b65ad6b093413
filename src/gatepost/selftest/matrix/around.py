"""Who works around a family: a colleague with a job and a strand, an emergency, an adviser to whom it has said yes."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from gatepost.core import clock
from gatepost.know.models import Adult, Child
from gatepost.org.actor import Actor
from gatepost.org.models import Adviser, Bilingual, DaysOff, Person, Staff, Strand, StrandLead
from gatepost.org.services import appoint_adviser, break_glass
from gatepost.support import agreeing
from gatepost.support.models import FamilyAgreed
from gatepost.testing import LONG_AGO, Cast

ABOUT_NOBODYS_KEY = (
    "glass",
    "strand",
    "job",
    "home_note",
    "home_voice",
    "voice",
    "broadcast",
    "treated",
    "told",
    "bilingual",
    "document",
    "explain",
    "run",
    "translation",
    "days_off",
    "lunch",
    "breakfast",
    "breakfast_session",
    "kiosk",
    "sign_in",
    "interpreter",
    "room",
    "outing",
)
"""Things that no key which can be followed back joins to a family: whoever deletes one deletes these by name."""


def somebody_to_choose(cast: Cast) -> None:
    """An adviser to whom nobody has said yes yet."""
    appoint_adviser("lark@advice.example.org", name="Mr Lark", service=cast.service)


def around(cast: Cast, adult: Adult, child: Child, *, by: Actor) -> dict[str, models.Model]:
    """One of each, for one family."""
    colleague = Person.objects.create(name="A colleague", email=f"{child.pk}@elmpark.example.org")
    job = Staff.objects.create(school_id=child.school_id, person=colleague, role="teacher", from_on=LONG_AGO)
    strand = StrandLead.objects.create(
        school_id=child.school_id, person=colleague, strand=Strand.KNOW, from_on=LONG_AGO
    )
    reader = Bilingual.objects.create(
        school_id=child.school_id, person=colleague, language="pl", asked_by=colleague, since=clock.now()
    )
    closed = clock.today() + timedelta(days=400 + DaysOff.objects.count())
    days_off = DaysOff.objects.create(school_id=child.school_id, name="Closed", first_on=closed, last_on=closed)
    opener = cast.actor_of(cast.kent) if child.school_id == cast.school.pk else by
    glass = break_glass(child.pk, reason="Now.", school_id=child.school_id, by=opener)
    return {
        "job": job,
        "strand": strand,
        "bilingual": reader,
        "days_off": days_off,
        "glass": glass,
        "agreement": agreement_of(cast, adult, by=by),
    }


def agreement_of(cast: Cast, adult: Adult, *, by: Actor) -> FamilyAgreed:
    """This adult has said yes to Ms Ferris: once, however many children they have."""
    known = FamilyAgreed.objects.filter(adult=adult).first()
    return known or agreeing.agree(adult, Adviser.objects.get(person=cast.ferris), by=by)
