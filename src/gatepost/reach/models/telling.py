"""What was promised to be told, each attempt to tell it, what was asked and answered, and each contact there was.

And what a family holds in its hand or its head: links, codes, a PIN.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gatepost.core.levels import Level
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Adult, Channel, Child, ContactPoint
from gatepost.org.models import OrganisationModel, Person, School, SchoolModel
from gatepost.reach.kinds import Tone


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
        RECALLED = "recalled", _("Taken back before it left")

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", db_index=False)
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="notices")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=20)
    facts = models.JSONField(default=list)
    params = models.JSONField(default=dict)
    subject = models.UUIDField(null=True)  # what its link opens
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    rule = models.CharField(max_length=40, blank=True)
    stays = models.BooleanField(default=False)  # it goes to the contact point it is meant for, and to no other
    calls = models.PositiveSmallIntegerField(default=0)  # in vain: nobody picked up
    call_on = models.DateField(null=True)  # not before this day again
    batch = models.UUIDField(null=True, db_index=True)  # what left with one press of one button, to be taken back
    created_at = models.DateTimeField()

    objects = ScopedManager["Notice"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"facts": Level.P2, "params": Level.P2}

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]
        indexes: ClassVar = [models.Index(fields=["school", "state", "created_at"], name="notice_by_state")]
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
        DELIVERED = "delivered", _("Has arrived")  # said by the other side, where it says so at all
        UNDELIVERED = "undelivered", _("Did not arrive")  # it was taken, and came back
        RETURNED = "returned", _("Came back by post")
        SKIPPED = "skipped", _("Left for another way")  # it was never taken

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", db_index=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    contact_point = models.ForeignKey(
        ContactPoint, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    fence = models.UUIDField(null=True)  # who holds the lease; a late hand with an old fence changes nothing
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    together_at = models.DateTimeField(null=True)  # it waited until then, to go in one message with others
    along = models.ForeignKey("self", models.SET_NULL, null=True, related_name="company", db_index=False)  # goes with
    accepted_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)  # when the other side said what became of it
    repeats = models.PositiveSmallIntegerField(default=0)  # sent again although it may have been taken: it says so
    parts = models.PositiveSmallIntegerField(default=0)  # of a text message: what the school pays for
    problem = models.CharField(max_length=200, blank=True)

    objects = ScopedManager["Delivery"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["school", "state", "not_before"], name="delivery_due"),
            models.Index(fields=["along"], condition=Q(along__isnull=False), name="delivery_along"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False),
                name="delivery_accepted_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(along=None) | ~Q(along=F("id")) & Q(together_at__isnull=False),
                name="delivery_goes_along_where_it_may_wait",
            ),
            models.UniqueConstraint(  # never two ways at once
                fields=["notice"],
                condition=Q(state__in=["queued", "claimed", "on_wire", "uncertain"]),
                name="notice_goes_one_way_at_a_time",
            ),
        ]


class FamilyLink(SchoolModel):
    """A link that opens exactly one thing for one adult. Only its hash is kept.

    It is found by its hash or by its adult alone: a message to many makes as many links, and each index costs a page.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", db_index=False)
    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="links")
    child = models.ForeignKey(Child, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    purpose = models.CharField(max_length=60)
    subject = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    nameless = models.BooleanField(default=False)  # it went to a shared contact point: its pages name no child
    contact_point = models.ForeignKey(  # where it went
        ContactPoint, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ScopedManager["FamilyLink"]()
    level: ClassVar[Level] = Level.P2
    by_token: ClassVar[models.Manager[FamilyLink]] = models.Manager()  # the door reads it before any school is in scope


class LinkCode(SchoolModel):
    """A short-lived code, sent to the adult's own contact point, that opens one link in the browser that asked."""

    link = models.ForeignKey(FamilyLink, on_delete=models.CASCADE, related_name="codes")
    contact_point = models.ForeignKey(ContactPoint, null=True, on_delete=models.SET_NULL, related_name="+")
    browser = models.CharField(max_length=64, blank=True)  # hash of what the session of that browser holds
    code_hash = models.CharField(max_length=64, blank=True)  # blank until it is handed to the wire
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    objects = ScopedManager["LinkCode"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(tries__lte=5), name="code_is_tried_five_times")]


class Pin(OrganisationModel):
    """A number that an adult has chosen with somebody at the school. Only a slow, keyed hash of it is kept."""

    adult = models.OneToOneField(Adult, on_delete=models.CASCADE, related_name="pin")
    digest = models.CharField(max_length=200)
    chosen_at = models.DateTimeField()
    chosen_with = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    chosen_where = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    wrong = models.PositiveSmallIntegerField(default=0)  # tries since it was last right
    wait_until = models.DateTimeField(null=True)

    objects = ScopedManager["Pin"]()
    level: ClassVar[Level] = Level.P2

    @property
    def school_id(self) -> UUID:
        """The school whose audit trail tells of it."""
        return self.chosen_where_id


class PaperCode(SchoolModel):
    """A code on paper, given face to face to an adult, that opens one of their pages once."""

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="paper_codes")
    code_hash = models.CharField(max_length=64)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = ScopedManager["PaperCode"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["-given_at"]


class Draft(SchoolModel):
    """What somebody typed on a family's page after their visit had ended: kept for that browser until it is sent."""

    link = models.ForeignKey(FamilyLink, on_delete=models.CASCADE, related_name="drafts")
    browser = models.CharField(max_length=64)
    words = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = ScopedManager["Draft"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"words": Level.P3}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["link", "browser"], name="draft_is_one_for_each_browser"),
            models.CheckConstraint(condition=~Q(browser=""), name="draft_belongs_to_a_browser"),
        ]


class Ask(SchoolModel):
    """A question put to one adult about one child or subject."""

    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="asks")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=60)
    asked_at = models.DateTimeField()

    objects = ScopedManager["Ask"]()
    level: ClassVar[Level] = Level.P2


class Answer(SchoolModel):
    """What was said to an ask, by which way, and who keyed it in. The latest one counts; none is overwritten."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="answers")
    value = models.CharField(max_length=30)
    words = models.TextField(blank=True)
    way = models.CharField(max_length=10)
    keyed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager["Answer"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"words": Level.P3}

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
    at_home = models.BooleanField(default=False)  # it was about learning at home
    tone = models.CharField(max_length=10, choices=Tone, default=Tone.NEUTRAL)

    objects = ScopedManager["Touch"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [models.Index(fields=["adult", "two_way", "at"], name="touch_last_heard")]


class IncomingText(SchoolModel):
    """One text that came back, as it was typed: it answered a question, or it waits for somebody to read it."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting for the office")
        ANSWERED = "answered", _("Taken as an answer")
        SETTLED = "settled", _("Read by the office")
        THREADED = "threaded", _("In the thread with this adult")
        DONE = "done", _("Done as it says: a STOP or a START")

    number = models.CharField(max_length=254)  # or mailbox; blank: written on a page
    way = models.CharField(max_length=10, choices=Touch.Way, default=Touch.Way.SMS)
    source_id = models.CharField(max_length=200, blank=True)  # what the gateway or the mail calls it: taken in once
    notice = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="replies")  # it replies to it
    words = models.TextField()
    at = models.DateTimeField()
    adult = models.ForeignKey(Adult, null=True, on_delete=models.PROTECT, related_name="texts")  # null: not known who
    ask = models.ForeignKey(Ask, null=True, on_delete=models.PROTECT, related_name="texts")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["IncomingText"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"words": Level.P3}

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="answered", ask__isnull=False) | (~Q(state="answered") & Q(ask=None)),
                name="text_answers_a_question_or_waits",
            ),
            models.CheckConstraint(
                condition=~Q(state="settled") | Q(settled_by__isnull=False), name="text_is_settled_by_somebody"
            ),
            models.UniqueConstraint(
                fields=["school", "source_id"], condition=~Q(source_id=""), name="text_is_taken_in_once"
            ),
        ]


class OptOut(SchoolModel):
    """An adult does not want one kind of message that nobody needs. What has to be told is told all the same."""

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="opt_outs")
    kind = models.CharField(max_length=60)
    way = models.CharField(max_length=10, choices=Touch.Way)
    at = models.DateTimeField()

    objects = ScopedManager["OptOut"]()
    level: ClassVar[Level] = Level.P2

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "adult", "kind"], name="adult_opts_out_of_a_kind_once")
        ]


class PostRoomCopy(SchoolModel):
    """A message as its recipient sees it, kept in the demonstration and in development only."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="copy")
    recipient = models.CharField(max_length=200)
    address = models.CharField(max_length=254)
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    at = models.DateTimeField()

    objects = ScopedManager["PostRoomCopy"]()
    level: ClassVar[Level] = Level.P2
    levels: ClassVar[dict[str, Level]] = {"body": Level.P3}

    class Meta:
        ordering: ClassVar = ["-at", "id"]
