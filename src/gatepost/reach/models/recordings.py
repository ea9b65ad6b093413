"""What somebody of the school says aloud, or signs, beside its words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.org.models import Person, SchoolModel


class Recording(SchoolModel):
    """A sound or a film in one language, of one thing that the school has written."""

    class State(models.TextChoices):
        """Whether families hear it."""

        SHOWN = "shown", _("Families hear it")
        TO_PASS = "to_pass", _("Waiting for a second reader")
        SENT_BACK = "sent_back", _("Sent back by the second reader")

    of = models.UUIDField()  # what holds the words: a message, a broadcast, a note for home
    language = models.CharField(max_length=20)  # BCP 47; of what is spoken or signed
    kind = models.CharField(max_length=20)  # as its bytes say
    size = models.PositiveIntegerField()
    file = models.FileField(max_length=100)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.SHOWN)
    passed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Recording"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"file": Level.P3}

    class Meta:
        ordering: ClassVar = ["language", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "language"], name="recording_is_one_for_each_language"),
            models.CheckConstraint(condition=Q(size__gt=0), name="recording_holds_something"),
            models.CheckConstraint(
                condition=Q(kind__startswith="audio/") | Q(kind__startswith="video/"),
                name="recording_is_sound_or_film",
            ),
            models.CheckConstraint(
                condition=Q(passed_by=None) | ~Q(passed_by=models.F("by")), name="recording_is_passed_by_another"
            ),
        ]

    @property
    def is_film(self) -> bool:
        """Whether there is something to look at."""
        return self.kind.startswith("video/")
