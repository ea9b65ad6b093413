"""A family that would like some words explained in its language."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult, Child
from gatepost.org.models import Person, SchoolModel


class How(models.TextChoices):
    """How a family would like to have it."""

    INTERPRETER = "interpreter", _("With an interpreter")
    RECORDING = "recording", _("A recorded or signed message")
    CALL = "call", _("Please ring me")


class Explain(SchoolModel):
    """One adult would like to hear in their language what we could not write in it. Somebody by name sees to it."""

    class Where(models.TextChoices):
        """On which page they read it."""

        THREAD = "thread", _("A message to them")
        HOME = "home", _("A note for home")
        SUMMARY = "summary", _("The summary of a talk")
        TEXT = "text", _("A long text")
        EXTRA = "extra", _("What extra help is for")

    of = models.UUIDField()
    where = models.CharField(max_length=7, choices=Where)
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=11, choices=How)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Explain"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["adult", "of"], condition=Q(done_at=None), name="explain_is_asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="explain_is_done_by_somebody",
            ),
        ]
