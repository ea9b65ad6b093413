"""Notes for home, what became of them, and families' own ideas."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gatepost.core.rowsecurity import ProtectRows


class Migration(migrations.Migration):
    dependencies = [
        ("know", "0005_letters"),
        ("org", "0003_words_and_days_off"),
        ("org", "__first__"),
        ("reach", "0004_tell_and_ask"),
        ("support", "0002_advisers"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomeNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("learning", models.CharField(max_length=200)),
                ("try_this", models.CharField(max_length=300)),
                ("say_this", models.CharField(blank=True, max_length=200)),
                ("sent_at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="home_notes",
                        to="know.group",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("said", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["-sent_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("try_this", ""), _negated=True), models.Q(("learning", ""), _negated=True)
                        ),
                        name="home_note_says_what_to_try",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HomeTry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("wants_help_since", models.DateTimeField(null=True)),
                ("helped_at", models.DateTimeField(null=True)),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="home_tries", to="know.adult"
                    ),
                ),
                (
                    "ask",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="home_try", to="reach.ask"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.child"),
                ),
                (
                    "helped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tries", to="support.homenote"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["-note__sent_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("note", "adult"), name="home_note_comes_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("helped_at", None), ("helped_by", None)),
                            models.Q(
                                ("helped_at__isnull", False),
                                ("helped_by__isnull", False),
                                ("wants_help_since__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="home_help_is_given_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HomeIdea",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("language", models.CharField(max_length=20)),
                ("name_shown", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for somebody to read it"),
                            ("shown", "On the page of the class"),
                            ("kept", "Between the family and the school"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="home_ideas",
                        to="know.group",
                    ),
                ),
                (
                    "read_by",
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
                    "tried",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ideas", to="support.hometry"
                    ),
                ),
            ],
            options={
                "ordering": ["-told_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="home_idea_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_by", None), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="home_idea_is_put_up_by_somebody",
                    ),
                ],
            },
        ),
        ProtectRows("HomeIdea", "HomeNote", "HomeTry"),
    ]
