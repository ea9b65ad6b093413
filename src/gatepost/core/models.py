"""The audit trail: what was done, by whom, in an order that cannot be quietly changed."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models


class AuditEvent(models.Model):
    """One thing that somebody did, chained to the one before it in the same school."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school_id = models.UUIDField(null=True, db_index=True)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    thing = models.CharField(max_length=60)
    thing_id = models.UUIDField(null=True)
    by_person = models.UUIDField(null=True)
    by_adult = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[AuditEvent]] = models.Manager()
    belongs_to: ClassVar[str] = "global"  # holds a plain school_id: `core` knows no school

    class Meta:
        ordering: ClassVar = ["school_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school_id", "number"], name="audit_numbers_never_repeat"),
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(school_id=None),
                name="audit_numbers_without_a_school_never_repeat",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: what was written down stays as it was."""
        if not self._state.adding:
            raise TypeError("An audit event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: the chain would show it."""
        raise TypeError("An audit event is never deleted.")
