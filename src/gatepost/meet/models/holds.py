"""Whose time is taken: the one table in which the database refuses that anybody or any room is in two places."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.meet.models.bookings import Booking
from gatepost.meet.models.events import Slot
from gatepost.org.models import SchoolModel

CELL = timedelta(minutes=5)


class Hold(SchoolModel):
    """Five minutes of one host, adult, room or interpreter, kept for one slot or for one booking.

    A meeting of 45 minutes keeps nine of them. Two meetings that overlap want the same row, and the database says no:
    on SQLite as on PostgreSQL, for every kind of resource alike.
    """

    class Kind(models.TextChoices):
        """What is kept."""

        HOST = "host"
        ADULT = "adult"
        ROOM = "room"
        INTERPRETER = "interpreter"

    kind = models.CharField(max_length=12, choices=Kind)
    key = models.UUIDField()  # of the person, adult, room or interpreter
    at = models.DateTimeField()  # a multiple of five minutes
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, null=True, related_name="holds")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, null=True, related_name="holds")

    objects = ScopedManager["Hold"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key", "at"], name="hold_nobody_is_in_two_places"),
            models.CheckConstraint(
                condition=Q(slot=None, booking__isnull=False) | Q(slot__isnull=False, booking=None),
                name="hold_is_for_a_slot_or_a_booking",
            ),
        ]
