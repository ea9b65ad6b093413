"""How a meeting is made ready: the room that suits the adults, what stands in their way, and what it costs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Barrier
from gatepost.meet.models.bookings import Booking, Invitation
from gatepost.org.models import Person, SchoolModel


class Room(SchoolModel):
    """A room in which families are met, and what it has."""

    class Feature(models.TextChoices):
        """What somebody may need of a room."""

        LOOP = "loop", _("Hearing loop")
        STEP_FREE = "step_free", _("Way in without steps")
        QUIET = "quiet", _("Quiet")
        PRIVATE = "private", _("Entrance of its own, away from the others")

    name = models.CharField(max_length=120)
    features = models.JSONField(default=list, blank=True)  # values of Feature
    seats = models.PositiveSmallIntegerField(default=6)
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["Room"]()
    level: ClassVar[Level] = Level.P1
    levels: ClassVar[dict[str, Level]] = {"features": Level.P1}

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "name"], condition=Q(ended_at=None), name="room_is_known_by_its_name"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="room_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class RoomBooking(SchoolModel):
    """The room that a meeting has. Its minutes stand among the holds, where no two meetings get the same."""

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="in_room")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="bookings")
    made_at = models.DateTimeField()

    objects = ScopedManager["RoomBooking"]()
    level: ClassVar[Level] = Level.P2


class Arrangement(SchoolModel):
    """What the school does so that one adult can come, and what it costs: found by staff, or asked for by the adult.

    What the adult asked for is the school's promise from that moment, with a day; it is done once somebody says how.
    """

    class Kind(models.TextChoices):
        """What stands in the way, as in `know.Barrier`, and food."""

        TRANSPORT = Barrier.Kind.TRANSPORT.value, _("Getting here")
        CHILDCARE = Barrier.Kind.CHILDCARE.value, _("Looking after the other children")
        MONEY = Barrier.Kind.MONEY.value, _("What it costs")
        FOOD = "food", _("Something to eat and drink")
        ACCESS = "access", _("What they need to take part")
        QUIET = "quiet", _("A quieter or more private way")
        OTHER = Barrier.Kind.OTHER.value, _("Something else")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="arrangements")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.CharField(max_length=300, blank=True)  # how; for food: what they eat and do not eat
    pence = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)  # by the adult; empty: staff thought of it
    due_on = models.DateField(null=True)  # by then the school has arranged what was asked for
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)  # when it was arranged

    objects = ScopedManager["Arrangement"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invitation", "kind"], name="arrangement_is_made_once"),
            models.CheckConstraint(
                condition=Q(at__isnull=False, by__isnull=False)
                | Q(at=None, by=None, asked_at__isnull=False, due_on__isnull=False),
                name="arrangement_is_made_or_promised",
            ),
        ]
