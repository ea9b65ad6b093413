"""What an adult writes for themselves before a talk."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.core.sealed import SealedField, SealedJSON
from gatepost.meet.models.bookings import Invitation
from gatepost.org.models import SchoolModel


class Sheet(SchoolModel):
    """Three questions an adult answers to get ready: what they fear may stand here, so it is sealed.

    The school reads only the copy that they have shared.
    """

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="sheet")
    know = SealedField(blank=True, default="")  # what they would like the school to know
    worry = SealedField(blank=True, default="")
    change = SealedField(blank=True, default="")  # what should be different afterwards
    kept_at = models.DateTimeField()
    shared = SealedJSON(default=dict)  # the three as they stood when they were shared
    shared_at = models.DateTimeField(null=True)

    objects = ScopedManager["Sheet"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {
        "know": Level.P4,
        "worry": Level.P4,
        "change": Level.P4,
        "shared": Level.P4,
    }
