"""Whoever comes along with an adult may read of this one meeting, as long as the adult lets them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.meet.models.bookings import Invitation
from gatepost.org.models import SchoolModel


class Companion(SchoolModel):
    """A link that an adult hands to their supporter. It ends with the meeting, or when the adult ends it."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="companions")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["Companion"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["-made_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invitation"], condition=Q(ended_at=None), name="companion_has_one_link_at_a_time"
            ),
        ]
