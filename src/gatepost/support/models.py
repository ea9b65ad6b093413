"""What a school asked of adults who had said what they are good at; with whom a family has agreed to be advised.

An agreement with an independent adviser belongs to two sides: to the organisation that knows the adult, and to the
service that advises. The adviser's notes belong to the service alone: no school and no authority has them in scope.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager, ScopedQuerySet, current
from gatepost.know.models import Adult, Child, Group, Strength
from gatepost.org.models import Adviser, Dated, Organisation, OrganisationModel, Person, SchoolModel
from gatepost.reach.models import Ask


class Help(SchoolModel):
    """One thing that the school asked one adult to do with it: what, when, what they said, whether they were thanked.

    The answer is the `Ask`'s; an adult who said no is asked for something else another day, and for nothing now.
    """

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="helps")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")  # for whose sake the school knows them
    strength = models.ForeignKey(Strength, null=True, on_delete=models.SET_NULL, related_name="helps")
    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="help")
    what = models.CharField(max_length=200)
    when_words = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    thanked_at = models.DateTimeField(null=True)
    thanked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    thanks = models.CharField(max_length=500, blank=True)  # in the school's own words

    objects = ScopedManager["Help"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["-asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(thanked_at=None, thanked_by=None) | Q(thanked_at__isnull=False, thanked_by__isnull=False),
                name="help_is_thanked_for_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="help_says_what_for"),
        ]


class FamilyAgreed(OrganisationModel, Dated):
    """An adult has said yes to one adviser, from a day until a day, or until they end it."""

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="agreements")
    adviser = models.ForeignKey(Adviser, on_delete=models.PROTECT, related_name="+")
    shared_with = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # the adviser's service
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_by_adult = models.BooleanField(default=False)

    objects = ScopedManager["FamilyAgreed"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["adult__name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="agreement_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(organisation=F("shared_with")), name="agreement_is_with_somebody_outside"
            ),
            models.UniqueConstraint(
                fields=["adult", "adviser"], condition=Q(ended_at=None), name="agreement_stands_once"
            ),
        ]


class AdvisedManager(ScopedManager["AdvisedFamily"]):
    """The agreements that were made with the service in scope."""

    def get_queryset(self) -> ScopedQuerySet[AdvisedFamily]:
        """Only those; a school that looks here finds nothing."""
        service = current().organisation
        rows: ScopedQuerySet[AdvisedFamily] = ScopedQuerySet(self.model, using=self._db)
        return rows.filter(shared_with=service) if service else rows.none()


class AdvisedFamily(FamilyAgreed):
    """The same agreement, seen from the adviser's side."""

    objects = AdvisedManager()  # type: ignore[misc]  # the other side of the row, on purpose

    class Meta:
        proxy = True
        ordering: ClassVar = ["-from_on", "id"]  # the adult's name is out of the service's scope


class AdviserNote(OrganisationModel):
    """What an adviser writes down for themselves. `organisation` is their service: nobody else has it in scope."""

    agreement = models.ForeignKey(FamilyAgreed, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Adviser, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    written_at = models.DateTimeField()

    objects = ScopedManager["AdviserNote"]()
    level: ClassVar[Level] = Level.P3
    levels: ClassVar[dict[str, Level]] = {"words": Level.P3}

    class Meta:
        ordering: ClassVar = ["-written_at", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(words=""), name="adviser_note_has_words")]


class ExtraHelp(SchoolModel):
    """Something that the school does for one child besides the lessons: what it is, and in plain words what for."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="extra_help")
    what = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300)
    said = models.JSONField(default=list)  # phrases of the phrasebook; `purpose` is them in English
    when_words = models.CharField(max_length=120, blank=True)
    led_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")  # who explains it, by name
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    objects = ScopedManager["ExtraHelp"]()
    level: ClassVar[Level] = Level.P3
    levels: ClassVar[dict[str, Level]] = {"said": Level.P3}

    class Meta:
        ordering: ClassVar = ["-begun_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(purpose=""), name="extra_help_says_what_it_is_for")
        ]


class ExtraHelpTold(SchoolModel):
    """Extra help as one adult was told of it, and the question that goes with it: do you understand what it is for?"""

    extra = models.ForeignKey(ExtraHelp, on_delete=models.CASCADE, related_name="told")
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="+")
    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="extra_help")  # the one asked last
    again_at = models.DateTimeField(null=True)  # when it was asked again, after somebody had explained it

    objects = ScopedManager["ExtraHelpTold"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["adult__name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["extra", "adult"], name="extra_help_is_told_to_each_adult_once")
        ]


class HomeNote(SchoolModel):
    """One thing to try at home with a child: five minutes, nothing to buy."""

    group = models.ForeignKey(Group, null=True, on_delete=models.SET_NULL, related_name="home_notes")
    learning = models.CharField(max_length=200)  # what the children learn now
    try_this = models.CharField(max_length=300)
    say_this = models.CharField(max_length=200, blank=True)  # what one could ask the child
    said = models.JSONField(default=list)  # phrases of the phrasebook; `try_this` is them in English
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    objects = ScopedManager["HomeNote"]()
    level: ClassVar[Level] = Level.P1
    levels: ClassVar[dict[str, Level]] = {"said": Level.P1}

    class Meta:
        ordering: ClassVar = ["-sent_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(try_this="") & ~Q(learning=""), name="home_note_says_what_to_try")
        ]


class HomeTry(SchoolModel):
    """A note as one adult got it, by the sake of one child, and the question that went with it: did you try it?"""

    note = models.ForeignKey(HomeNote, on_delete=models.CASCADE, related_name="tries")
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="home_tries")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="home_try")
    wants_help_since = models.DateTimeField(null=True)
    helped_at = models.DateTimeField(null=True)
    helped_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["HomeTry"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["-note__sent_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "adult"], name="home_note_comes_once"),
            models.CheckConstraint(
                condition=Q(helped_at=None, helped_by=None)
                | Q(helped_at__isnull=False, helped_by__isnull=False, wants_help_since__isnull=False),
                name="home_help_is_given_by_somebody",
            ),
        ]


class HomeIdea(SchoolModel):
    """What one family does at home, in their own words. Somebody of staff puts it on the page of the class."""

    class State(models.TextChoices):
        """Where it may be read."""

        WAITING = "waiting", _("Waiting for somebody to read it")
        SHOWN = "shown", _("On the page of the class")
        KEPT = "kept", _("Between the family and the school")

    tried = models.ForeignKey(HomeTry, on_delete=models.CASCADE, related_name="ideas")
    group = models.ForeignKey(Group, null=True, on_delete=models.SET_NULL, related_name="home_ideas")
    words = models.TextField()
    language = models.CharField(max_length=20)
    name_shown = models.BooleanField(default=False)  # the family said that its name may stand there
    told_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    read_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["HomeIdea"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"words": Level.P3}

    class Meta:
        ordering: ClassVar = ["-told_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="home_idea_has_words"),
            models.CheckConstraint(
                condition=Q(state="waiting", read_by=None) | (~Q(state="waiting") & Q(read_by__isnull=False)),
                name="home_idea_is_put_up_by_somebody",
            ),
        ]
