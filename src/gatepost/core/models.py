"""The audit trail: what was done, by whom, in an order that cannot be quietly changed; and what limits haste."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models

from gatepost.core.levels import Level


class AuditEvent(models.Model):
    """One thing that somebody did, chained to the one before it in the same school."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school_id = models.UUIDField(null=True)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    thing = models.CharField(max_length=60)
    thing_id = models.UUIDField(null=True)
    about = models.UUIDField(null=True)  # the child it is about, where the thing says so
    by_person = models.UUIDField(null=True)
    by_adult = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    key = models.PositiveSmallIntegerField(default=0)  # the version of the key it is digested with
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[AuditEvent]] = models.Manager()
    belongs_to: ClassVar[str] = "global"  # holds a plain school_id: `core` knows no school
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"details": Level.P2}

    class Meta:
        ordering: ClassVar = ["school_id", "number"]
        indexes: ClassVar = [
            models.Index(fields=["thing_id", "verb"], name="audit_of_a_thing"),
            models.Index(fields=["about", "verb"], condition=models.Q(about__isnull=False), name="audit_about"),
        ]
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


class Limit(models.Model):
    """How much of a budget somebody has spent in one stretch of time. Who, is a keyed hash: nobody can read it back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=64)
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[Limit]] = models.Manager()
    belongs_to: ClassVar[str] = "global"  # counted before anybody knows whose school it is
    level: ClassVar[Level] = Level.P2

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "ends_at"], name="limit_is_one_row_a_stretch")]
