"""What adults have said of themselves. Nobody else ever says it for them, and they may take it back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models.adults import Adult
from gatepost.org.models import OrganisationModel


class Facet(OrganisationModel):
    """Something an adult has said of themselves (father, lone parent, disabled …). Never ascribed by anybody else."""

    class Kind(models.TextChoices):
        """What people can say of themselves, where they wish to."""

        FATHER = "father", _("Father")
        LONE = "lone_parent", _("Bringing up children alone")
        APART = "lives_apart", _("Lives apart from the child")
        DISABLED = "disabled", _("Disabled")
        DISABLED_CHILD = "disabled_child", _("Parent of a disabled child")
        MINORITY = "minority_ethnic", _("From a minority ethnic community")
        NEW_HERE = "new_here", _("New to this country")

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="facets")
    kind = models.CharField(max_length=20, choices=Kind)
    said_on = models.DateField()

    objects = ScopedManager["Facet"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["adult", "kind"], name="facet_is_said_once")]


class AdultLanguage(OrganisationModel):
    """A language that an adult speaks, reads or signs."""

    class Use(models.TextChoices):
        """What they do in it."""

        SPEAKS = "speaks", _("Speaks")
        READS = "reads", _("Reads")
        SIGNS = "signs", _("Signs")

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="languages")
    use = models.CharField(max_length=10, choices=Use)
    language = models.CharField(max_length=20)  # BCP 47

    objects = ScopedManager["AdultLanguage"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["use", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adult", "use", "language"], name="adult_language_stands_once"),
            models.CheckConstraint(condition=~Q(language=""), name="adult_language_is_named"),
        ]


class AccessNeed(OrganisationModel):
    """Something an adult needs so that they can take part."""

    class Kind(models.TextChoices):
        """What people need most often."""

        HEARING_LOOP = "hearing_loop", _("Hearing loop")
        STEP_FREE = "step_free", _("Way in without steps")
        LARGE_PRINT = "large_print", _("Large print")
        EASY_READ = "easy_read", _("Easy words and pictures")
        READ_ALOUD = "read_aloud", _("Somebody reads letters aloud")
        QUIET_ROOM = "quiet_room", _("Quiet room")
        SEAT = "seat", _("Chair with arms, or room for a wheelchair")
        PARKING = "parking", _("Parking close by")
        OTHER = "other", _("Something else")

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.CharField(max_length=300, blank=True)
    said_on = models.DateField()

    objects = ScopedManager["AccessNeed"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adult", "kind"], name="access_need_is_said_once"),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(words=""), name="other_access_need_has_words"),
        ]


class Barrier(OrganisationModel):
    """What makes it hard for a parent to take part, in their own words. It is theirs: they may delete it."""

    class Kind(models.TextChoices):
        """What stands in the way. Each kind has an arrangement in `arrangements.py`."""

        TRANSPORT = "transport", _("Getting to school")
        CHILDCARE = "childcare", _("Nobody to look after the other children")
        TIME = "time", _("Work or shifts")
        MONEY = "money", _("What it costs")
        OWN_SCHOOLING = "own_schooling", _("School was hard for me myself")
        RIGHT_PERSON = "right_person", _("I cannot get hold of the right person")
        LANGUAGE = "language", _("The language")
        HEALTH = "health", _("My health, or that of somebody I care for")
        PRESSURE = "pressure", _("There is a lot on us at the moment")
        OTHER = "other", _("Something else")

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="barriers")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.CharField(max_length=300, blank=True)
    said_on = models.DateField()

    objects = ScopedManager["Barrier"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adult", "kind"], name="barrier_is_said_once"),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(words=""), name="other_barrier_has_words"),
        ]


class Strength(OrganisationModel):
    """What an adult is good at and would enjoy doing with the school, in their own words and language."""

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="strengths")
    words = models.TextField()
    language = models.CharField(max_length=20)  # BCP 47: the language of the words
    times = models.JSONField(default=list, blank=True)  # values of TimeOfDay; empty: not said
    when_words = models.CharField(max_length=300, blank=True)
    said_on = models.DateField()

    objects = ScopedManager["Strength"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"words": Level.P2, "times": Level.P2}

    class Meta:
        ordering: ClassVar = ["said_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(language=""), name="strength_has_words_in_a_language")
        ]
