"""Records, their revisions, targets and promises: facts, and what the database keeps true about them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult, Child
from gatepost.meet.models import Booking
from gatepost.org.models import Person, SchoolModel
from gatepost.reach.models import Ask


class Record(SchoolModel):
    """What was said at one meeting with one adult about one child."""

    class Stage(models.TextChoices):
        """The four stages of a structured conversation, in their order."""

        EXPLORE = "explore", _("Explore")
        FOCUS = "focus", _("Focus")
        PLAN = "plan", _("Plan")
        REVIEW = "review", _("Review")

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="record")
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="records")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="records")
    teacher = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.EXPLORE)  # where to go on from
    parent_says = models.TextField(blank=True)
    nothing_to_add = models.BooleanField(default=False)  # asked, and nothing to add: an answer too
    strengths = models.TextField(blank=True)
    works_at_home = models.TextField(blank=True)
    concerns = models.TextField(blank=True)
    aspirations = models.TextField(blank=True)
    child_view = models.TextField(blank=True)
    priorities = models.TextField(blank=True)
    summary_plain = models.TextField(blank=True)
    contact_between = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    no_next_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)  # counts the saves; who saves names the one they saw
    created_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    shared_number = models.PositiveIntegerField(null=True)  # the revision that the family sees
    understood = models.OneToOneField(Ask, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Record"]()
    level: ClassVar[Level] = Level.P3
    levels: ClassVar[dict[str, Level]] = dict.fromkeys(
        (
            "parent_says",
            "strengths",
            "works_at_home",
            "concerns",
            "aspirations",
            "child_view",
            "priorities",
            "summary_plain",
            "contact_between",
            "no_next_because",
        ),
        Level.P3,
    )

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(shared_at=None, shared_number=None, understood=None)
                | Q(shared_at__isnull=False, shared_number__isnull=False, understood__isnull=False),
                name="record_shared_asks_whether_it_made_sense",
            )
        ]

    @property
    def is_shared(self) -> bool:
        """Whether the family can read it."""
        return self.shared_at is not None

    @property
    def is_newer_than_shared(self) -> bool:
        """Whether words were changed since the family was told."""
        return self.shared_number is not None and self.version > self.shared_number


class Revision(SchoolModel):
    """A saved version of a record's words. Versions by one person within a minute are one; another's never is."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()  # the record's version as this one left it
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    at = models.DateTimeField()  # the last save of this sitting
    content = models.JSONField(default=dict)

    objects = ScopedManager["Revision"]()
    level: ClassVar[Level] = Level.P3
    levels: ClassVar[dict[str, Level]] = {"content": Level.P3}

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "number"], name="revision_number_stands_once")
        ]


class Reading(SchoolModel):
    """Words about a child that somebody else at the school reads before the family does (`disclosure.read_first`)."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Somebody else reads this first")
        RELEASED = "released", _("Read and let go")
        SENT_BACK = "sent_back", _("Sent back")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="readings")
    number = models.PositiveIntegerField()  # the revision of the record's words that is to go out
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    read_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)  # what should be different, where it was sent back

    objects = ScopedManager["Reading"]()
    level: ClassVar[Level] = Level.P3
    levels: ClassVar[dict[str, Level]] = {"words": Level.P3}

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(state="waiting"), name="reading_of_a_record_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", read_by=None, read_at=None)
                | (~Q(state="waiting") & Q(read_by__isnull=False, read_at__isnull=False)),
                name="reading_is_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(read_by=None) | ~Q(read_by=models.F("asked_by")), name="reading_is_done_by_somebody_else"
            ),
            models.CheckConstraint(condition=~Q(state="sent_back") | ~Q(words=""), name="reading_sent_back_says_why"),
        ]


class Hand(SchoolModel):
    """Somebody who wrote some of the words that wait: they are never the one who reads them first."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="hands")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Hand"]()
    level: ClassVar[Level] = Level.P3

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["reading", "person"], name="hand_is_named_once")]


class Target(SchoolModel):
    """Something a child works towards until it is looked at again."""

    class Kind(models.TextChoices):
        """Learning, or how life goes besides."""

        ACADEMIC = "academic", _("Learning")
        WIDER = "wider", _("Wider: friends, behaviour, clubs, coming to school")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="targets")
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind)
    measure = models.CharField(max_length=300, blank=True)  # how we will know
    review_on = models.DateField()
    waits = models.BooleanField(default=False)  # until somebody else has read it, the family does not see it

    objects = ScopedManager["Target"]()
    level: ClassVar[Level] = Level.P3

    class Meta:
        ordering: ClassVar = ["review_on", "id"]


class Action(SchoolModel):
    """A promise: who does what by when, and whether it was kept."""

    class Side(models.TextChoices):
        """Who has promised."""

        SCHOOL = "school", _("The school")
        FAMILY = "family", _("The family")

    class State(models.TextChoices):
        """How the promise stands."""

        OPEN = "open", _("Open")
        KEPT = "kept", _("Kept")
        NOT_KEPT = "not_kept", _("Not kept")

    class Kind(models.TextChoices):
        """Said at the talk, or made by "not quite"."""

        ACTION = "action", _("Promise")
        CALL_BACK = "call_back", _("To ring back")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="actions")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ACTION)
    text = models.CharField(max_length=300)
    side = models.CharField(max_length=10, choices=Side)
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="promises")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    because = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    waits = models.BooleanField(default=False)  # until somebody else has read it, the family does not see it
    because_waits = models.BooleanField(default=False)  # the same of the reason alone

    objects = ScopedManager["Action"]()
    level: ClassVar[Level] = Level.P2  # the office sees that a promise stands, never the conversation

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        indexes: ClassVar = [models.Index(fields=["owner", "state", "due_on"], name="action_what_is_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(side="school") | Q(owner__isnull=False), name="action_of_the_school_has_an_owner"
            ),
            models.CheckConstraint(condition=~Q(state="not_kept") | ~Q(because=""), name="action_not_kept_says_why"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="action_closed_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(kind="call_back") | Q(side="school"), name="action_to_ring_back_is_the_schools"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == self.State.OPEN

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and it is still to be done."""
        return self.is_open and self.due_on < today
