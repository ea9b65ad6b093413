"""Prepares and counts for the lost connection, in the served school's own data: `python -m tests.journeys.lost …`."""

from __future__ import annotations

import json
import os
import sys


def prepare() -> dict[str, str]:
    """Amina holds the link to a parents' evening."""
    from django.db import transaction
    from django.test import override_settings

    from gatepost.testing import build_cast, cast_scope

    with override_settings(GATEPOST_QUIET_HOURS=False), transaction.atomic():
        cast = build_cast()
        with cast_scope(cast):
            cast.invitation(cast.amina)
            link = cast.link(cast.amina)
    return {"school": str(cast.school.pk), "organisation": str(cast.organisation.pk), "link": link}


def count(school: str, organisation: str) -> dict[str, int]:
    """What stands of the booking, and what was told of it."""
    from uuid import UUID

    from gatepost.core import scope
    from gatepost.meet.models import Booking, Slot
    from gatepost.reach.models import Answer, Notice

    with scope.only([UUID(school)], organisation=UUID(organisation)):
        return {
            "bookings": Booking.objects.count(),
            "taken": sum(Slot.objects.values_list("taken", flat=True)),
            "answers": Answer.objects.count(),
            "told": Notice.objects.filter(kind="meet.booked").count(),
        }


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gatepost.config.settings")
    django.setup()
    print(json.dumps(prepare() if sys.argv[1] == "prepare" else count(*sys.argv[2:4])))
