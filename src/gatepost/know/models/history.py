"""What was changed, by whom, from what to what. Rows are added, never altered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models.adults import Adult
from gatepost.know.models.children import Child
from gatepost.org.models import OrganisationModel, Person, SchoolModel


class Change(models.Model):
    """One field of one row that somebody changed: a member of staff, the family themselves, or a feed (neither).

    What a person may delete for good (a barrier, a facet) and what is sealed leave a line without the words.
    """

    thing = models.CharField(max_length=40)  # the model's name
    thing_id = models.UUIDField()
    field = models.CharField(max_length=40)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    at = models.DateTimeField()
    by_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    by_adult = models.ForeignKey(Adult, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: history is kept."""
        raise TypeError("History is never deleted.")


class AdultChange(Change, OrganisationModel):
    """A change to what is held about an adult."""

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="changes")

    objects = ScopedManager["AdultChange"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"old": Level.P3, "new": Level.P3}

    class Meta:
        ordering: ClassVar = ["-at", "id"]


class ChildChange(Change, SchoolModel):
    """A change to what is held about a child, their bonds and their team."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="changes")

    objects = ScopedManager["ChildChange"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"old": Level.P3, "new": Level.P3}

    class Meta:
        ordering: ClassVar = ["-at", "id"]


class AdultMerge(OrganisationModel):
    """Two records that a person found to be one adult. `moved` and `had` hold ids, so that it can be undone."""

    kept = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="+")
    merged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    moved = models.JSONField(default=dict)  # "app.Model.field": ids that pointed at the one who is gone
    had = models.JSONField(default=dict)  # the same for the one who was kept, before
    changed = models.JSONField(default=list)  # fields filled or ended on the way, with what they were
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["AdultMerge"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"moved": Level.P2, "had": Level.P2, "changed": Level.P2}

    class Meta:
        ordering: ClassVar = ["-merged_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_joins_two_adults"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_is_undone_by_somebody",
            ),
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="adult_is_merged_away_once"),
        ]
