"""Another way to talk, offered to an adult for whom coming did not work twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.meet.models.bookings import Invitation
from gatepost.org.models import Person, SchoolModel


class AnotherWay(SchoolModel):
    """The offer, what the adult said to it, and who agreed something with them. Made once for each invitation."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="another_way")
    offered_at = models.DateTimeField()
    said_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)  # what they ticked, in English, and what they wrote
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ScopedManager["AnotherWay"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"words": Level.P2}

    class Meta:
        ordering: ClassVar = ["said_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="another_way_is_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(words="") | Q(said_at__isnull=False), name="another_way_has_words_once_said"
            ),
        ]
