"""What was promised to be told, each attempt to tell it, what was asked and answered, and each contact there was."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult, Channel, Child, ContactPoint
from gatepost.org.models import Person, SchoolModel


class Notice(SchoolModel):
    """A promise to tell one adult one thing, in their language. Written with the news itself, or not at all."""

    class State(models.TextChoices):
        """Where the promise stands."""

        QUEUED = "queued", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        BY_HAND = (
            "by_hand",
            _("For the office to say in person"),
        )  # nothing reaches this adult, or sending failed
        HELD = "held", _("Waiting for the office")
        BARRED = "barred", _("Not sent: a rule forbids it")

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="notices")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=20)
    facts = models.JSONField(default=list)
    params = models.JSONField(default=dict)
    subject = models.UUIDField(null=True)  # what its link opens
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    rule = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    objects = ScopedManager["Notice"]()

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=["held", "barred"]) | ~Q(rule=""),
                name="notice_is_never_stopped_without_a_rule",
            )
        ]


class Delivery(SchoolModel):
    """One attempt to bring one notice to one contact point."""

    class State(models.TextChoices):
        """How far the attempt has come. A crash on the wire is `uncertain`, and shown."""

        QUEUED = "queued", _("Queued")
        CLAIMED = "claimed", _("Being prepared")
        ON_WIRE = "on_wire", _("On its way")
        ACCEPTED = "accepted", _("Handed over")
        UNCERTAIN = "uncertain", _("Perhaps handed over")
        FAILED = "failed", _("Could not be handed over")
        STOPPED = "stopped", _("Stopped at the gate")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    contact_point = models.ForeignKey(ContactPoint, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    fence = models.UUIDField(null=True)  # who holds the lease; a late hand with an old fence changes nothing
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = ScopedManager["Delivery"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["school", "state", "not_before"], name="delivery_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False),
                name="delivery_accepted_has_a_time",
            )
        ]


class FamilyLink(SchoolModel):
    """A link that opens exactly one thing for one adult. Only its hash is kept."""

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="links")
    child = models.ForeignKey(Child, null=True, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=60)
    subject = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    nameless = models.BooleanField(default=False)  # it went to a shared contact point: its pages name no child
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ScopedManager["FamilyLink"]()
    by_token: ClassVar[models.Manager[FamilyLink]] = models.Manager()  # the door reads it before any school is in scope


class LinkCode(SchoolModel):
    """A short-lived code, sent to the adult's own contact point, that opens one link in one browser."""

    link = models.ForeignKey(FamilyLink, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64, blank=True)  # blank until it is handed to the wire
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    objects = ScopedManager["LinkCode"]()

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(tries__lte=5), name="code_is_tried_five_times")]


class Ask(SchoolModel):
    """A question put to one adult about one child or subject."""

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="asks")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=60)
    asked_at = models.DateTimeField()

    objects = ScopedManager["Ask"]()


class Answer(SchoolModel):
    """What was said to an ask, by which way, and who keyed it in. The latest one counts; none is overwritten."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="answers")
    value = models.CharField(max_length=30)
    words = models.TextField(blank=True)
    way = models.CharField(max_length=10)
    keyed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager["Answer"]()

    class Meta:
        ordering: ClassVar = ["-at", "id"]


class Touch(SchoolModel):
    """One contact with one adult: when, how, and whether both sides spoke. A message we sent is not two-way."""

    class Way(models.TextChoices):
        """How the contact was."""

        WEB = "web", _("On the web")
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("Text message")
        PHONE = "phone", _("Telephone")
        MEETING = "meeting", _("A meeting")
        DOOR = "door", _("At the door or the gate")
        PAPER = "paper", _("On paper")

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="touches")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way)
    two_way = models.BooleanField()
    family_began = models.BooleanField(default=False)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Touch"]()

    class Meta:
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [models.Index(fields=["adult", "two_way", "at"], name="touch_last_heard")]


class PostRoomCopy(SchoolModel):
    """A message as its recipient sees it, kept in the demonstration and in development only."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="copy")
    recipient = models.CharField(max_length=200)
    address = models.CharField(max_length=254)
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    at = models.DateTimeField()

    objects = ScopedManager["PostRoomCopy"]()

    class Meta:
        ordering: ClassVar = ["-at", "id"]
