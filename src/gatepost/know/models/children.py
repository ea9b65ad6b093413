"""Children, and what joins adults to them. Each fact about a bond is its own column; unknown is a value."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.disclosure import Standing, Tri
from gatepost.know.models.adults import Adult
from gatepost.org.models import Person, SchoolModel

UNKNOWN = Tri.UNKNOWN.value


def choices(kinds: type[Standing] | type[Tri]) -> list[tuple[str, str]]:
    """A pure enumeration as column choices."""
    return [(kind.value, kind.value.replace("_", " ")) for kind in kinds]


FACTS = ("is_parent", "responsibility", "lives_with", "may_collect", "receives_reports", "may_vote")
"""The facts about a bond that are known or unknown, each with `<fact>_from` and `<fact>_until`."""


class Basis(models.TextChoices):
    """Why an adult has parental responsibility."""

    BIRTH_MOTHER = "birth_mother", _("Gave birth to the child")
    MARRIED = "married", _("Married to the mother, or her civil partner, at the birth")
    CERTIFICATE = "certificate", _("On the birth certificate")
    AGREEMENT = "agreement", _("Parental responsibility agreement")
    RESPONSIBILITY_ORDER = "responsibility_order", _("Parental responsibility order")
    LIVES_WITH_ORDER = "lives_with_order", _("Order that the child lives with them")
    GUARDIAN = "guardian", _("Special guardian or guardian")
    ADOPTION = "adoption", _("Adoption")
    STEP_PARENT = "step_parent", _("Step-parent agreement or order")
    PARENTAL_ORDER = "parental_order", _("Parental order after surrogacy")
    CARE_ORDER = "care_order", _("Care order (local authority)")
    EMERGENCY = "emergency", _("Emergency protection order")
    OTHER = "other", _("Something else")


class Group(SchoolModel):
    """A class: the children who are taught together in one school year."""

    name = models.CharField(max_length=100)
    year = models.CharField(max_length=20, blank=True)
    teachers: models.ManyToManyField[Person, models.Model] = models.ManyToManyField(Person, related_name="groups")
    source_key = models.CharField(max_length=200, null=True)

    objects = ScopedManager["Group"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "source_key"], name="group_is_one_row_of_its_source")
        ]

    def __str__(self) -> str:
        return self.name


class Child(SchoolModel):
    """A child at the school. `called` is the name that families see; `name` is the whole of it, as it was given."""

    name = models.CharField(max_length=200)
    called = models.CharField(max_length=100)
    born_on = models.DateField(null=True)
    year = models.CharField(max_length=20, blank=True)
    groups: models.ManyToManyField[Group, models.Model] = models.ManyToManyField(Group, related_name="children")
    source_key = models.CharField(max_length=200, null=True)

    objects = ScopedManager["Child"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "source_key"], name="child_is_one_row_of_its_source")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def child_id(self) -> UUID:
        """The child that an audit line about this child is about."""
        return self.pk


class Care(SchoolModel):
    """The bond between one adult and one child: separate facts, none derived from another."""

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="cares")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="cares")
    relationship = models.CharField(max_length=60, blank=True)  # as the source words it
    standing = models.CharField(max_length=20, choices=choices(Standing), default=Standing.UNKNOWN.value)
    is_parent = models.CharField(max_length=10, choices=choices(Tri), default=UNKNOWN)  # in education law
    is_parent_from = models.DateField(null=True, blank=True)
    is_parent_until = models.DateField(null=True, blank=True)
    responsibility = models.CharField(max_length=10, choices=choices(Tri), default=UNKNOWN)
    responsibility_from = models.DateField(null=True, blank=True)
    responsibility_until = models.DateField(null=True, blank=True)
    responsibility_basis = models.CharField(max_length=30, choices=Basis, blank=True)
    lives_with = models.CharField(max_length=10, choices=choices(Tri), default=UNKNOWN)
    lives_with_from = models.DateField(null=True, blank=True)
    lives_with_until = models.DateField(null=True, blank=True)
    may_collect = models.CharField(max_length=10, choices=choices(Tri), default=UNKNOWN)
    may_collect_from = models.DateField(null=True, blank=True)
    may_collect_until = models.DateField(null=True, blank=True)
    receives_reports = models.CharField(max_length=10, choices=choices(Tri), default=UNKNOWN)
    receives_reports_from = models.DateField(null=True, blank=True)
    receives_reports_until = models.DateField(null=True, blank=True)
    may_vote = models.CharField(max_length=10, choices=choices(Tri), default=UNKNOWN)  # for parent governors
    may_vote_from = models.DateField(null=True, blank=True)
    may_vote_until = models.DateField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(null=True)  # whom to ring first in an emergency
    held = models.BooleanField(default=False)  # everybody waits until the office has looked
    held_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # and somebody else has
    held_at = models.DateTimeField(null=True)
    from_source = models.BooleanField(default=False)  # a feed may only change what a feed brought
    ended_on = models.DateField(null=True)  # the source no longer names this adult: kept, and told nothing more

    objects = ScopedManager["Care"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["rank", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adult", "child"], name="care_joins_a_pair_once"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{fact}_from": None})
                    | Q(**{f"{fact}_until": None})
                    | Q(**{f"{fact}_until__gte": F(f"{fact}_from")}),
                    name=f"care_{fact}_ends_after_it_begins",
                )
                for fact in FACTS
            ),
        ]


class TeamMember(SchoolModel):
    """Somebody at the school who works with a child, from a day until a day."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="on_teams")
    role = models.CharField(max_length=100)  # in words: "key worker", "speech therapist"
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = ScopedManager["TeamMember"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["from_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="team_member_leaves_after_joining"
            ),
            models.CheckConstraint(condition=~Q(role=""), name="team_member_has_a_role"),
            models.UniqueConstraint(
                fields=["child", "person"], condition=Q(until_on=None), name="team_member_is_on_a_team_once"
            ),
        ]
