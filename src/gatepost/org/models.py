"""Organisations, schools and the people who sign in; and what every other row inherits to belong to them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import Scoped, ScopedManager
from gatepost.org.permissions import Role, Strand


class Organisation(models.Model):
    """One school on its own, a trust or a local authority: adults are known once within it."""

    class Kind(models.TextChoices):
        """What sort of organisation this is."""

        SINGLE = "single", _("one school")
        TRUST = "trust", _("trust")
        AUTHORITY = "la", _("local authority")
        ADVISER = "adviser", _("independent advice service")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SINGLE)
    source_key = models.CharField(max_length=200, unique=True, null=True)

    belongs_to: ClassVar[str] = "global"
    level: ClassVar[Level] = Level.P1

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """One school: where children are taught, and who answers when a family asks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="schools")
    name = models.CharField(max_length=200)
    office_name = models.CharField(max_length=200, blank=True)
    office_phone = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=200, unique=True, null=True)

    belongs_to: ClassVar[str] = "global"
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def school_id(self) -> uuid.UUID:
        """The school whose audit trail a line about this school belongs to."""
        return self.pk


class PersonManager(BaseUserManager["Person"]):
    """Makes people who can sign in."""

    def create_user(self, email: str | None = None, password: str | None = None, **more: Any) -> Person:
        """A person, with or without an e-mail address; without a password they cannot sign in by one."""
        person = self.model(email=self.normalize_email(email).lower() if email else None, **more)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in: a member of staff, or an adult who wants an account. Most adults never need one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True, null=True)
    mobile = models.CharField(max_length=20, blank=True)  # said by themselves, for alarms and nothing else
    is_active = models.BooleanField(default=True)
    source_key = models.CharField(max_length=200, unique=True, null=True)

    objects: ClassVar[PersonManager] = PersonManager()
    belongs_to: ClassVar[str] = "global"
    level: ClassVar[Level] = Level.P2
    is_staff: ClassVar[bool] = False  # there is no admin site

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(email=None) | ~Q(email=""), name="person_email_is_an_address_or_absent")
        ]

    def __str__(self) -> str:
        return self.name


class SchoolModel(Scoped):
    """A row that belongs to one school and is seen only while that school is in scope."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")

    scope_field: ClassVar[str] = "school"

    class Meta:
        abstract = True


class OrganisationModel(Scoped):
    """A row that belongs to an organisation: an adult may have children at several of its schools."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    scope_field: ClassVar[str] = "organisation"

    class Meta:
        abstract = True


class Dated(models.Model):
    """Something that somebody is from a day until a day, or until it is ended: that is at once, not at midnight."""

    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Staff(Dated):
    """One person's job at one school, from a day until a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="staff")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="jobs")
    role = models.CharField(max_length=20, choices=Role)

    belongs_to: ClassVar[str] = "global"  # read at sign-in, before any school is in scope
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["person__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "person", "role"], name="staff_have_each_role_once"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="staff_leave_after_they_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


class Job(Staff):
    """The same, as the head of that school finds it: the jobs of other schools do not exist."""

    objects = ScopedManager["Job"]()  # type: ignore[misc]  # narrower than the manager of `Staff`, on purpose

    class Meta:
        proxy = True


class StrandLead(Dated):
    """One strand of a school's work with families in the hands of somebody who works there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="strands")
    strand = models.CharField(max_length=20, choices=Strand)

    belongs_to: ClassVar[str] = "global"  # read at sign-in, like `Staff`
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["strand", "from_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="strand_is_given_back_after_it_is_given",
            ),
            models.UniqueConstraint(
                fields=["school", "person", "strand"],
                condition=Q(ended_at=None, until_on=None),
                name="strand_is_led_once_by_one_person",
            ),
        ]


class Lead(StrandLead):
    """The same, as the head of that school finds it."""

    objects = ScopedManager["Lead"]()  # type: ignore[misc]  # as above

    class Meta:
        proxy = True


class Adviser(Dated):
    """Somebody who advises families on behalf of a service that belongs to no school and no authority."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="advisers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="advises_for")

    belongs_to: ClassVar[str] = "global"  # read at sign-in, and chosen from by families of every school
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["person__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="adviser_is_named_once"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="adviser_leaves_after_they_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"


class BrokenGlass(SchoolModel):
    """Somebody opened one child's records without being on the team: why, until when, and who has looked at it since.

    The child is an id without a key: this package knows no children, and the line outlives the child's records.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    child = models.UUIDField()
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    looked_at_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["BrokenGlass"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"reason": Level.P3}

    class Meta:
        ordering: ClassVar = ["-opened_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="glass_is_broken_for_a_reason"),
            models.CheckConstraint(condition=Q(until__gt=models.F("opened_at")), name="glass_closes_again"),
            models.CheckConstraint(
                condition=Q(looked_at_by=None) | ~Q(looked_at_by=models.F("person")),
                name="glass_is_looked_at_by_somebody_else",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["school", "looked_at"], name="glass_not_looked_at")]


class Wording(SchoolModel):
    """One string of our own pages in a family language, as somebody at this school who knows it has read it."""

    language = models.CharField(max_length=16)
    string = models.CharField(max_length=24)  # which string: `language.catalogue` knows it by this word
    words = models.JSONField()  # one text for each plural form
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager["Wording"]()
    level: ClassVar[Level] = Level.P1
    levels: ClassVar[dict[str, Level]] = {"words": Level.P1}

    class Meta:
        ordering: ClassVar = ["language", "string"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "language", "string"], name="wording_is_settled_once_at_a_school"
            ),
        ]


class Bilingual(SchoolModel):
    """Somebody whom the head has asked to read and write one language for the school, until one of them ends it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bilingual")
    language = models.CharField(max_length=20)  # BCP 47
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["Bilingual"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["language", "person__name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(language=""), name="bilingual_reads_something"),
            models.UniqueConstraint(
                fields=["school", "person", "language"],
                condition=Q(ended_at=None),
                name="bilingual_is_asked_once_for_a_language",
            ),
        ]


class DaysOff(SchoolModel):
    """Days on which the school is closed: a holiday between terms, or one day. Weekends need no line."""

    name = models.CharField(max_length=80)
    first_on = models.DateField()
    last_on = models.DateField()

    objects = ScopedManager["DaysOff"]()
    level: ClassVar[Level] = Level.P1

    class Meta:
        ordering: ClassVar = ["first_on", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_on__gte=models.F("first_on")), name="days_off_end_after_they_begin"
            ),
            models.UniqueConstraint(fields=["school", "first_on", "last_on"], name="days_off_are_kept_once"),
        ]

    def __str__(self) -> str:
        return self.name


__all__ = [
    "Adviser",
    "Bilingual",
    "BrokenGlass",
    "DaysOff",
    "Job",
    "Lead",
    "Organisation",
    "OrganisationModel",
    "Person",
    "Role",
    "School",
    "SchoolModel",
    "ScopedManager",
    "Staff",
    "Strand",
    "StrandLead",
    "Wording",
]


class Briefing(SchoolModel):
    """How somebody of staff is told what waits for them, besides their first page; and until when they are away."""

    class At(models.TextChoices):
        """When a mail says how much waits."""

        NEVER = "", _("Never: I look at my first page")
        MORNING = "morning", _("Before school, at seven")
        AFTERNOON = "afternoon", _("After school, at four")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=40)  # in which it was chosen: it counts what waits for that one
    mail_at = models.CharField(max_length=10, choices=At, default=At.NEVER, blank=True)
    away_until = models.DateField(null=True, blank=True)
    mailed_on = models.DateField(null=True)

    objects = ScopedManager["Briefing"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "person"], name="briefing_is_one_at_a_school"),
            models.CheckConstraint(
                condition=Q(mail_at__in=["", "morning", "afternoon"]), name="briefing_is_at_a_known_hour"
            ),
        ]
