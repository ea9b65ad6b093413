"""Who of the school is out with a family on their own, until when, and what happened when nobody heard from them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gatepost.core import clock
from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.meet.models.bookings import Booking
from gatepost.org.models import Person, SchoolModel


class Outing(SchoolModel):
    """Somebody has gone in alone: where, and when they expect to be out. Past that, an alarm stands in these columns.

    Nothing has to run for the alarm to be there: it is true from `alarm_at` on, until somebody else settles it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outings")
    duty = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outings_watched")  # whom it rings first
    place = models.CharField(max_length=200)
    number = models.CharField(max_length=40, blank=True)  # of the telephone that they have with them
    booking = models.ForeignKey(Booking, on_delete=models.SET_NULL, null=True, related_name="outings")
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()  # when they expect to be out
    alarm_at = models.DateTimeField()  # a little later
    out_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_words = models.CharField(max_length=300, blank=True)  # what was found

    objects = ScopedManager["Outing"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["alarm_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(out_at=None, settled_at=None), name="outing_is_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("began_at"), alarm_at__gte=F("due_at")), name="outing_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(duty=F("person")), name="outing_is_watched_by_somebody_else"),
            models.CheckConstraint(condition=~Q(place=""), name="outing_is_somewhere"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settled_words="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settled_words="")),
                name="outing_is_settled_in_words",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) | ~Q(settled_by=F("person")), name="outing_is_settled_by_somebody_else"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["school", "settled_at", "alarm_at"], name="outing_alarms")]

    @property
    def rings(self) -> bool:
        """Whether the alarm stands: they were not out in time, and nobody else has found out why."""
        late = self.out_at is None or self.out_at > self.alarm_at
        return self.settled_at is None and late and self.alarm_at <= clock.now()

    @property
    def escalates_at(self) -> datetime:
        """From when on it rings with everybody who answers for the school."""
        return self.alarm_at + (self.alarm_at - self.due_at) * 2


class OutingCall(SchoolModel):
    """One member of staff is to be told of an alarm in one way. What did not leave is tried again until then."""

    class Way(models.TextChoices):
        """How."""

        MAIL = "mail"
        TEXT = "text"

    outing = models.ForeignKey(Outing, on_delete=models.CASCADE, related_name="calls")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=4, choices=Way, default=Way.MAIL)
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = ScopedManager["OutingCall"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outing", "person", "way"], name="outing_rings_somebody_once"),
        ]
