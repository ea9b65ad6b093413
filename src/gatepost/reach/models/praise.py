"""What a child did well, logged by somebody who saw it; and which adults have had words to celebrate it with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult, Child
from gatepost.org.models import Person, SchoolModel


class Success(SchoolModel):
    """Something that a child did well on one day. Seen by two people, or pressed twice, it is one."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="successes")
    what = models.CharField(max_length=64)  # the key of a phrase; of words of one's own their fingerprint
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager["Success"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["child", "what", "on"], name="success_is_logged_once_a_day"),
            models.CheckConstraint(condition=~Q(what=""), name="success_says_what"),
        ]


class Celebrated(SchoolModel):
    """One adult was told of one success, with words to use at home. They never are a second time."""

    success = models.ForeignKey(Success, on_delete=models.CASCADE, related_name="celebrated")
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Celebrated"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["success", "adult"], name="success_is_told_to_each_adult_once")
        ]
