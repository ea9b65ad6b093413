"""Who was asked, who holds which place, who comes along, and who came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult, Child
from gatepost.meet.models.events import Event, Session, Slot
from gatepost.org.models import Person, SchoolModel
from gatepost.reach.models import Ask


class Invitation(SchoolModel):
    """One adult is asked to come to one event about one child."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="invitations")
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="invitations")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="invitations")
    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=0, editable=False)  # of its time: calendars believe the latest
    asked_along_at = models.DateTimeField(null=True)  # when the other parent's time was last put to them, too

    objects = ScopedManager["Invitation"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["child__name", "adult__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "adult", "child"], name="invitation_is_sent_once")
        ]


class Way(models.TextChoices):
    """How and where a family can be met, where an event lets them choose."""

    SCHOOL = "school", _("At school")
    HOME = "home", _("At your home")
    OUTSIDE = "outside", _("In a café or another place")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")


class Booking(SchoolModel):
    """The place that one adult holds, to talk about one child."""

    class Status(models.TextChoices):
        """Whether the place is held."""

        BOOKED = "booked", _("Booked")
        GIVEN_BACK = "given_back", _("Given back")

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="bookings")
    status = models.CharField(max_length=10, choices=Status, default=Status.BOOKED)
    elsewhere = models.BooleanField(default=False)  # they would rather meet in another place
    way = models.CharField(max_length=8, choices=Way, blank=True)  # chosen by them; blank: as the event says
    where = models.CharField(max_length=200, blank=True)  # which café, which number: in their words
    booked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)  # two days before
    arrived_at = models.DateTimeField(null=True)  # seen at the door; whether they talked is noted afterwards
    reminded_today_at = models.DateTimeField(null=True)  # on the morning

    objects = ScopedManager["Booking"]()
    level: ClassVar[Level] = Level.P2

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
    """A place at a booked meeting for somebody who comes along: who, as what. `seats.py` says what they may see."""

    class Kind(models.TextChoices):
        """As what they sit there."""

        SECOND_PARENT = "second_parent", _("Second parent")
        CHILD = "child", _("The child")
        SUPPORTER = "supporter", _("Supporter")
        ADVOCATE = "advocate", _("Advocate")
        INTERPRETER = "interpreter", _("Interpreter")
        PROFESSIONAL = "professional", _("Professional")
        AMBASSADOR = "ambassador", _("Ambassador")

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="seats")
    kind = models.CharField(max_length=20, choices=Kind)
    detail = models.CharField(max_length=200, blank=True)  # their name, or the interpreter's language
    role = models.CharField(max_length=200, blank=True)  # in plain words: what they do here
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="seats")
    email = models.EmailField(blank=True)  # of somebody from outside; blank: somebody rings them
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, null=True, related_name="seats")  # the other parent
    comes = models.BooleanField(null=True)  # what that adult has said themselves; empty: nothing yet

    objects = ScopedManager["Seat"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["booking", "kind"],
                condition=Q(kind__in=["second_parent", "child", "supporter", "advocate", "interpreter"]),
                name="seat_of_each_kind_once",
            ),
            models.CheckConstraint(
                condition=Q(adult=None) | Q(kind="second_parent"), name="seat_of_an_adult_is_the_other_parents"
            ),
            models.CheckConstraint(
                condition=Q(comes=None) | Q(adult__isnull=False), name="seat_is_answered_by_whose_it_is"
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(kind__in=["professional", "ambassador"], person=None),
                name="seat_of_somebody_outside_has_a_mailbox",
            ),
        ]


class Attendance(SchoolModel):
    """Whether the adult of a booking came to a session. Written down by staff, never guessed from a booking."""

    class Reason(models.TextChoices):
        """What the school could change, where somebody did not come. Never what is wrong with them."""

        NOT_SAID = "", _("They have not said")
        TIME = "time", _("The time was hard for them")
        WAY = "way", _("It was hard to get here")
        CARE = "care", _("Nobody could look after the children")
        TOLD = "told", _("What we sent was late, or not clear")
        LANGUAGE = "language", _("There was no interpreter")
        WELCOME = "welcome", _("They did not feel welcome, or were afraid of it")
        OTHER = "other", _("Something that we could not change")

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="attendance")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    came = models.BooleanField()
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = ScopedManager["Attendance"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["booking", "session"], name="attendance_noted_once_a_session"),
            models.CheckConstraint(condition=Q(reason="") | Q(came=False), name="attendance_reason_for_not_coming"),
        ]
