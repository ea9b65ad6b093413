"""Seats that are true, what those who sit there are told, and a time called off that blocks nobody."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("know", "0006_together"),
        ("meet", "0005_rung_by_text"),
        ("org", "0005_briefing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SeatMail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "news",
                    models.CharField(
                        choices=[
                            ("booked", "Booked"),
                            ("moved", "Moved"),
                            ("released", "Not needed any more"),
                            ("reminder", "Reminder"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waits"),
                            ("on_the_wire", "Being sent"),
                            ("sent", "Sent"),
                            ("by_hand", "To be said on the telephone"),
                            ("said", "Said"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(null=True)),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
            ],
            options={
                "ordering": ["made_at", "id"],
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="seat",
            name="seat_of_each_kind_once",
        ),
        migrations.RemoveConstraint(
            model_name="seat",
            name="seat_what_is_seen_comes_to_an_end",
        ),
        migrations.RemoveConstraint(
            model_name="slot",
            name="slot_host_is_in_one_place",
        ),
        migrations.AddField(
            model_name="seat",
            name="comes",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="seat",
            name="email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name="interpretermail",
            name="news",
            field=models.CharField(
                choices=[
                    ("booked", "Booked"),
                    ("moved", "Moved"),
                    ("released", "Not needed any more"),
                    ("reminder", "Reminder"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["second_parent", "child", "supporter", "advocate", "interpreter"])),
                fields=("booking", "kind"),
                name="seat_of_each_kind_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("adult", None), ("kind", "second_parent"), _connector="OR"),
                name="seat_of_an_adult_is_the_other_parents",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("comes", None), ("adult__isnull", False), _connector="OR"),
                name="seat_is_answered_by_whose_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email", ""),
                    models.Q(("kind__in", ["professional", "ambassador"]), ("person", None)),
                    _connector="OR",
                ),
                name="seat_of_somebody_outside_has_a_mailbox",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("places__gt", 0)), fields=("host", "starts_at"), name="slot_host_is_in_one_place"
            ),
        ),
        migrations.AddField(
            model_name="seatmail",
            name="booking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="meet.booking"
            ),
        ),
        migrations.AddField(
            model_name="seatmail",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="seatmail",
            name="school",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
        ),
        migrations.RemoveField(
            model_name="seat",
            name="sees",
        ),
        migrations.RemoveField(
            model_name="seat",
            name="until",
        ),
        migrations.AddIndex(
            model_name="seatmail",
            index=models.Index(fields=["school", "state"], name="seat_mail_to_send"),
        ),
        migrations.AddConstraint(
            model_name="seatmail",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="seat_mail_is_for_somebody"
            ),
        ),
    ]
