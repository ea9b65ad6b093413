"""Prepares and counts the burst, in the served school's own data: `python -m tests.journeys.burst prepare|count`."""

from __future__ import annotations

import json
import os
import sys

FAMILIES, PLACES = 100, 5


def prepare() -> dict[str, object]:
    """A school where a hundred families hold a link each, and five times are free."""
    from django.db import transaction

    from gatepost.meet.models import Slot
    from gatepost.reach.models import PostRoomCopy
    from gatepost.testing import build_cast, cast_scope
    from tests.journeys.people import link_in

    with transaction.atomic():
        cast = build_cast()
        with cast_scope(cast):
            event = cast.event(groups=[cast.robins])
            Slot.objects.filter(pk__in=[slot.pk for slot in event.slots.all()[PLACES:]]).delete()
            cast.families(FAMILIES, cast.robins)
            cast.invite_all(event)
            cast.deliver()
            links = [link_in(copy.body) for copy in PostRoomCopy.objects.all()]
    return {"school": str(cast.school.pk), "organisation": str(cast.organisation.pk), "links": links}


def count(school: str, organisation: str) -> dict[str, int]:
    """What the database holds after the rush."""
    from uuid import UUID

    from gatepost.core import audit, scope
    from gatepost.meet.models import Booking, Slot

    with scope.only([UUID(school)], organisation=UUID(organisation)):
        return {
            "booked": Booking.objects.filter(status="booked").count(),
            "adults": Booking.objects.filter(status="booked").values("invitation").distinct().count(),
            "taken": sum(Slot.objects.values_list("taken", flat=True)),
            "overfull": sum(slot.taken > slot.places for slot in Slot.objects.all()),
            "broken_chain": int(audit.first_bad_line(UUID(school)) is not None),
        }


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gatepost.config.settings")
    django.setup()
    told = prepare() if sys.argv[1] == "prepare" else count(*sys.argv[2:4])
    print(json.dumps(told))
