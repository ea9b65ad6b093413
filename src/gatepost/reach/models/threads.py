"""What one adult and the school write to each other about one child."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult, Child
from gatepost.org.models import Person, School, SchoolModel
from gatepost.reach.kinds import Tone


class Thread(SchoolModel):
    """What one adult and the school write to each other about one child. Nobody else of the family is ever in it."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", db_index=False)
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="threads", db_index=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    wrote_last = models.ForeignKey(  # of the school
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    told_at = models.DateTimeField(null=True)  # when the school last wrote
    waits_since = models.DateTimeField(null=True)  # the family has written, and nobody has answered

    objects = ScopedManager["Thread"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["-begun_at", "id"]
        indexes: ClassVar = [models.Index(fields=["school", "waits_since"], name="thread_waits")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adult", "child"], name="thread_is_one_for_each_adult_and_child")
        ]


class Broadcast(SchoolModel):
    """The same words to many adults, each in their own thread, so that an answer finds whoever wrote."""

    words = models.TextField()  # what comes from the phrasebook stands here in English
    said = models.JSONField(default=list)  # the phrases with their values (`sayings.py`); none: words of one’s own
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    told = models.PositiveIntegerField(default=0)
    text_parts = models.PositiveIntegerField(default=0)  # what its texts take at most, together
    texts = models.PositiveIntegerField(default=0)  # and how many of them there are

    objects = ScopedManager["Broadcast"]()
    level: ClassVar[Level] = Level.P1
    levels: ClassVar[dict[str, Level]] = {"words": Level.P1, "said": Level.P1}

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(words=""), name="broadcast_has_words")]


class Message(SchoolModel):
    """One thing that was written in a thread, by the family or by somebody of the school."""

    class State(models.TextChoices):
        """Whether it has gone on its way."""

        SENT = "sent", _("Sent")
        TO_PASS = "to_pass", _("Waiting for a second reader")
        SENT_BACK = "sent_back", _("Sent back by the second reader")
        TO_SAY = "to_say", _("Waiting to be put into their language")

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", db_index=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(  # null: the family
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    words = models.TextField()  # what comes from the phrasebook stands here in English
    said = models.JSONField(default=list)  # the phrases with their values (`sayings.py`); none: words of one’s own
    language = models.CharField(max_length=20, default="en")  # BCP 47; `und`: nobody can say
    high = models.BooleanField(default=False)  # rights, safety, money or special needs: no machine speaks for us
    way = models.CharField(max_length=10, blank=True)  # how the family's words came
    tone = models.CharField(max_length=10, choices=Tone, default=Tone.NEUTRAL)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    passed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    broadcast = models.ForeignKey(Broadcast, null=True, on_delete=models.CASCADE, related_name="messages")
    signed = models.CharField(max_length=160, blank=True)  # under a letter of praise on paper: name and role, as typed

    objects = ScopedManager["Message"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"words": Level.P3, "said": Level.P3}

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="message_has_words"),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(state="sent", passed_by=None),
                name="message_of_a_family_is_never_kept",
            ),
            models.CheckConstraint(
                condition=Q(signed="") | Q(by__isnull=False, tone="good"),
                name="letter_of_praise_is_by_the_school",
            ),
        ]


class Treated(SchoolModel):
    """How one adult says that they were treated in one contact. Whoever they spoke with never reads it."""

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")  # for whose sake we may write
    spoke_with = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    spoke_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    well = models.BooleanField(null=True)  # null: no answer yet
    words = models.TextField(blank=True)
    due_on = models.DateField(null=True)  # by when somebody else has rung them, where it was bad
    repaired_at = models.DateTimeField(null=True)
    repaired_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Treated"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"words": Level.P3}

    class Meta:
        ordering: ClassVar = ["-asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(repaired_at=None, repaired_by=None)
                | Q(repaired_at__isnull=False, repaired_by__isnull=False, well=False),
                name="treated_badly_is_repaired_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(well=False) | Q(due_on__isnull=False), name="treated_badly_is_put_right_by_a_day"
            ),
            models.CheckConstraint(
                condition=Q(repaired_by=None) | ~Q(repaired_by=models.F("spoke_with")),
                name="treated_is_repaired_by_somebody_else",
            ),
        ]
