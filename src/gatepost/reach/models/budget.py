"""What a school means to spend on texts, and how many messages come to a family that has a lot on it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.org.models import SchoolModel


class TextBudget(SchoolModel):
    """So many parts of texts in each month or term: for what is written to many, and is not urgent."""

    class Each(models.TextChoices):
        """For how long it has to last."""

        MONTH = "month", _("A month")
        TERM = "term", _("A term: September, January and May are the first months of one")

    parts = models.PositiveIntegerField()
    each = models.CharField(max_length=5, choices=Each, default=Each.MONTH)

    objects = ScopedManager["TextBudget"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school"], name="text_budget_is_one_for_each_school"),
            models.CheckConstraint(condition=Q(each__in=["month", "term"]), name="text_budget_lasts_a_known_time"),
        ]


class FewAWeek(SchoolModel):
    """So many messages that can wait come in a week to whoever said that there is a lot on them; the rest as one."""

    most = models.PositiveSmallIntegerField()

    objects = ScopedManager["FewAWeek"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school"], name="few_a_week_is_said_once_for_each_school"),
        ]
