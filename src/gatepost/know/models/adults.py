"""Adults, how each is reached, and how each wishes to be spoken with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.org.models import OrganisationModel, Person


class Channel(models.TextChoices):
    """A way that reaches an adult."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    LETTER = "letter", _("Letter")  # on paper, to where they live or by the child's own hand
    PERSON = "person", _("In person")  # no telephone, no mailbox: the office calls at the door or at the gate


class TimeOfDay(models.TextChoices):
    """When an adult can be reached or can help."""

    BEFORE_SCHOOL = "before_school", _("Before school")
    MORNING = "morning", _("In the morning")
    AFTERNOON = "afternoon", _("In the afternoon")
    AFTER_SCHOOL = "after_school", _("After school")
    EVENING = "evening", _("In the evening")
    WEEKEND = "weekend", _("At the weekend")


class SpeaksFirst(models.TextChoices):
    """When a parent would like to speak at a meeting."""

    NO_WISH = "no_wish", _("No wish either way")
    FIRST = "first", _("Before the professionals")
    AFTER = "after", _("After the professionals")


class Together(models.TextChoices):
    """How often an adult wants what can wait: each thing by itself, or all of it in one message."""

    EACH = "", _("Each message when it comes")
    DAILY = "daily", _("Together, once a day")
    WEEKLY = "weekly", _("Together, once a week")


class Adult(OrganisationModel):
    """A grown-up in a child's life: a parent, a carer, a grandparent, or a name to ring in an emergency."""

    name = models.CharField(max_length=200)
    language = models.CharField(max_length=20, blank=True)  # BCP 47, what we write to them in; blank: nobody has asked
    script = models.CharField(max_length=4, blank=True)  # ISO 15924; blank: the one usual for the language
    interpreter = models.CharField(max_length=20, blank=True)  # the language they want spoken or signed at meetings
    channel_order = models.JSONField(default=list, blank=True)  # values of Channel, the best first; empty: no wish
    times = models.JSONField(default=list, blank=True)  # values of TimeOfDay at which to reach them; empty: no wish
    together = models.CharField(max_length=10, choices=Together, default=Together.EACH, blank=True)  # what can wait
    no_voice_calls = models.BooleanField(default=False)  # binds every fallback, also a call by hand
    speaks_first = models.CharField(max_length=10, choices=SpeaksFirst, default=SpeaksFirst.NO_WISH)
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="adult")
    source_key = models.CharField(max_length=200, null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_from")

    objects = ScopedManager["Adult"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"channel_order": Level.P2, "times": Level.P2}

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "source_key"], name="adult_is_one_row_of_its_source"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="adult_is_not_merged_into_itself"
            ),
            models.CheckConstraint(condition=Q(together__in=Together.values), name="adult_gets_it_together_as_we_know"),
            models.CheckConstraint(
                condition=Q(speaks_first__in=SpeaksFirst.values), name="adult_speaks_first_is_a_known_wish"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ContactPoint(OrganisationModel):
    """One mailbox or telephone at which one adult can be reached."""

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="contact_points")
    channel = models.CharField(max_length=10, choices=[c for c in Channel.choices if c[0] not in ("letter", "person")])
    value = models.CharField(max_length=254)
    shared = models.BooleanField(default=False)  # another adult reads it too
    confirmed_at = models.DateTimeField(null=True)
    confirm_again_on = models.DateField(null=True)  # ask whether it is still right, from this day on
    bounced_at = models.DateTimeField(null=True)  # the last message to it came back
    rank = models.PositiveSmallIntegerField(default=1)
    by_hand = models.BooleanField(default=False)  # a person wrote it down: a feed leaves it as it is
    ended_on = models.DateField(null=True)  # it is not used any more; kept, so that no feed brings it back

    objects = ScopedManager["ContactPoint"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["rank", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adult", "channel", "value"], name="contact_point_stands_once"),
            models.CheckConstraint(condition=~Q(value=""), name="contact_point_has_an_address"),
        ]
