"""Orders that the school has seen, and the two people it takes to lift one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.core.sealed import SealedField
from gatepost.know.models.adults import Adult
from gatepost.know.models.children import Child
from gatepost.org.models import Person, SchoolModel


class OrderKind(models.TextChoices):
    """What the school has seen."""

    CHILD_ARRANGEMENTS = "child_arrangements", _("Child arrangements order")
    PROHIBITED_STEPS = "prohibited_steps", _("Prohibited steps order")
    SPECIFIC_ISSUE = "specific_issue", _("Specific issue order")
    SPECIAL_GUARDIANSHIP = "special_guardianship", _("Special guardianship order")
    CARE = "care", _("Care order or interim care order")
    NON_MOLESTATION = "non_molestation", _("Non-molestation order")
    SUPERVISION = "supervision", _("Supervision order")
    ADOPTION = "adoption", _("Adoption or placement order")
    UNDERTAKING = "undertaking", _("A promise given to the court (undertaking)")
    LETTER = "letter", _("A letter of the police or of social care")


class Paper(models.TextChoices):
    """What somebody has in their hand who asks to lift an order."""

    NEW_ORDER = "new_order", _("A newer order of the court")
    ENDED = "ended", _("A paper that says it has ended or was taken back")
    MISTAKE = "mistake", _("The order itself: it was written down wrongly")


class Order(SchoolModel):
    """A court order that the school has seen: whom it restrains, in regard to which child, and from what, only that."""

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="orders")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=30, choices=OrderKind, blank=True)  # blank: written down before we asked
    bars = models.JSONField(default=list)  # values of disclosure.Bar
    keeps_apart_from = models.ForeignKey(Adult, null=True, on_delete=models.PROTECT, related_name="+")
    order_text = SealedField(blank=True, default="")  # the words that matter; opened by `services.orders` alone
    copy_held = models.BooleanField(default=False)
    seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # asked for it
    lifting_paper = models.CharField(max_length=20, choices=Paper, blank=True)
    lifting_seen_on = models.DateField(null=True)
    lifting_asked_at = models.DateTimeField(null=True)
    lifting_agreed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    lifting_agreed_at = models.DateTimeField(null=True)

    objects = ScopedManager["Order"]()
    level: ClassVar[Level] = Level.P3
    levels: ClassVar[dict[str, Level]] = {"bars": Level.P3, "order_text": Level.P4}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="order_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(lifting_agreed_by=None)
                | (Q(lifted_by__isnull=False) & ~Q(lifted_by=F("lifting_agreed_by"))),
                name="order_is_lifted_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by=None) | (~Q(lifting_paper="") & Q(lifting_seen_on__isnull=False)),
                name="order_is_lifted_with_a_paper_in_hand",
            ),
            models.CheckConstraint(
                condition=Q(keeps_apart_from=None) | ~Q(keeps_apart_from=F("adult")),
                name="order_keeps_two_people_apart",
            ),
        ]
