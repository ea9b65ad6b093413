"""Children, adults and what joins them. Each fact about a bond is its own column; unknown is a value."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.scope import ScopedManager
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.org.models import OrganisationModel, Person, SchoolModel

UNKNOWN = Tri.UNKNOWN.value


def choices(kinds: type[Standing] | type[Tri] | type[Bar]) -> list[tuple[str, str]]:
    """A pure enumeration as column choices."""
    return [(kind.value, kind.value.replace("_", " ")) for kind in kinds]


class Channel(models.TextChoices):
    """A way that reaches an adult."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    PERSON = "person", _("In person")  # no telephone, no mailbox: the office calls at the door or at the gate


class Adult(OrganisationModel):
    """A grown-up in a child's life: a parent, a carer, a grandparent, or a name to ring in an emergency."""

    name = models.CharField(max_length=200)
    language = models.CharField(max_length=20, blank=True)  # BCP 47, what they read; blank: nobody has asked
    interpreter = models.CharField(max_length=20, blank=True)  # the language they want spoken or signed at meetings
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="adult")
    source_key = models.CharField(max_length=200, null=True)

    objects = ScopedManager["Adult"]()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "source_key"], name="adult_is_one_row_of_its_source")
        ]

    def __str__(self) -> str:
        return self.name


class ContactPoint(OrganisationModel):
    """One mailbox or telephone at which one adult can be reached."""

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="contact_points")
    channel = models.CharField(max_length=10, choices=[c for c in Channel.choices if c[0] != "person"])
    value = models.CharField(max_length=254)
    shared = models.BooleanField(default=False)  # another adult reads it too
    confirmed_at = models.DateTimeField(null=True)
    rank = models.PositiveSmallIntegerField(default=1)

    objects = ScopedManager["ContactPoint"]()

    class Meta:
        ordering: ClassVar = ["rank", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adult", "channel", "value"], name="contact_point_stands_once"),
            models.CheckConstraint(condition=~Q(value=""), name="contact_point_has_an_address"),
        ]


class Group(SchoolModel):
    """A class: the children who are taught together in one school year."""

    name = models.CharField(max_length=100)
    year = models.CharField(max_length=20, blank=True)
    teachers: models.ManyToManyField[Person, models.Model] = models.ManyToManyField(Person, related_name="groups")
    source_key = models.CharField(max_length=200, null=True)

    objects = ScopedManager["Group"]()

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

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "source_key"], name="child_is_one_row_of_its_source")
        ]

    def __str__(self) -> str:
        return self.name


class Care(SchoolModel):
    """The bond between one adult and one child: separate facts, none derived from another."""

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="cares")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="cares")
    relationship = models.CharField(max_length=60, blank=True)  # as the source words it
    standing = models.CharField(max_length=20, choices=choices(Standing), default=Standing.UNKNOWN.value)
    responsibility = models.CharField(max_length=10, choices=choices(Tri), default=UNKNOWN)
    lives_with = models.CharField(max_length=10, choices=choices(Tri), default=UNKNOWN)
    rank = models.PositiveSmallIntegerField(null=True)  # whom to ring first in an emergency
    held = models.BooleanField(default=False)  # the office has said: wait
    from_source = models.BooleanField(default=False)  # a feed may only change what a feed brought
    ended_on = models.DateField(null=True)  # the source no longer names this adult: kept, and told nothing more

    objects = ScopedManager["Care"]()

    class Meta:
        ordering: ClassVar = ["rank", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["adult", "child"], name="care_joins_a_pair_once")]


class Order(SchoolModel):
    """A court order that the school has seen: whom it restrains, in regard to which child, and from what, only that."""

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="orders")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="orders")
    bars = models.JSONField(default=list)  # values of disclosure.Bar
    keeps_apart_from = models.ForeignKey(Adult, null=True, on_delete=models.PROTECT, related_name="+")
    seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    lifted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    lifting_agreed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Order"]()

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
                condition=Q(keeps_apart_from=None) | ~Q(keeps_apart_from=F("adult")),
                name="order_keeps_two_people_apart",
            ),
        ]


class Facet(OrganisationModel):
    """Something an adult has said of themselves (father, lone parent, disabled …). Never ascribed by anybody else."""

    class Kind(models.TextChoices):
        """What people can say of themselves, where they wish to."""

        FATHER = "father", _("Father")
        LONE = "lone_parent", _("Bringing up children alone")
        APART = "lives_apart", _("Lives apart from the child")
        DISABLED = "disabled", _("Disabled")
        NEW_HERE = "new_here", _("New to this country")

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="facets")
    kind = models.CharField(max_length=20, choices=Kind)
    said_on = models.DateField()

    objects = ScopedManager["Facet"]()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["adult", "kind"], name="facet_is_said_once")]
