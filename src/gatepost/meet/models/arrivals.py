"""Who signed in at the door without an account: on a page of the school's own device, or on paper."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.meet.models.bookings import Booking
from gatepost.meet.models.events import Session
from gatepost.org.models import Person, SchoolModel


class Kiosk(SchoolModel):
    """The page at the door of one session, on the one device on which it was begun, until somebody ends it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="kiosks")
    device_hash = models.CharField(max_length=64, editable=False)  # of what only that device's browser holds
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    until = models.DateTimeField()  # it ends by itself, should nobody think of it
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["Kiosk"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["-begun_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session"], condition=Q(ended_at=None), name="kiosk_is_on_one_device_for_a_session"
            ),
        ]


class SignIn(SchoolModel):
    """What one person at the door typed or wrote. It says who was here only once somebody has matched it."""

    class State(models.TextChoices):
        """Whether the school knows who it was."""

        WAITING = "waiting", _("Not matched yet")
        MATCHED = "matched", _("Matched")
        NOT_OURS = "not_ours", _("Not of our families")
        FORGOTTEN = "forgotten", _("Nobody said in time who it was")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="sign_ins")
    kiosk = models.ForeignKey(Kiosk, on_delete=models.PROTECT, null=True, related_name="sign_ins")
    keyed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # from paper
    name = models.CharField(max_length=120, blank=True)  # their own; gone where they are not of our families
    of_child = models.CharField(max_length=120, blank=True)  # the child's name or class, as they said it
    language = models.CharField(max_length=20, blank=True)  # in which they read the page
    signed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, related_name="sign_ins")
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = ScopedManager["SignIn"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["signed_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kiosk=None, keyed_by__isnull=False) | Q(kiosk__isnull=False, keyed_by=None),
                name="sign_in_is_typed_or_keyed",
            ),
            models.CheckConstraint(
                condition=Q(state="matched", booking__isnull=False) | (~Q(state="matched") & Q(booking=None)),
                name="sign_in_is_matched_to_a_booking",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["not_ours", "forgotten"], name="", of_child="")
                | (~Q(state__in=["not_ours", "forgotten"]) & ~Q(name="")),
                name="sign_in_forgets_strangers",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["school", "state"], name="sign_in_to_match")]
