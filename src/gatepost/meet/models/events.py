"""What is offered: events, the sessions they consist of, and the times or places that a family can have."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Group
from gatepost.meet.kinds import KINDS, LONGEST, SHORTEST_TALK, Books, EventKind
from gatepost.meet.kinds import Kind as EventKinds
from gatepost.org.models import Person, SchoolModel


class Event(SchoolModel):
    """Any coming together: who meets, what for, for how long, where. Its kind is the template that it began from."""

    Kind = EventKinds

    kind = models.CharField(max_length=20, choices=EventKinds)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300, blank=True)  # what families come for, in plain words
    place = models.CharField(max_length=200)
    way_there = models.CharField(max_length=300, blank=True)  # how to get there, in plain words
    ways = models.JSONField(default=list, blank=True)  # values of Way that families choose from; empty: its place
    minutes = models.PositiveSmallIntegerField()
    apart_minutes = models.PositiveSmallIntegerField(
        default=30
    )  # trust.md D2: adults who live apart do not meet by chance
    agenda_days = models.PositiveSmallIntegerField(default=2)  # so long before, what is talked about is settled
    learning = models.BooleanField(default=True)  # linked to the child's learning
    follow_on = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="hooks")
    for_some = models.BooleanField(default=False)  # only for the adults who are `eligible`; for others it is not there
    groups: models.ManyToManyField[Group, models.Model] = models.ManyToManyField(Group, related_name="events")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = ScopedManager["Event"]()
    level: ClassVar[Level] = Level.P1
    levels: ClassVar[dict[str, Level]] = {"ways": Level.P1}

    class Meta:
        ordering: ClassVar = ["-made_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="conversation") | Q(minutes__gte=SHORTEST_TALK, minutes__lte=90),
                name="event_conversation_is_unhurried",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=LONGEST), name="event_lasts_5_to_240_minutes"
            ),
            models.CheckConstraint(
                condition=Q(follow_on=None) | ~Q(follow_on=F("id")), name="event_does_not_lead_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def template(self) -> EventKind:
        """What its kind sets."""
        return KINDS[self.kind]

    @property
    def is_open_door(self) -> bool:
        """Whether nothing is booked: whoever comes is welcome, and signs in at the door."""
        return self.template.books is Books.NOTHING

    def is_for(self, adult_id: UUID) -> bool:
        """Whether this adult may come at all; for others it is as if there were no such event."""
        return not self.for_some or self.eligible.filter(adult=adult_id).exists()


class Session(SchoolModel):
    """One coming-together of an event: an evening with its many times, or one of the afternoons of a series."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()  # from its first time to the end of its last
    place = models.CharField(max_length=200, blank=True)  # blank: where the event is
    called_off_at = models.DateTimeField(null=True)

    objects = ScopedManager["Session"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "starts_at"], name="session_begins_once")]

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Slot(SchoolModel):
    """What a family can have: a time in which one member of staff listens, or one of several places.

    A slot of a series that is booked as a whole stands in its first session and is good for all of them.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="slots")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="slots")
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
            models.UniqueConstraint(  # a time without a place is called off, or belongs to the talk before it
                fields=["host", "starts_at"], condition=Q(places__gt=0), name="slot_host_is_in_one_place"
            ),
        ]

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_full(self) -> bool:
        """Whether nobody else can have it."""
        return self.taken >= self.places
