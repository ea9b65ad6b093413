"""Any coming together in sessions: holds, rooms, interpreters, waiting, the door, agendas, outings, who sits there."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gatepost.core.sealed
from gatepost.core.rowsecurity import ProtectRows
from gatepost.meet.keptwords import KeepFamilyWords


class Migration(migrations.Migration):
    dependencies = [
        ("know", "0005_letters"),
        ("meet", "0001_initial"),
        ("org", "0003_words_and_days_off"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("side", models.CharField(choices=[("family", "Family"), ("school", "School")], max_length=6)),
                (
                    "state",
                    models.CharField(
                        choices=[("stands", "Stands"), ("asked", "Asked"), ("refused", "Refused")],
                        default="stands",
                        max_length=7,
                    ),
                ),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("taken_off_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agenda", to="meet.invitation"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                (
                    "taken_off_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.adult"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="agenda_item_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("side", "school"), ("taken_off_at", None), ("taken_off_by__isnull", False), _connector="OR"
                        ),
                        name="agenda_item_of_a_family_is_theirs_to_take_off",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side", "school"), ("state", "stands"), _connector="OR"),
                        name="agenda_item_of_a_family_needs_no_yes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("side", "family"), models.Q(("answer", ""), ("by__isnull", False)), _connector="OR"
                        ),
                        name="agenda_item_of_the_school_has_a_writer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer", ""), ("answered_by__isnull", False), _connector="OR"),
                        name="agenda_item_is_answered_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnotherWay",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("offered_at", models.DateTimeField()),
                ("said_at", models.DateTimeField(null=True)),
                ("words", models.TextField(blank=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="another_way", to="meet.invitation"
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
            ],
            options={
                "ordering": ["said_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_by", None)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="another_way_is_settled_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), ("said_at__isnull", False), _connector="OR"),
                        name="another_way_has_words_once_said",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("transport", "Getting here"),
                            ("childcare", "Looking after the other children"),
                            ("money", "What it costs"),
                            ("food", "Something to eat and drink"),
                            ("access", "What they need to take part"),
                            ("quiet", "A quieter or more private way"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("pence", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField(null=True)),
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
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="arrangements", to="meet.invitation"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                ("asked_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["kind"],
                "constraints": [
                    models.UniqueConstraint(fields=("invitation", "kind"), name="arrangement_is_made_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("at__isnull", False), ("by__isnull", False)),
                            models.Q(
                                ("asked_at__isnull", False), ("at", None), ("by", None), ("due_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="arrangement_is_made_or_promised",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Companion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="companions", to="meet.invitation"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["-made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("invitation",),
                        name="companion_has_one_link_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Cover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("words", models.CharField(max_length=200)),
                ("pence", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="covers", to="meet.event"
                    ),
                ),
                (
                    "host",
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
                "ordering": ["day", "host__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "host", "day"), name="cover_is_arranged_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="cover_is_somebody"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Eligible",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "adult",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="know.adult"),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="eligible", to="meet.event"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("event", "adult"), name="eligible_once_for_an_event")],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feeds", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["-begun_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("school", "person"),
                        name="feed_has_one_address_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("host", "Host"),
                            ("adult", "Adult"),
                            ("room", "Room"),
                            ("interpreter", "Interpreter"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "booking",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="holds", to="meet.booking"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="holds", to="meet.slot"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key", "at"), name="hold_nobody_is_in_two_places"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("booking__isnull", False), ("slot", None)),
                            models.Q(("booking", None), ("slot__isnull", False)),
                            _connector="OR",
                        ),
                        name="hold_is_for_a_slot_or_a_booking",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interpreter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("languages", models.JSONField()),
                ("qualified", models.BooleanField(default=False)),
                ("comes", models.BooleanField(default=True)),
                ("remote", models.BooleanField(default=False)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="interpreter_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("comes", True), ("remote", True), _connector="OR"),
                        name="interpreter_works_in_some_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InterpreterBooking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("language", models.CharField(blank=True, max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "To be found"),
                            ("booked", "Booked"),
                            ("confirmed", "Confirmed"),
                            ("released", "Not needed any more"),
                        ],
                        default="requested",
                        max_length=10,
                    ),
                ),
                (
                    "wish",
                    models.CharField(
                        choices=[
                            ("wait", "Wait until somebody is found"),
                            ("remote", "An interpreter by telephone or video"),
                            ("other_date", "Another date"),
                        ],
                        default="wait",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("relative", models.CharField(blank=True, max_length=200)),
                ("warned", models.BooleanField(default=False)),
                ("qualified", models.BooleanField(default=False)),
                ("by_remote", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("went_without", models.CharField(blank=True, max_length=300)),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="interpreting", to="meet.booking"
                    ),
                ),
                (
                    "interpreter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="meet.interpreter",
                    ),
                ),
                (
                    "next_slot",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="meet.slot"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interprets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "indexes": [models.Index(fields=["school", "state", "due_on"], name="interpreting_to_arrange")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "released"), _negated=True),
                        fields=("booking",),
                        name="interpreting_is_arranged_once_a_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["booked", "confirmed"]), _negated=True),
                            models.Q(("interpreter", None), ("person__isnull", False), ("relative", "")),
                            models.Q(("interpreter__isnull", False), ("person", None), ("relative", "")),
                            models.Q(
                                ("interpreter", None), ("person", None), models.Q(("relative", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="interpreting_is_done_by_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("language", "bfi"), _negated=True),
                            models.Q(("state__in", ["booked", "confirmed"]), _negated=True),
                            ("qualified", True),
                            _connector="OR",
                        ),
                        name="interpreting_signs_takes_a_qualification",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("relative", ""), ("warned", True), _connector="OR"),
                        name="interpreting_relative_was_warned_of",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InterpreterMail",
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
                (
                    "interpreter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mails", to="meet.interpreter"
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="meet.interpreterbooking"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "indexes": [models.Index(fields=["school", "state"], name="interpreter_mail_to_send")],
            },
        ),
        migrations.CreateModel(
            name="LessonTimes",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("begins", models.TimeField()),
                ("ends", models.TimeField()),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school",), name="lessons_are_at_one_time"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))), name="lessons_end_after_they_begin"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=200)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("began_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("alarm_at", models.DateTimeField()),
                ("out_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_words", models.CharField(blank=True, max_length=300)),
                (
                    "booking",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outings",
                        to="meet.booking",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outings_watched",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outings", to=settings.AUTH_USER_MODEL
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
            ],
            options={
                "ordering": ["alarm_at", "id"],
                "indexes": [models.Index(fields=["school", "settled_at", "alarm_at"], name="outing_alarms")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("out_at", None), ("settled_at", None)),
                        fields=("person",),
                        name="outing_is_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alarm_at__gte", models.F("due_at")), ("due_at__gt", models.F("began_at"))),
                        name="outing_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("duty", models.F("person")), _negated=True),
                        name="outing_is_watched_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place", ""), _negated=True), name="outing_is_somewhere"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_by", None), ("settled_words", "")),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("settled_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="outing_is_settled_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_by", None),
                            models.Q(("settled_by", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="outing_is_settled_by_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutingCall",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "way",
                    models.CharField(choices=[("mail", "Mail"), ("text", "Text")], default="mail", max_length=4),
                ),
                (
                    "outing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="meet.outing"
                    ),
                ),
                (
                    "person",
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
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("outing", "person", "way"), name="outing_rings_somebody_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("features", models.JSONField(blank=True, default=list)),
                ("seats", models.PositiveSmallIntegerField(default=6)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("school", "name"),
                        name="room_is_known_by_its_name",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="room_has_a_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomBooking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                (
                    "booking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="in_room", to="meet.booking"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bookings", to="meet.room"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("called_off_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="meet.event"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["starts_at", "id"],
                "constraints": [models.UniqueConstraint(fields=("event", "starts_at"), name="session_begins_once")],
            },
        ),
        migrations.CreateModel(
            name="Delay",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("said_at", models.DateTimeField()),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="delays", to="meet.session"
                    ),
                ),
            ],
            options={
                "ordering": ["-said_at", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("minutes__lte", 60)), name="delay_of_an_hour_at_most")
                ],
            },
        ),
        migrations.CreateModel(
            name="Kiosk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("device_hash", models.CharField(editable=False, max_length=64)),
                ("begun_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kiosks", to="meet.session"
                    ),
                ),
            ],
            options={
                "ordering": ["-begun_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("session",),
                        name="kiosk_is_on_one_device_for_a_session",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("know", gatepost.core.sealed.SealedField(blank=True, default="")),
                ("worry", gatepost.core.sealed.SealedField(blank=True, default="")),
                ("change", gatepost.core.sealed.SealedField(blank=True, default="")),
                ("kept_at", models.DateTimeField()),
                ("shared", gatepost.core.sealed.SealedJSON(default=dict)),
                ("shared_at", models.DateTimeField(null=True)),
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheet", to="meet.invitation"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("of_child", models.CharField(blank=True, max_length=120)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("signed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Not matched yet"),
                            ("matched", "Matched"),
                            ("not_ours", "Not of our families"),
                            ("forgotten", "Nobody said in time who it was"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "booking",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ins",
                        to="meet.booking",
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
                    "kiosk",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sign_ins", to="meet.kiosk"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sign_ins", to="meet.session"
                    ),
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
            ],
            options={
                "ordering": ["signed_at", "id"],
                "indexes": [models.Index(fields=["school", "state"], name="sign_in_to_match")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("keyed_by__isnull", False), ("kiosk", None)),
                            models.Q(("keyed_by", None), ("kiosk__isnull", False)),
                            _connector="OR",
                        ),
                        name="sign_in_is_typed_or_keyed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("booking__isnull", False), ("state", "matched")),
                            models.Q(models.Q(("state", "matched"), _negated=True), ("booking", None)),
                            _connector="OR",
                        ),
                        name="sign_in_is_matched_to_a_booking",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), ("of_child", ""), ("state__in", ["not_ours", "forgotten"])),
                            models.Q(
                                models.Q(("state__in", ["not_ours", "forgotten"]), _negated=True),
                                models.Q(("name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sign_in_forgets_strangers",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="waits", to="meet.invitation"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"),
                ),
            ],
            options={
                "ordering": ["since", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("invitation",),
                        name="waiting_once_for_each_invitation",
                    )
                ],
            },
        ),
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
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="meet.booking"
                    ),
                ),
                (
                    "person",
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
                "ordering": ["made_at", "id"],
                "abstract": False,
                "indexes": [models.Index(fields=["school", "state"], name="seat_mail_to_send")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="seat_mail_is_for_somebody"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_conversation_is_unhurried",
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_slots_last_5_to_90_minutes",
        ),
        migrations.RemoveConstraint(
            model_name="seat",
            name="seat_of_each_kind_once",
        ),
        migrations.RemoveConstraint(
            model_name="slot",
            name="slot_host_is_in_one_place",
        ),
        migrations.AddField(
            model_name="attendance",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "They have not said"),
                    ("time", "The time was hard for them"),
                    ("way", "It was hard to get here"),
                    ("care", "Nobody could look after the children"),
                    ("told", "What we sent was late, or not clear"),
                    ("language", "There was no interpreter"),
                    ("welcome", "They did not feel welcome, or were afraid of it"),
                    ("other", "Something that we could not change"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="arrived_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="reminded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="reminded_today_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="way",
            field=models.CharField(
                blank=True,
                choices=[
                    ("school", "At school"),
                    ("home", "At your home"),
                    ("outside", "In a café or another place"),
                    ("phone", "By phone"),
                    ("video", "By video"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="where",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="event",
            name="agenda_days",
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name="event",
            name="follow_on",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="hooks", to="meet.event"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="for_some",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="event",
            name="learning",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="event",
            name="purpose",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="event",
            name="way_there",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="event",
            name="ways",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="invitation",
            name="changes",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="invitation",
            name="asked_along_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="seat",
            name="adult",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="know.adult"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seats",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="role",
            field=models.CharField(blank=True, max_length=200),
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
        migrations.AddField(
            model_name="attendance",
            name="session",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="meet.session"
            ),
        ),
        migrations.AddField(
            model_name="slot",
            name="session",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="meet.session"
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="booking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="meet.booking"
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("evening", "Parents’ evening"),
                    ("conversation", "Structured conversations"),
                    ("masterclass", "Masterclass series"),
                    ("open_classroom", "Open classroom"),
                    ("family_activity", "Family activity"),
                    ("lunch", "Weekly lunch"),
                    ("breakfast", "Breakfast, then a workshop"),
                    ("home_visit", "Home visit"),
                    ("outside", "Meeting at a café or a hired room"),
                    ("council", "Meeting of a parent council"),
                    ("drop_in", "Drop-in"),
                    ("doorstep", "Doorstep talk"),
                    ("call", "Phone or video call"),
                    ("team", "Team meeting"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="seat",
            name="kind",
            field=models.CharField(
                choices=[
                    ("second_parent", "Second parent"),
                    ("child", "The child"),
                    ("supporter", "Supporter"),
                    ("advocate", "Advocate"),
                    ("interpreter", "Interpreter"),
                    ("professional", "Professional"),
                    ("ambassador", "Ambassador"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "conversation"), _negated=True),
                    models.Q(("minutes__gte", 20), ("minutes__lte", 90)),
                    _connector="OR",
                ),
                name="event_conversation_is_unhurried",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 5), ("minutes__lte", 240)), name="event_lasts_5_to_240_minutes"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("follow_on", None), models.Q(("follow_on", models.F("id")), _negated=True), _connector="OR"
                ),
                name="event_does_not_lead_to_itself",
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
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("booking", "session"), name="attendance_noted_once_a_session"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), ("came", False), _connector="OR"),
                name="attendance_reason_for_not_coming",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("places__gt", 0)), fields=("host", "starts_at"), name="slot_host_is_in_one_place"
            ),
        ),
        KeepFamilyWords(),
        ProtectRows(
            "AgendaItem",
            "AnotherWay",
            "Arrangement",
            "Companion",
            "Cover",
            "Delay",
            "Eligible",
            "Feed",
            "Hold",
            "Interpreter",
            "InterpreterBooking",
            "InterpreterMail",
            "Kiosk",
            "LessonTimes",
            "Outing",
            "OutingCall",
            "Room",
            "RoomBooking",
            "SeatMail",
            "Session",
            "Sheet",
            "SignIn",
            "Waiting",
        ),
    ]
