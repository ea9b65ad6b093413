"""What happens on the evening itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.meet.models.events import Session
from gatepost.org.models import Person, SchoolModel

LONGEST_DELAY = 60  # minutes


class Delay(SchoolModel):
    """A host says that they are running late. The latest one counts; 0 minutes: they are on time again."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="delays")
    host = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects = ScopedManager["Delay"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["-said_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes__lte=LONGEST_DELAY), name="delay_of_an_hour_at_most")
        ]
