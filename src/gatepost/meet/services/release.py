"""Giving teachers time: somebody teaches instead, and it is known what that costs before anybody is invited."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.meet.models import Cover, Event, LessonTimes
from gatepost.meet.queries import release as queries
from gatepost.org.actor import Actor


@transaction.atomic
def say_lesson_times(begins: time, ends: time, *, school_id: UUID, by: Actor) -> LessonTimes:
    """From when to when there are lessons."""
    if ends <= begins:
        raise Refused(_("Lessons end after they begin."))
    said, _fresh = LessonTimes.objects.update_or_create(
        school_id=school_id, defaults={"begins": begins, "ends": ends}, create_defaults={"begins": begins, "ends": ends}
    )
    audit.record("meet.lesson_times_said", said, by=by)
    return said


@transaction.atomic
def arrange_cover(event: Event, need: queries.Need, words: str, pence: int, *, by: Actor) -> Cover:
    """Somebody teaches instead of this host on this day."""
    if not words.strip():
        raise Refused(_("Please say who teaches instead."))
    made, _fresh = Cover.objects.update_or_create(
        event=event,
        host_id=need.host_id,
        day=need.day,
        defaults={
            "school_id": event.school_id,
            "words": words.strip(),
            "pence": pence,
            "by_id": by.staff_id,
            "at": clock.now(),
        },
    )
    audit.record("meet.cover_arranged", made, by=by, pence=pence)
    return made


def refuse_uncovered(event: Event) -> None:
    """Nobody is invited to a time in which the host would be teaching and nobody teaches instead."""
    open_ones = queries.uncovered(event)
    if open_ones:
        names = ", ".join(sorted({need.host for need in open_ones}))
        raise Refused(_("%(host)s would be teaching then. Please arrange who teaches instead.") % {"host": names})
