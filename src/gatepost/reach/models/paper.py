"""Letters on paper: which were printed together, and what each sheet asked and was answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.core.sealed import SealedField
from gatepost.know.models import Household
from gatepost.org.models import Person, SchoolModel


class PrintRun(SchoolModel):
    """Letters that one person printed at once. Open until somebody says what became of the paper."""

    class Kind(models.TextChoices):
        """Which letters it holds."""

        ORDINARY = "ordinary", _("By post or by hand")
        SEALED = "sealed", _("To addresses that are kept secret")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ORDINARY)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    pages = SealedField(null=True)  # what the press needs; gone as soon as the paper is on its way
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = ScopedManager["PrintRun"]()
    level: ClassVar[Level] = Level.P1
    levels: ClassVar[dict[str, Level]] = {"pages": Level.P4}

    class Meta:
        ordering: ClassVar = ["-made_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(pages__isnull=True), name="print_run_keeps_no_pages_once_settled"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="print_run_is_settled_by_somebody",
            ),
        ]


class Sheet(SchoolModel):
    """One letter as it was printed: in which run, for which roof, and what the slip at its foot asks.

    Printed again, it is another sheet: whoever sends back an older slip is still found.
    """

    delivery = models.ForeignKey("reach.Delivery", on_delete=models.CASCADE, related_name="sheets")
    run = models.ForeignKey(PrintRun, on_delete=models.PROTECT, related_name="sheets")
    household = models.ForeignKey(Household, null=True, on_delete=models.SET_NULL, related_name="+")
    reference = models.CharField(max_length=8)  # stands on the slip; no secret: it opens nothing for a family
    boxes = models.JSONField(default=list)  # value and English words of what can be ticked, in the order printed
    keyed_at = models.DateTimeField(null=True)
    keyed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Sheet"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"boxes": Level.P2}

    class Meta:
        ordering: ClassVar = ["-run__made_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "reference"], name="sheet_is_found_by_its_reference"),
            models.UniqueConstraint(fields=["run", "delivery"], name="sheet_is_printed_once_in_a_run"),
            models.CheckConstraint(
                condition=Q(keyed_at=None, keyed_by=None) | Q(keyed_at__isnull=False, keyed_by__isnull=False),
                name="sheet_is_keyed_in_by_somebody",
            ),
        ]
