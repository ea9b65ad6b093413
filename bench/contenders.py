"""Who takes part in `broadcast.py`: each makes a database and its recipients, and gives back what is measured."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

type Send = Callable[[], int]

LANGUAGES = ("en", "ur", "pl", "so", "ar", "ro", "bn")
WORDS = "School is closed on Friday because the heating has failed. Lunch is for collection from eleven o'clock."
GREETINGS = {
    "en": "Dear {{ name }}, a message from the school:",
    "ur": "محترم {{ name }}، سکول کی طرف سے ایک پیغام:",
    "pl": "{{ name }}, wiadomość ze szkoły, którą warto przeczytać:",
    "so": "{{ name }}, fariin ka timid dugsiga oo aad akhrisan karto:",
    "ar": "السيد {{ name }}، رسالة من المدرسة:",
    "ro": "Stimate {{ name }}, un mesaj din partea școlii:",
    "bn": "প্রিয় {{ name }}, স্কুল থেকে একটি বার্তা:",
}
TEXT = "{greeting}\n\n{{{{ words }}}}\n\n{{{{ link }}}}\n\nMs Hill, 0113 496 0000\nElm School\n"
PAGE = (
    '<!doctype html><html lang="{code}"><body><p>{greeting}</p><p>{{{{ words }}}}</p>'
    '<p><a href="{{{{ link }}}}">{{{{ link }}}}</a></p></body></html>'
)


@contextmanager
def ledger(recipients: int, port: int) -> Iterator[Send]:
    """Gatepost as it is: the gate, a thread, a notice, an attempt, a link and a line of audit for every adult."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as held:
        os.environ |= {"GATEPOST_DATA": folder, "DJANGO_SETTINGS_MODULE": "gatepost.config.settings"}
        import django

        django.setup()
        from django.test import override_settings

        from gatepost.selftest.stage import own_database

        backend = "django.core.mail.backends.smtp.EmailBackend"
        mail = {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 20}}
        way = {"email": "gatepost.reach.channels.smtp.Smtp"}
        held.enter_context(own_database(Path(folder) / "bench.sqlite3"))
        held.enter_context(
            override_settings(MAILERS={"default": mail}, GATEPOST_CHANNELS=way, GATEPOST_QUIET_HOURS=False)
        )
        yield held.enter_context(_school(recipients))


@contextmanager
def _school(recipients: int) -> Iterator[Send]:
    from datetime import timedelta

    from django.conf import settings

    from gatepost.core import clock, scope
    from gatepost.know.models import Child
    from gatepost.org.actor import Actor
    from gatepost.org.models import Organisation, Person, School
    from gatepost.reach import audience, notices
    from gatepost.reach.delivery import sender
    from gatepost.reach.models import Delivery, Notice
    from gatepost.reach.services import broadcasts

    organisation = Organisation.objects.create(name="Bench")
    school = School.objects.create(
        organisation=organisation, name="Elm", office_name="Ms Hill", office_phone="0113 496 0000"
    )
    person = Person.objects.create_user("hill@elm.example", name="Ms Hill")
    with scope.only([school.pk], organisation=organisation.pk):
        _families(recipients, organisation, school)
        import_module(settings.ROOT_URLCONF)  # read once in the life of a worker, whatever it sends
        lines = audience.lines_for(notices.broadcast, Child.objects.order_by("pk"))
        actor = Actor(person_id=person.pk, schools=frozenset([school.pk]))

        def send() -> int:
            broadcasts.send(WORDS, lines, urgent=False, school_id=school.pk, by=actor)
            Delivery.objects.update(not_before=clock.now() - timedelta(seconds=1))  # the minute to take it back is over
            sender.send_due(school)
            return Notice.objects.filter(state=Notice.State.SENT).count()

        yield send


def _families(recipients: int, organisation: Any, school: Any) -> None:
    from gatepost.core import clock
    from gatepost.disclosure import Standing, Tri
    from gatepost.know.models import Adult, Care, Channel, Child, ContactPoint

    adults = [
        Adult(organisation=organisation, name=f"Parent {number}", language=LANGUAGES[number % 7])
        for number in range(recipients)
    ]
    children = [Child(school=school, name=f"Child {number}", called=f"Child {number}") for number in range(recipients)]
    Adult.objects.bulk_create(adults)
    Child.objects.bulk_create(children)
    ContactPoint.objects.bulk_create(
        ContactPoint(
            organisation=organisation,
            adult=adult,
            channel=Channel.EMAIL,
            value=f"parent{number}@example.org",
            confirmed_at=clock.now(),
        )
        for number, adult in enumerate(adults)
    )
    Care.objects.bulk_create(
        Care(school=school, adult=adult, child=child, standing=Standing.PARENT, responsibility=Tri.YES)
        for adult, child in zip(adults, children, strict=True)
    )


def _plain_settings(folder: str, port: int, **more: Any) -> None:
    import django
    from django.conf import settings

    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": f"{folder}/plain.sqlite3",
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL",
                },
            }
        },
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        USE_TZ=True,
        DEFAULT_FROM_EMAIL="Elm School <office@elm.example>",
        **{"INSTALLED_APPS": ["django.contrib.contenttypes"], **more},
        **({"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": port}}}}),
    )
    django.setup()


def _mails(recipients: int) -> Iterator[tuple[str, str, str, str]]:
    """Address, subject, text and HTML of each, rendered one by one in seven languages."""
    import secrets

    from django.template import Context, engines

    engine = engines["django"].engine
    made = {
        code: [engine.from_string(shape.format(greeting=greeting, code=code)) for shape in ("{greeting}", TEXT, PAGE)]
        for code, greeting in GREETINGS.items()
    }
    for number in range(recipients):
        link = f"https://elm.example/t/{secrets.token_urlsafe(16)}/"
        values = Context({"name": f"Parent {number}", "words": WORDS, "link": link})
        subject, text, page = (template.render(values) for template in made[LANGUAGES[number % 7]])
        yield f"parent{number}@example.org", subject, text, page


@contextmanager
def bare(recipients: int, port: int) -> Iterator[Send]:
    """A table, Django's mail classes, one connection, and a mark for every two hundred that are gone. No gate."""
    with tempfile.TemporaryDirectory() as folder:
        _plain_settings(folder, port)
        from django.core.mail import EmailMultiAlternatives, mailers
        from django.db import connection, models, transaction
        from django.utils import timezone

        class Outbox(models.Model):
            to = models.EmailField()
            subject = models.CharField(max_length=200)
            text = models.TextField()
            page = models.TextField()
            sent_at = models.DateTimeField(null=True, db_index=True)

            class Meta:
                app_label = "bench"

        with connection.schema_editor() as editor:
            editor.create_model(Outbox)

        def send() -> int:
            with transaction.atomic():
                Outbox.objects.bulk_create(
                    (
                        Outbox(to=to, subject=subject, text=text, page=page)
                        for to, subject, text, page in _mails(recipients)
                    ),
                    batch_size=200,
                )
            mailer: Any = mailers.create_connection("default")
            mailer.open()
            while batch := list(Outbox.objects.filter(sent_at=None)[:200]):
                for row in batch:
                    mail = EmailMultiAlternatives(row.subject, row.text, to=[row.to])
                    mail.attach_alternative(row.page, "text/html")
                    mailer.send_messages([mail])
                Outbox.objects.filter(pk__in=[row.pk for row in batch]).update(sent_at=timezone.now())
            mailer.close()
            return Outbox.objects.exclude(sent_at=None).count()

        yield send


@contextmanager
def post_office(recipients: int, port: int) -> Iterator[Send]:
    """The peer, as its documentation has it for many mails: queued in bulk, sent by one process."""
    with tempfile.TemporaryDirectory() as folder:
        _plain_settings(
            folder,
            port,
            INSTALLED_APPS=["django.contrib.contenttypes", "post_office"],
            POST_OFFICE={"BATCH_SIZE": 200, "LOG_LEVEL": 0},
        )
        from django.core.management import call_command
        from post_office import mail
        from post_office.models import STATUS, Email

        call_command("migrate", verbosity=0)

        def send() -> int:
            many = []
            for to, subject, text, page in _mails(recipients):
                many.append({"recipients": to, "subject": subject, "message": text, "html_message": page})
                if len(many) == 200:
                    mail.send_many(many)
                    many = []
            if many:
                mail.send_many(many)
            while mail.get_queued():
                mail.send_queued(processes=1)
            return Email.objects.filter(status=STATUS.sent).count()

        yield send


__all__ = ["Send", "bare", "ledger", "post_office"]
