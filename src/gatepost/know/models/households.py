"""Who lives under one roof, and where. An address that is to stay secret lies apart, sealed, beyond any template."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.core.sealed import SealedField
from gatepost.know.models.adults import Adult
from gatepost.know.models.children import Child
from gatepost.org.models import OrganisationModel


class Household(OrganisationModel):
    """One roof. Its address is blank where it is unknown, and always where it is confidential."""

    address = models.TextField(blank=True)
    address_confidential = models.BooleanField(default=False)
    returned_on = models.DateField(null=True)  # a letter came back from there: doubtful until somebody gives it anew

    objects = ScopedManager["Household"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"address": Level.P2}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(address_confidential=False) | Q(address=""),
                name="household_never_shows_a_confidential_address",
            )
        ]


class SealedAddress(OrganisationModel):
    """The confidential address of one household, encrypted. Written and opened by `services.households` alone."""

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="sealed")
    sealed_address = SealedField()

    objects = ScopedManager["SealedAddress"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"sealed_address": Level.P4}


class HouseholdMember(OrganisationModel):
    """One adult or one child who lives in a household, from a day until a day."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    adult = models.ForeignKey(Adult, null=True, on_delete=models.CASCADE, related_name="homes")
    child = models.ForeignKey(Child, null=True, on_delete=models.CASCADE, related_name="homes")
    from_on = models.DateField(null=True)  # blank: nobody has said
    until_on = models.DateField(null=True)

    objects = ScopedManager["HouseholdMember"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(adult=None, child__isnull=False) | Q(adult__isnull=False, child=None),
                name="household_member_is_an_adult_or_a_child",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="household_member_leaves_after_coming",
            ),
            models.UniqueConstraint(
                fields=["household", "adult"], condition=Q(until_on=None), name="adult_lives_in_a_household_once"
            ),
            models.UniqueConstraint(
                fields=["household", "child"], condition=Q(until_on=None), name="child_lives_in_a_household_once"
            ),
        ]
