"""Rings when a colleague who went in alone has not come out: whoever is on duty first, then who answers for the school.

The alarm itself stands in the database and on the first page of those people. This only sends mails and texts: a
stopped worker delays them and hides nothing. They leave at any hour, and also while all messages are stopped.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gatepost.core import audit, clock
from gatepost.core.each import do_each
from gatepost.language.dates import say_time
from gatepost.meet.models import Outing, OutingCall
from gatepost.meet.queries.outings import alarms, answering
from gatepost.org.models import Person
from gatepost.org.rounds import at_every_school
from gatepost.reach.delivery.housemail import send_house_mail
from gatepost.reach.delivery.housetext import send_house_text

AGAIN = timedelta(minutes=2)  # where a mail did not leave, or nobody knows whether it did: twice is better than never


def tick() -> None:
    """Ring whatever has to be rung, at every school."""
    at_every_school(lambda _school: ring_all())


def ring_all() -> int:
    """Ring for every alarm of one school. Safe to do again, and by two workers at once. Returns how many left."""
    return sum(do_each(alarms().select_related("person", "duty", "school"), _ring))


def _ring(outing: Outing) -> int:
    whom = [outing.duty]
    if outing.escalates_at <= clock.now():
        whom += answering(outing)
    OutingCall.objects.bulk_create(
        [
            OutingCall(school_id=outing.school_id, outing=outing, person=person, way=way, made_at=clock.now())
            for person in whom
            for way in _ways_to(person)
        ],
        ignore_conflicts=True,
    )
    waits = OutingCall.objects.filter(outing=outing, sent_at=None).select_related("person")
    return sum(do_each(waits, lambda call: _send(call, outing)))


def _ways_to(person: Person) -> list[str]:
    found = {OutingCall.Way.MAIL: person.email, OutingCall.Way.TEXT: person.mobile}
    return [way for way, address in found.items() if address]


def _send(call: OutingCall, outing: Outing) -> bool:
    now = clock.now()
    ours = OutingCall.objects.filter(Q(tried_at=None) | Q(tried_at__lt=now - AGAIN), pk=call.pk, sent_at=None)
    if not ours.update(tried_at=now) or not _has_left(call, outing):
        return False
    OutingCall.objects.filter(pk=call.pk).update(sent_at=clock.now())
    audit.record("meet.alarm_rung", outing, by=None, way=call.way)
    return True


def _has_left(call: OutingCall, outing: Outing) -> bool:
    if call.way == OutingCall.Way.TEXT:
        text = short_words_of(outing)
        return send_house_text(number=call.person.mobile, body=text, school_id=outing.school_id)
    title, body = words_of(outing, call.person)
    return send_house_mail(address=call.person.email or "", title=title, body=body)


def short_words_of(outing: Outing) -> str:
    """The same as a text: who, since when, which number, and where to look. Not the place."""
    due = say_time(timezone.localtime(outing.due_at), "en")
    ring = f"Ring them now: {outing.number}." if outing.number else "Ring them now."
    there = settings.GATEPOST_ORIGIN + reverse("meet:outing", args=[outing.pk])
    return f"ALARM: {outing.person.name} went in alone and was to be out at {due}. {ring} What to do: {there}"


def words_of(outing: Outing, to: Person) -> tuple[str, str]:
    """Who, since when, which number, and where to press. Not the place: it can be a family's home."""
    due = say_time(timezone.localtime(outing.due_at), "en")
    lines = [
        f"{outing.person.name} went in alone and expected to be out at {due}. Nobody has heard from them.",
        "",
        f"Ring them now: {outing.number}" if outing.number else "Ring them now.",
        "Where they are, and what to do:",
        settings.GATEPOST_ORIGIN + reverse("meet:outing", args=[outing.pk]),
        "",
        "You are on duty for them."
        if to.pk == outing.duty_id
        else f"{outing.duty.name} is on duty for them and has not settled it yet.",
        "If you cannot reach them and are afraid for them, ring 999.",
    ]
    return f"{outing.person.name} has not come out", "\n".join(lines)
