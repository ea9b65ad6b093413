"""What a school asked of adults who had said what they are good at, and that they were thanked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult, Child, Strength
from gatepost.org.models import Person, SchoolModel
from gatepost.reach.models import Ask


class Help(SchoolModel):
    """One thing that the school asked one adult to do with it: what, when, what they said, whether they were thanked.

    The answer is the `Ask`'s; an adult who said no is asked for something else another day, and for nothing now.
    """

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="helps")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")  # for whose sake the school knows them
    strength = models.ForeignKey(Strength, null=True, on_delete=models.SET_NULL, related_name="helps")
    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="help")
    what = models.CharField(max_length=200)
    when_words = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    thanked_at = models.DateTimeField(null=True)
    thanked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    thanks = models.CharField(max_length=500, blank=True)  # in the school's own words

    objects = ScopedManager["Help"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["-asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(thanked_at=None, thanked_by=None) | Q(thanked_at__isnull=False, thanked_by__isnull=False),
                name="help_is_thanked_for_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="help_says_what_for"),
        ]
