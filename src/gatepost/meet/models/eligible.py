"""Whom an event is for, where it is not for everybody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult
from gatepost.meet.models.events import Event
from gatepost.org.models import SchoolModel


class Eligible(SchoolModel):
    """One adult may come to an event that is for some only. For everybody else there is no such event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="eligible")
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Eligible"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "adult"], name="eligible_once_for_an_event"),
        ]
