"""Gatepost's side: makes the school of the rush, and counts afterwards. `python -m bench.rush.school make|count`."""

from __future__ import annotations

import json
import os
import sys
from datetime import time
from typing import Any
from uuid import UUID

CLASSES, TIMES = 10, 50


def make(families: int) -> dict[str, Any]:
    """Ten classes with fifty times each, and so many families with a link in their hands."""
    from django.db import transaction
    from django.test import override_settings

    from gatepost.know.models import Group
    from gatepost.meet.models import Slot
    from gatepost.org.models import Person
    from gatepost.reach.models import PostRoomCopy
    from gatepost.reach.services import freezing
    from gatepost.testing import build_cast, cast_scope
    from tests.journeys.people import link_in

    with override_settings(GATEPOST_QUIET_HOURS=False), transaction.atomic():  # at night, too
        cast = build_cast()
        with cast_scope(cast):
            PostRoomCopy.objects.all().delete()
            for number in range(CLASSES):
                host = Person.objects.create_user(f"host{number}@elm.example", name=f"Host {number}")
                group = Group.objects.create(school=cast.school, name=f"Class {number}")
                share = families // CLASSES + (number < families % CLASSES)
                cast.families(share, group)
                event = cast.event(
                    groups=[group], hosts=[host], minutes=5, begins=time(9), ends=time(19), title=f"Evening {number}"
                )
                kept = list(event.slots.order_by("starts_at").values_list("pk", flat=True)[:TIMES])
                Slot.objects.filter(event=event).exclude(pk__in=kept).delete()
                cast.invite_all(event)
            cast.deliver()
            links = [link_in(copy.body) for copy in PostRoomCopy.objects.all()]
            # else what is told leaves by day, too
            freezing.freeze("Only booking is measured", by=cast.actor_of(cast.finch))
    return {"school": str(cast.school.pk), "organisation": str(cast.organisation.pk), "links": links}


def count(school: str, organisation: str) -> dict[str, int]:
    """What the database holds after the rush."""
    from django.db.models import Count, F

    from gatepost.core import audit, scope
    from gatepost.meet.models import Booking, Slot
    from gatepost.reach.models import Notice

    with scope.only([UUID(school)], organisation=UUID(organisation)):
        live = Booking.objects.filter(status="booked")
        return {
            "booked": live.count(),
            "double": live.values("slot").annotate(number=Count("pk")).filter(number__gt=F("slot__places")).count()
            + (live.count() - live.values("invitation").distinct().count())
            + Slot.objects.filter(taken__gt=F("places")).count(),
            "told": Notice.objects.filter(kind="meet.booked").count(),
            "broken_chain": int(audit.first_bad_line(UUID(school)) is not None),
        }


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gatepost.config.settings")
    django.setup()
    print(json.dumps(make(int(sys.argv[2])) if sys.argv[1] == "make" else count(*sys.argv[2:4])))
