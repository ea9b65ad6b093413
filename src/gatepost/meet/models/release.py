"""Time away from teaching: when there are lessons, and who teaches instead of a host."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.meet.models.events import Event
from gatepost.org.models import Person, SchoolModel


class LessonTimes(SchoolModel):
    """From when to when there are lessons on the school's days. Until somebody says so, nobody knows."""

    begins = models.TimeField()
    ends = models.TimeField()

    objects = ScopedManager["LessonTimes"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school"], name="lessons_are_at_one_time"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="lessons_end_after_they_begin"),
        ]


class Cover(SchoolModel):
    """Somebody teaches instead of one host of an event on one day: who, and what it costs."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="covers")
    host = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    words = models.CharField(max_length=200)  # who teaches instead
    pence = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager["Cover"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["day", "host__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "host", "day"], name="cover_is_arranged_once_a_day"),
            models.CheckConstraint(condition=~Q(words=""), name="cover_is_somebody"),
        ]
