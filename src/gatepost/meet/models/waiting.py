"""Who would like a place that nobody can have yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.meet.models.bookings import Invitation
from gatepost.org.models import SchoolModel


class Waiting(SchoolModel):
    """One invited adult waits for a place at an event, until they get one or stop waiting."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="waits")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["Waiting"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invitation"], condition=Q(ended_at=None), name="waiting_once_for_each_invitation"
            )
        ]
