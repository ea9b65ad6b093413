"""Makes, counts and serves the bare app: `python -m bench.rush.bare_run make|count|serve FAMILIES|PORT`."""

from __future__ import annotations

import json
import secrets
import sys
from datetime import timedelta
from typing import Any


def make(families: int) -> dict[str, Any]:
    """The tables, the times, the families and their links."""
    from django.db import connection
    from django.utils import timezone

    from bench.rush.bare import CLASSES, TABLES, TIMES, Family, Slot

    with connection.schema_editor() as editor:
        for table in TABLES:
            editor.create_model(table)
    now = timezone.now()
    Slot.objects.bulk_create(
        Slot(host=host, starts_at=now + timedelta(days=7, minutes=5 * number))
        for host in range(CLASSES)
        for number in range(TIMES)
    )
    made = [Family(name=f"Family {n}", host=n % CLASSES, token=secrets.token_urlsafe(16)) for n in range(families)]
    Family.objects.bulk_create(made)
    return {"links": [f"/i/{family.token}/" for family in made]}


def count() -> dict[str, int]:
    """What the database holds after the rush."""
    from django.db.models import F

    from bench.rush.bare import Booking, Slot

    return {"booked": Booking.objects.count(), "double": Slot.objects.filter(taken__gt=F("places")).count()}


def serve(port: int) -> None:
    """The same server as Gatepost's, with the same number of processes."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "bench.rush.bare:application",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(int(sys.argv[2]))
    else:
        print(json.dumps(make(int(sys.argv[2])) if sys.argv[1] == "make" else count()))
