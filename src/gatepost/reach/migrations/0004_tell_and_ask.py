"""Tells and asks on every channel, both ways: threads, letters, translations, recordings, and what goes wrong."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gatepost.core.sealed
from gatepost.core.rowsecurity import ProtectRows

# What was written on a page has no number: until now that was how one could tell.
WEB = "UPDATE reach_incomingtext SET way = 'web' WHERE number = ''"

# Where a notice goes two ways at once, what only waits is left.
ONE_WAY = """
UPDATE reach_delivery SET state = 'skipped' WHERE state = 'queued' AND EXISTS (
    SELECT 1 FROM reach_delivery other WHERE other.notice_id = reach_delivery.notice_id
    AND other.id <> reach_delivery.id AND (other.state IN ('claimed', 'on_wire', 'uncertain')
    OR (other.state = 'queued' AND other.id < reach_delivery.id)))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("know", "0005_letters"),
        ("org", "0003_words_and_days_off"),
        ("reach", "0003_incoming_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Broadcast",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("urgent", models.BooleanField(default=False)),
                ("told", models.PositiveIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                ("said", models.JSONField(default=list)),
                ("text_parts", models.PositiveIntegerField(default=0)),
                ("texts", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["-at", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="broadcast_has_words")
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.group"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["-at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="document_has_a_title"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Explain",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("of", models.UUIDField()),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("thread", "A message to them"),
                            ("home", "A note for home"),
                            ("summary", "The summary of a talk"),
                            ("text", "A long text"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("interpreter", "With an interpreter"),
                            ("recording", "A recorded or signed message"),
                            ("call", "Please ring me"),
                        ],
                        max_length=11,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "adult",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.adult"),
                ),
                (
                    "child",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.child"),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None)),
                        fields=("adult", "of"),
                        name="explain_is_asked_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="explain_is_done_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Freeze",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("begun_at", models.DateTimeField()),
                ("because", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["-begun_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("school",), name="school_is_frozen_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at", None), ("ended_by__isnull", False), _connector="OR"),
                        name="freeze_is_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OptOut",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=60)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("web", "On the web"),
                            ("email", "E-mail"),
                            ("sms", "Text message"),
                            ("phone", "Telephone"),
                            ("meeting", "A meeting"),
                            ("door", "At the door or the gate"),
                            ("paper", "On paper"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opt_outs", to="know.adult"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school", "adult", "kind"), name="adult_opts_out_of_a_kind_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Outage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "Text message"),
                            ("letter", "Letter"),
                            ("person", "In person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("tries", models.PositiveIntegerField(default=1)),
                ("problem", models.CharField(max_length=200)),
                ("down_since", models.DateTimeField(null=True)),
                ("probe_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["-began_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("school", "channel"),
                        name="channel_is_down_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("down_since", None), ("probe_at__isnull", False), _connector="OR"),
                        name="channel_that_is_down_is_tried_again",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paragraph",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.PositiveSmallIntegerField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("stands", models.BooleanField(default=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paragraphs", to="reach.document"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["place", "-version", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="paragraph_has_words"
                    ),
                    models.UniqueConstraint(
                        fields=("document", "place", "version"), name="paragraph_version_stands_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stands", True)),
                        fields=("document", "place"),
                        name="paragraph_has_one_wording",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrintRun",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("ordinary", "By post or by hand"), ("sealed", "To addresses that are kept secret")],
                        default="ordinary",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("pages", gatepost.core.sealed.SealedField(null=True)),
            ],
            options={
                "ordering": ["-made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_by", None)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="print_run_is_settled_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("settled_at", None), ("pages__isnull", True), _connector="OR"),
                        name="print_run_keeps_no_pages_once_settled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("of", models.UUIDField()),
                ("language", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=20)),
                ("size", models.PositiveIntegerField()),
                ("file", models.FileField(upload_to="")),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("shown", "Families hear it"),
                            ("to_pass", "Waiting for a second reader"),
                            ("sent_back", "Sent back by the second reader"),
                        ],
                        default="shown",
                        max_length=10,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "passed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["language", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("of", "language"), name="recording_is_one_for_each_language"),
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="recording_holds_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__startswith", "audio/"), ("kind__startswith", "video/"), _connector="OR"
                        ),
                        name="recording_is_sound_or_film",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passed_by", None), models.Q(("passed_by", models.F("by")), _negated=True), _connector="OR"
                        ),
                        name="recording_is_passed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sense",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("of", models.UUIDField(db_index=True)),
                ("clear", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "adult",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.adult"),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["-at", "id"],
                "constraints": [models.UniqueConstraint(fields=("adult", "of"), name="sense_is_said_once")],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=8)),
                ("boxes", models.JSONField(default=list)),
                ("keyed_at", models.DateTimeField(null=True)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheets", to="reach.delivery"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="know.household"
                    ),
                ),
                (
                    "keyed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="reach.printrun"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["-run__made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("school", "reference"), name="sheet_is_found_by_its_reference"),
                    models.UniqueConstraint(fields=("run", "delivery"), name="sheet_is_printed_once_in_a_run"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("keyed_at", None), ("keyed_by", None)),
                            models.Q(("keyed_at__isnull", False), ("keyed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="sheet_is_keyed_in_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TextBudget",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("parts", models.PositiveIntegerField()),
                (
                    "each",
                    models.CharField(
                        choices=[
                            ("month", "A month"),
                            ("term", "A term: September, January and May are the first months of one"),
                        ],
                        default="month",
                        max_length=5,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school",), name="text_budget_is_one_for_each_school"),
                    models.CheckConstraint(
                        condition=models.Q(("each__in", ["month", "term"])), name="text_budget_lasts_a_known_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("begun_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("waits_since", models.DateTimeField(null=True)),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="threads", to="know.adult"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.child"),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                (
                    "wrote_last",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-begun_at", "id"],
                "indexes": [models.Index(fields=["school", "waits_since"], name="thread_waits")],
                "constraints": [
                    models.UniqueConstraint(fields=("adult", "child"), name="thread_is_one_for_each_adult_and_child")
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("way", models.CharField(blank=True, max_length=10)),
                (
                    "tone",
                    models.CharField(
                        choices=[("good", "Good news"), ("neutral", "Neither"), ("concern", "A worry")],
                        default="neutral",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("to_pass", "Waiting for a second reader"),
                            ("sent_back", "Sent back by the second reader"),
                            ("to_say", "Waiting to be put into their language"),
                        ],
                        default="sent",
                        max_length=10,
                    ),
                ),
                (
                    "broadcast",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="reach.broadcast",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "passed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="reach.thread"
                    ),
                ),
                ("said", models.JSONField(default=list)),
                ("high", models.BooleanField(default=False)),
                ("language", models.CharField(default="en", max_length=20)),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="message_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by__isnull", False), models.Q(("passed_by", None), ("state", "sent")), _connector="OR"
                        ),
                        name="message_of_a_family_is_never_kept",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("of", models.UUIDField()),
                ("part", models.CharField(max_length=40)),
                ("incoming", models.BooleanField(default=False)),
                ("original", models.TextField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("source", models.CharField(max_length=20)),
                ("target", models.CharField(max_length=20)),
                (
                    "stakes",
                    models.CharField(
                        choices=[("low", "Everyday"), ("high", "Rights, safety, money or special needs")],
                        default="low",
                        max_length=4,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for a reader"),
                            ("proposed", "Drafted, and not checked"),
                            ("reviewed", "Written or checked by a named person"),
                            ("refused", "Cannot be put into that language"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("engine", models.CharField(blank=True, max_length=80)),
                ("tried_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=200)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[("none", "Nothing"), ("small", "A little"), ("large", "Much")],
                        max_length=5,
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("shown_at", models.DateTimeField(null=True)),
                (
                    "adult",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.adult"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.child"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["due_on", "asked_at", "id"],
                "indexes": [
                    models.Index(fields=["school", "state", "due_on"], name="translation_due"),
                    models.Index(fields=["school", "fingerprint", "target"], name="translation_memory"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("of", "part", "target"), name="translation_is_one_for_each_language"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("original", ""), _negated=True), name="translation_has_an_original"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True),
                        name="translation_is_into_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "asked"), ("words", "")),
                            models.Q(
                                ("state", "proposed"),
                                models.Q(("words", ""), _negated=True),
                                models.Q(
                                    ("proposed_by__isnull", False),
                                    models.Q(("engine", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                ("state", "reviewed"),
                                models.Q(("words", ""), _negated=True),
                            ),
                            models.Q(
                                ("reviewed_by__isnull", False),
                                ("shown_at", None),
                                ("state", "refused"),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="translation_is_answered_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shown_at", None),
                            ("state", "reviewed"),
                            models.Q(("incoming", False), ("stakes", "low"), ("state", "proposed")),
                            _connector="OR",
                        ),
                        name="translation_of_high_stakes_is_read_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Treated",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("spoke_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("well", models.BooleanField(null=True)),
                ("words", models.TextField(blank=True)),
                ("due_on", models.DateField(null=True)),
                ("repaired_at", models.DateTimeField(null=True)),
                (
                    "adult",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.adult"),
                ),
                (
                    "child",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.child"),
                ),
                (
                    "repaired_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                (
                    "spoke_with",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("repaired_at", None), ("repaired_by", None)),
                            models.Q(("repaired_at__isnull", False), ("repaired_by__isnull", False), ("well", False)),
                            _connector="OR",
                        ),
                        name="treated_badly_is_repaired_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("well", False), _negated=True), ("due_on__isnull", False), _connector="OR"
                        ),
                        name="treated_badly_is_put_right_by_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repaired_by", None),
                            models.Q(("repaired_by", models.F("spoke_with")), _negated=True),
                            _connector="OR",
                        ),
                        name="treated_is_repaired_by_somebody_else",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="parts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="delivery",
            name="repeats",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="delivery",
            name="reported_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="incomingtext",
            name="notice",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="reach.notice"
            ),
        ),
        migrations.AddField(
            model_name="incomingtext",
            name="source_id",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="incomingtext",
            name="way",
            field=models.CharField(
                choices=[
                    ("web", "On the web"),
                    ("email", "E-mail"),
                    ("sms", "Text message"),
                    ("phone", "Telephone"),
                    ("meeting", "A meeting"),
                    ("door", "At the door or the gate"),
                    ("paper", "On paper"),
                ],
                default="sms",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="batch",
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="call_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="calls",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="notice",
            name="stays",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="touch",
            name="at_home",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="touch",
            name="tone",
            field=models.CharField(
                choices=[("good", "Good news"), ("neutral", "Neither"), ("concern", "A worry")],
                default="neutral",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="channel",
            field=models.CharField(
                choices=[("email", "E-mail"), ("sms", "Text message"), ("letter", "Letter"), ("person", "In person")],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Queued"),
                    ("claimed", "Being prepared"),
                    ("on_wire", "On its way"),
                    ("accepted", "Handed over"),
                    ("uncertain", "Perhaps handed over"),
                    ("failed", "Could not be handed over"),
                    ("stopped", "Stopped at the gate"),
                    ("delivered", "Has arrived"),
                    ("undelivered", "Did not arrive"),
                    ("returned", "Came back by post"),
                    ("skipped", "Left for another way"),
                ],
                default="queued",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="incomingtext",
            name="number",
            field=models.CharField(max_length=254),
        ),
        migrations.AlterField(
            model_name="incomingtext",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting for the office"),
                    ("answered", "Taken as an answer"),
                    ("settled", "Read by the office"),
                    ("threaded", "In the thread with this adult"),
                    ("done", "Done as it says: a STOP or a START"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Waiting to be sent"),
                    ("sent", "Sent"),
                    ("by_hand", "For the office to say in person"),
                    ("held", "Waiting for the office"),
                    ("barred", "Not sent: a rule forbids it"),
                    ("recalled", "Taken back before it left"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
        migrations.RunSQL(WEB, migrations.RunSQL.noop),
        migrations.RunSQL(ONE_WAY, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["school", "state", "created_at"], name="notice_by_state"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["queued", "claimed", "on_wire", "uncertain"])),
                fields=("notice",),
                name="notice_goes_one_way_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="incomingtext",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_id", ""), _negated=True),
                fields=("school", "source_id"),
                name="text_is_taken_in_once",
            ),
        ),
        ProtectRows(
            "Broadcast",
            "Document",
            "Explain",
            "Freeze",
            "Message",
            "OptOut",
            "Outage",
            "Paragraph",
            "PrintRun",
            "Recording",
            "Sense",
            "Sheet",
            "TextBudget",
            "Thread",
            "Translation",
            "Treated",
        ),
    ]
