"""The address at which a colleague's own calendar program looks for their meetings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.org.models import Person, SchoolModel


class Feed(SchoolModel):
    """One colleague may read their own meetings at a secret address, until they end it. Only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["Feed"]()
    level: ClassVar[Level] = Level.P1
    by_token: ClassVar[models.Manager[Feed]] = models.Manager()  # read before any school is in scope

    class Meta:
        ordering: ClassVar = ["-begun_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "person"], condition=Q(ended_at=None), name="feed_has_one_address_at_a_time"
            ),
        ]
