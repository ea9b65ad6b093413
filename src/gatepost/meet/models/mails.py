"""What those are told who come to a meeting and are no family: when and where, never about whom. Two ledgers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.meet.models.bookings import Booking
from gatepost.meet.models.interpreters import Interpreter, InterpreterBooking
from gatepost.org.models import Person, SchoolModel


class MeetingMail(SchoolModel):
    """One thing that has happened to a meeting, as it stood then."""

    class News(models.TextChoices):
        """What has happened."""

        BOOKED = "booked", _("Booked")
        MOVED = "moved", _("Moved")
        RELEASED = "released", _("Not needed any more")
        REMINDER = "reminder", _("Reminder")

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", _("Waits")
        ON_THE_WIRE = "on_the_wire", _("Being sent")
        SENT = "sent", _("Sent")
        BY_HAND = "by_hand", _("To be said on the telephone")
        SAID = "said", _("Said")

    news = models.CharField(max_length=10, choices=News)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    starts_at = models.DateTimeField()  # as it stood then
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["made_at", "id"]


class InterpreterMail(MeetingMail):
    """What an interpreter outside the school is told."""

    interpreter = models.ForeignKey(Interpreter, on_delete=models.PROTECT, related_name="mails")
    of = models.ForeignKey(InterpreterBooking, on_delete=models.CASCADE, related_name="mails")

    objects = ScopedManager["InterpreterMail"]()
    level: ClassVar[Level] = Level.P2

    class Meta(MeetingMail.Meta):
        indexes: ClassVar = [models.Index(fields=["school", "state"], name="interpreter_mail_to_send")]


class SeatMail(MeetingMail):
    """What a colleague is told who sits at a meeting or interprets there, or somebody from outside who sits there."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="mails")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)  # blank: somebody tells them

    objects = ScopedManager["SeatMail"]()
    level: ClassVar[Level] = Level.P2

    class Meta(MeetingMail.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(name=""), name="seat_mail_is_for_somebody")]
        indexes: ClassVar = [models.Index(fields=["school", "state"], name="seat_mail_to_send")]
