"""Interpreters: who there is outside the school, and who interprets at which meeting. Finding them is its job."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.meet.models.bookings import Booking
from gatepost.meet.models.events import Slot
from gatepost.org.models import Person, SchoolModel

SIGNED = "bfi"  # British Sign Language


class Interpreter(SchoolModel):
    """Somebody outside the school who interprets for it: on their own, or through a service."""

    name = models.CharField(max_length=200)
    languages = models.JSONField()  # BCP 47
    qualified = models.BooleanField(default=False)  # for British Sign Language: registered, and seen by the school
    comes = models.BooleanField(default=True)  # to the school
    remote = models.BooleanField(default=False)  # by telephone or video
    email = models.EmailField(blank=True)  # blank: somebody rings them
    phone = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["Interpreter"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"languages": Level.P1}

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="interpreter_has_a_name"),
            models.CheckConstraint(condition=Q(comes=True) | Q(remote=True), name="interpreter_works_in_some_way"),
        ]

    def __str__(self) -> str:
        return self.name


class InterpreterBooking(SchoolModel):
    """One meeting that needs an interpreter: asked for, found, confirmed, or not needed any more."""

    class State(models.TextChoices):
        """How far it is."""

        REQUESTED = "requested", _("To be found")
        BOOKED = "booked", _("Booked")
        CONFIRMED = "confirmed", _("Confirmed")
        RELEASED = "released", _("Not needed any more")

    class Wish(models.TextChoices):
        """What the adult would like while nobody is found."""

        WAIT = "wait", _("Wait until somebody is found")
        REMOTE = "remote", _("An interpreter by telephone or video")
        OTHER_DATE = "other_date", _("Another date")

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="interpreting")
    language = models.CharField(max_length=20, blank=True)  # BCP 47; blank: nobody has said which
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    wish = models.CharField(max_length=10, choices=Wish, default=Wish.WAIT)
    asked_at = models.DateTimeField()
    due_on = models.DateField()  # by then the school has found somebody
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="interprets")
    interpreter = models.ForeignKey(Interpreter, on_delete=models.PROTECT, null=True, related_name="bookings")
    relative = models.CharField(max_length=200, blank=True)  # a grown-up of the family, where they insist
    warned = models.BooleanField(default=False)  # whoever arranged it has read what is wrong with a relative
    qualified = models.BooleanField(default=False)  # whoever was found may interpret signs
    by_remote = models.BooleanField(default=False)
    next_slot = models.ForeignKey(Slot, on_delete=models.SET_NULL, null=True, related_name="+")  # signs take twice
    changed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    went_without = models.CharField(max_length=300, blank=True)  # the meeting took place without one: how

    objects = ScopedManager["InterpreterBooking"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["booking"], condition=~Q(state="released"), name="interpreting_is_arranged_once_a_meeting"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["booked", "confirmed"])
                | Q(person__isnull=False, interpreter=None, relative="")
                | Q(person=None, interpreter__isnull=False, relative="")
                | (Q(person=None, interpreter=None) & ~Q(relative="")),
                name="interpreting_is_done_by_one",
            ),
            models.CheckConstraint(
                condition=~Q(language=SIGNED) | ~Q(state__in=["booked", "confirmed"]) | Q(qualified=True),
                name="interpreting_signs_takes_a_qualification",
            ),
            models.CheckConstraint(
                condition=Q(relative="") | Q(warned=True), name="interpreting_relative_was_warned_of"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["school", "state", "due_on"], name="interpreting_to_arrange")]

    @property
    def by_whom(self) -> str:
        """Who interprets, by name; blank while nobody is found."""
        return self.relative or ((self.person or self.interpreter or "") and str(self.person or self.interpreter))

    @property
    def is_settled(self) -> bool:
        """Whether somebody will interpret."""
        return self.state in (self.State.BOOKED, self.State.CONFIRMED)
