"""Carries the heads of the audit trail out of the house once a day: to a file elsewhere, or by mail to somebody.

A chain whose key lies on the same host proves nothing against that host, and nothing against its end being cut off.
Its head at another place does: `gatepost audit verify --against` compares.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gatepost.core import audit, clock
from gatepost.core.models import AuditEvent
from gatepost.core.trail import Head, head_of
from gatepost.org.models import Organisation, School
from gatepost.reach.delivery.housemail import send_house_mail

log = logging.getLogger(__name__)

CARRIED = "core.heads_carried_out"
AGAIN = timedelta(minutes=30)  # how long we wait after a try that failed, and between two looks

_next: list[datetime] = []  # when this process looks again


def heads() -> list[Head]:
    """Where every chain ends now: one for each school, and the one of what belongs to no school."""
    return [head_of(None), *(head_of(pk) for pk in School.objects.order_by("pk").values_list("pk", flat=True))]


def as_text(found: list[Head]) -> str:
    """One line for each."""
    return "".join(f"{head.as_line()}\n" for head in found)


def tick() -> None:
    """Once a day, if somebody has said where to. Between two looks it costs nothing."""
    where, now = settings.GATEPOST_AUDIT_HEADS, clock.now()
    if not where or (_next and now < _next[0]):
        return
    _next[:] = [now + AGAIN]
    carry_out(where)


def carry_out(where: str) -> bool:
    """Write today's heads down elsewhere, unless another process has; says whether it did."""
    organisation = Organisation.objects.order_by("pk").first()
    if organisation is None:
        return False
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)  # one host at a time
        midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
        if AuditEvent.objects.filter(school_id=None, verb=CARRIED, at__gte=midnight).exists():
            return False
        found = heads()
        done = _mail(where, found) if "@" in where else _write(where, found)
        if done:
            audit.record("core.heads_carried_out", organisation, by=None, chains=len(found))
    return done


def _mail(address: str, found: list[Head]) -> bool:
    words = (
        "Please keep this letter. Each line below is where one audit trail of Gatepost ended today.\n"
        "Should anybody ever doubt the trail, save the line as a file and run: gatepost audit verify --against FILE"
    )
    title = f"Gatepost: heads of the audit trail, {clock.today():%Y-%m-%d}"
    return send_house_mail(address=address, title=title, body=f"{words}\n\n{as_text(found)}")


def _write(path: str, found: list[Head]) -> bool:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as file:
            file.write(as_text(found))
    except OSError as problem:
        log.error("the heads of the audit trail could not be written: %s", problem.strerror)
        return False
    return True
