"""What stops the wire: somebody who pressed the button, and a channel that is down."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Channel
from gatepost.org.models import Person, SchoolModel


class Freeze(SchoolModel):
    """A stretch of time in which nothing leaves a school: somebody pressed the button, and somebody lets go again."""

    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Freeze"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["-begun_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school"], condition=Q(ended_at=None), name="school_is_frozen_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_by__isnull=False), name="freeze_is_ended_by_somebody"
            ),
        ]


class Outage(SchoolModel):
    """A stretch of time in which nothing could be handed over by one channel. From `down_since` on it is left alone."""

    channel = models.CharField(max_length=10, choices=Channel)
    began_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)
    problem = models.CharField(max_length=200)
    down_since = models.DateTimeField(null=True)  # null: it may be a hiccup still
    probe_at = models.DateTimeField(null=True)  # when one message is tried again
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["Outage"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["-began_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "channel"], condition=Q(ended_at=None), name="channel_is_down_once"
            ),
            models.CheckConstraint(
                condition=Q(down_since=None) | Q(probe_at__isnull=False), name="channel_that_is_down_is_tried_again"
            ),
        ]
