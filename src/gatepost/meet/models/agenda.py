"""What a talk is about: both sides write it, and neither can strike out what the other wrote."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult
from gatepost.meet.models.bookings import Invitation
from gatepost.org.models import Person, SchoolModel


class AgendaItem(SchoolModel):
    """One thing to talk about. It belongs to the invitation, so it stays when the time moves.

    What a family wrote is answered by the school, never changed and never taken off: the table has a trigger against
    the one and a constraint against the other. What the school writes late waits for the adult's yes.
    """

    class Side(models.TextChoices):
        """Whose it is."""

        FAMILY = "family"
        SCHOOL = "school"

    class State(models.TextChoices):
        """Whether it is talked about."""

        STANDS = "stands"
        ASKED = "asked"  # written after the agenda was locked: the adult has not said yes
        REFUSED = "refused"

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="agenda")
    side = models.CharField(max_length=6, choices=Side)
    state = models.CharField(max_length=7, choices=State, default=State.STANDS)
    words = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # who keyed or wrote it
    at = models.DateTimeField()
    answer = models.TextField(blank=True)  # by the school, to what the family wrote
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    taken_off_at = models.DateTimeField(null=True)
    taken_off_by = models.ForeignKey(Adult, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ScopedManager["AgendaItem"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"words": Level.P2, "answer": Level.P2}

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="agenda_item_says_something"),
            models.CheckConstraint(
                condition=Q(side="school") | Q(taken_off_at=None) | Q(taken_off_by__isnull=False),
                name="agenda_item_of_a_family_is_theirs_to_take_off",
            ),
            models.CheckConstraint(
                condition=Q(side="school") | Q(state="stands"), name="agenda_item_of_a_family_needs_no_yes"
            ),
            models.CheckConstraint(
                condition=Q(side="family") | Q(by__isnull=False, answer=""),
                name="agenda_item_of_the_school_has_a_writer",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_by__isnull=False), name="agenda_item_is_answered_by_somebody"
            ),
        ]
