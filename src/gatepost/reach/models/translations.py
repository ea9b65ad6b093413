"""Words in two languages: as typed, and as somebody put them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult, Child
from gatepost.org.models import Person, SchoolModel

MESSAGE, BROADCAST, PARAGRAPH, TEXT = "message", "broadcast", "paragraph", "text"
"""Parts of things whose words are kept in two languages; packages above name their own."""


class Translation(SchoolModel):
    """Some words that the school or a family typed, and what they are in the other's language."""

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", _("Waiting for a reader")
        PROPOSED = "proposed", _("Drafted, and not checked")
        REVIEWED = "reviewed", _("Written or checked by a named person")
        REFUSED = "refused", _("Cannot be put into that language")

    class Stakes(models.TextChoices):
        """How much hangs on the words. Where it is much, no family sees what no person has read."""

        LOW = "low", _("Everyday")
        HIGH = "high", _("Rights, safety, money or special needs")

    class Change(models.TextChoices):
        """How much the reader had to change of what an engine had drafted."""

        NONE = "none", _("Nothing")
        SMALL = "small", _("A little")
        LARGE = "large", _("Much")

    of = models.UUIDField()  # what holds the words: a message, a broadcast, a text …
    part = models.CharField(max_length=40)  # which of its words
    incoming = models.BooleanField(default=False)  # a family's words, for the school to read
    original = models.TextField()  # as it was typed; never changed
    fingerprint = models.CharField(max_length=64)  # of the words however they were typed
    source = models.CharField(max_length=20)  # BCP 47; `und`: nobody can say
    target = models.CharField(max_length=20)
    stakes = models.CharField(max_length=4, choices=Stakes, default=Stakes.LOW)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    words = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    engine = models.CharField(max_length=80, blank=True)  # its name and version
    tried_at = models.DateTimeField(null=True)  # when an engine was asked
    problem = models.CharField(max_length=200, blank=True)  # why its draft was not taken
    reviewed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    change = models.CharField(max_length=5, choices=Change, blank=True)
    because = models.CharField(max_length=300, blank=True)  # why it was refused
    adult = models.ForeignKey(Adult, null=True, on_delete=models.PROTECT, related_name="+")  # null: many
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    shown_at = models.DateTimeField(null=True)  # when the family could first read it

    objects = ScopedManager["Translation"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"original": Level.P3, "words": Level.P3}

    class Meta:
        ordering: ClassVar = ["due_on", "asked_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["school", "state", "due_on"], name="translation_due"),
            models.Index(fields=["school", "fingerprint", "target"], name="translation_memory"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "part", "target"], name="translation_is_one_for_each_language"),
            models.CheckConstraint(condition=~Q(original=""), name="translation_has_an_original"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="translation_is_into_another"),
            models.CheckConstraint(
                condition=Q(state="asked", words="")
                | (Q(state="proposed") & ~Q(words="") & (Q(proposed_by__isnull=False) | ~Q(engine="")))
                | (Q(state="reviewed", reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(words=""))
                | (Q(state="refused", reviewed_by__isnull=False, shown_at=None) & ~Q(because="")),
                name="translation_is_answered_for",
            ),
            models.CheckConstraint(
                condition=Q(shown_at=None) | Q(state="reviewed") | Q(state="proposed", stakes="low", incoming=False),
                name="translation_of_high_stakes_is_read_first",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether a person still has to read it."""
        return self.state in {self.State.ASKED, self.State.PROPOSED}

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and nobody has read it."""
        return self.is_open and self.due_on < today
