"""Events, slots, invitations and bookings: facts, and the promises that the database keeps about them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult, Child, Group
from gatepost.org.models import Person, SchoolModel
from gatepost.reach.models import Ask

SHORTEST_TALK = 20  # minutes; domain.md §1: a structured conversation is unhurried, 20–90 minutes


class Event(SchoolModel):
    """A parents' evening, or a round of structured conversations: who meets, for how long, where."""

    class Kind(models.TextChoices):
        """The templates an event starts from."""

        EVENING = "evening", _("Parents’ evening")
        CONVERSATION = "conversation", _("Structured conversations")

    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField()
    apart_minutes = models.PositiveSmallIntegerField(
        default=30
    )  # trust.md D2: adults who live apart do not meet by chance
    groups: models.ManyToManyField[Group, models.Model] = models.ManyToManyField(Group, related_name="events")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = ScopedManager["Event"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["-made_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="conversation") | Q(minutes__gte=SHORTEST_TALK),
                name="event_conversation_is_unhurried",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=90), name="event_slots_last_5_to_90_minutes"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Slot(SchoolModel):
    """A time when one member of staff listens to up to `places` families."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="slots")
    host = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField(default=1)
    taken = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ScopedManager["Slot"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["starts_at", "host__name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="slot_never_overfull"),
            models.UniqueConstraint(fields=["host", "starts_at"], name="slot_host_is_in_one_place"),
        ]

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_full(self) -> bool:
        """Whether nobody else can have it."""
        return self.taken >= self.places


class Invitation(SchoolModel):
    """One adult is asked to come to one event about one child."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="invitations")
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="invitations")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="invitations")
    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ScopedManager["Invitation"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["child__name", "adult__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "adult", "child"], name="invitation_is_sent_once")
        ]


class Booking(SchoolModel):
    """The place that one adult holds, to talk about one child."""

    class Status(models.TextChoices):
        """Whether the place is held."""

        BOOKED = "booked", _("Booked")
        GIVEN_BACK = "given_back", _("Given back")

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="bookings")
    status = models.CharField(max_length=10, choices=Status, default=Status.BOOKED)
    talk_about = models.TextField(blank=True)
    elsewhere = models.BooleanField(default=False)  # they would rather meet in another place
    booked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    objects = ScopedManager["Booking"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"talk_about": Level.P2}

    class Meta:
        ordering: ClassVar = ["slot__starts_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(status="booked"),
                name="booking_one_time_for_each_invitation",
            )
        ]


class Seat(SchoolModel):
    """A place at a booked meeting for somebody who comes along: a supporter or an interpreter."""

    class Kind(models.TextChoices):
        """Who sits there."""

        SUPPORTER = "supporter", _("Supporter")
        INTERPRETER = "interpreter", _("Interpreter")

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="seats")
    kind = models.CharField(max_length=20, choices=Kind)
    detail = models.CharField(max_length=200, blank=True)  # the supporter's name, or the interpreter's language

    objects = ScopedManager["Seat"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["booking", "kind"], name="seat_of_each_kind_once")]


class Attendance(SchoolModel):
    """Whether the adult of a booking came. Written down by staff, never guessed from a booking."""

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="attendance")
    came = models.BooleanField()
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = ScopedManager["Attendance"]()
    level: ClassVar[Level] = Level.P2
