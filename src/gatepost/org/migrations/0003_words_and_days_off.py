"""A school's own wording, its colleagues' other languages, and its days off."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gatepost.core.rowsecurity import ProtectRows


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0002_roles_strands_advisers_glass"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bilingual",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=20)),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bilingual",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["language", "person__name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("language", ""), _negated=True), name="bilingual_reads_something"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("school", "person", "language"),
                        name="bilingual_is_asked_once_for_a_language",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DaysOff",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["first_on", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))), name="days_off_end_after_they_begin"
                    ),
                    models.UniqueConstraint(fields=("school", "first_on", "last_on"), name="days_off_are_kept_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=16)),
                ("string", models.CharField(max_length=24)),
                ("words", models.JSONField()),
                ("at", models.DateTimeField()),
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
            ],
            options={
                "ordering": ["language", "string"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "language", "string"), name="wording_is_settled_once_at_a_school"
                    )
                ],
            },
        ),
        ProtectRows("Bilingual", "DaysOff", "Wording"),
    ]
