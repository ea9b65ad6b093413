"""Long texts that families are asked to read, and what they say of each part."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult, Group
from gatepost.org.models import Person, SchoolModel


class Document(SchoolModel):
    """A long text for a class or for every family: a pupil-premium statement, a policy, what a year will learn."""

    title = models.CharField(max_length=120)
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="+")  # null: every family
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager["Document"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(title=""), name="document_has_a_title")]


class Paragraph(SchoolModel):
    """One part of it in one wording. A new wording is a new row; the old one stays, with what was said of it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="paragraphs")
    place = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    words = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    stands = models.BooleanField(default=True)  # this is the wording that families read

    objects = ScopedManager["Paragraph"]()
    level: ClassVar[Level] = Level.P1
    levels: ClassVar[dict[str, Level]] = {"words": Level.P1}

    class Meta:
        ordering: ClassVar = ["place", "-version", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="paragraph_has_words"),
            models.UniqueConstraint(fields=["document", "place", "version"], name="paragraph_version_stands_once"),
            models.UniqueConstraint(
                fields=["document", "place"], condition=Q(stands=True), name="paragraph_has_one_wording"
            ),
        ]


class Sense(SchoolModel):
    """Whether some words made sense to one adult: a message, or one wording of a paragraph. The last answer counts."""

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="+")
    of = models.UUIDField(db_index=True)
    clear = models.BooleanField()
    at = models.DateTimeField()

    objects = ScopedManager["Sense"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["adult", "of"], name="sense_is_said_once")]
