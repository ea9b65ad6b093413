"""The least that a Django app can be that writes the same rows: no gate, no languages, no design, no chain.

Counted of ours: a booking, the adult's own time, an answer, a touch, a notice, its delivery, three lines of audit, and
how often this link has acted. (A seat only where somebody comes along or interprets: here nobody does.)

python -m bench.rush.bare make|count|serve FAMILIES|PORT
"""

from __future__ import annotations

import os
import sys
from typing import Any

import django
from django.conf import settings

CLASSES, TIMES = 10, 50


def configure() -> None:
    """Settings as performance.md recommends them for one school."""
    name = os.environ["BARE_DATABASE"]
    if name.startswith("postgresql://"):
        sys.path.insert(0, "src")
        from pathlib import Path

        from gatepost.config.database import from_url

        database = from_url(name, Path())
    else:
        pragmas = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-32000;PRAGMA temp_store=MEMORY"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "CONN_MAX_AGE": None, "OPTIONS": options}
    settings.configure(
        DATABASES={"default": database},
        SECRET_KEY="bare" * 10,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="bench.rush.bare",
        USE_TZ=True,
        INSTALLED_APPS=["django.contrib.sessions"],
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )
    django.setup()


if not settings.configured:
    configure()

from django.db import IntegrityError, models, transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: E402
from django.template import RequestContext, engines  # noqa: E402
from django.urls import path  # noqa: E402


class Slot(models.Model):
    """A time of one class."""

    host = models.IntegerField(db_index=True)
    starts_at = models.DateTimeField()
    places = models.IntegerField(default=1)
    taken = models.IntegerField(default=0)

    class Meta:
        app_label = "bare"
        constraints = [models.CheckConstraint(condition=models.Q(taken__lte=F("places")), name="never_overfull")]


class Family(models.Model):
    """One family, and the link that it holds."""

    name = models.CharField(max_length=100)
    host = models.IntegerField()
    token = models.CharField(max_length=40, unique=True)

    class Meta:
        app_label = "bare"


class Booking(models.Model):
    """The time that a family has."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT)
    family = models.OneToOneField(Family, on_delete=models.PROTECT)
    booked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bare"


class Hold(models.Model):
    """The family's own time: nobody is in two places."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE)
    family = models.ForeignKey(Family, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        app_label = "bare"
        constraints = [models.UniqueConstraint(fields=["family", "at"], name="in_one_place")]


class Answer(models.Model):
    """What the family said."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT)
    value = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bare"


class Notice(models.Model):
    """What the family is to be told."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="queued")

    class Meta:
        app_label = "bare"


class Delivery(models.Model):
    """One attempt to tell it."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT)
    channel = models.CharField(max_length=10)
    not_before = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bare"


class Limit(models.Model):
    """How often a family has pressed a button."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT)
    count = models.IntegerField()

    class Meta:
        app_label = "bare"


class Audit(models.Model):
    """What was done."""

    verb = models.CharField(max_length=40)
    thing = models.IntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bare"


class Touch(models.Model):
    """That the family has spoken."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT)
    way = models.CharField(max_length=10)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bare"


TABLES = [Slot, Family, Booking, Hold, Answer, Notice, Delivery, Limit, Audit, Touch]
FRAME = "<!doctype html><html lang=en><title>Elm School</title><h1>{}</h1>{}</html>"
CHOOSE = FRAME.format(
    "Choose a time",
    "{% if taken %}<p>That time has just been taken.</p>{% endif %}<form method=post>{% csrf_token %}"
    '{% for slot in slots %}<label><input type="radio" name="slot" value="{{ slot.pk }}">'
    '{{ slot.starts_at|date:"l j F, H:i" }}</label>{% endfor %}<button>Book this time</button></form>',
)
BOOKED = FRAME.format("You have a time", "<p>{{ booking.slot.starts_at|date:'l j F, H:i' }}</p>")


def page(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a time, or see the one that the family has."""
    family = Family.objects.filter(token=token).first()
    if family is None:
        raise Http404
    if booking := Booking.objects.filter(family=family).select_related("slot").first():
        return _answer(request, BOOKED, {"booking": booking})
    if request.method == "POST" and _book(family, request.POST["slot"]):
        return HttpResponseRedirect(request.path)
    free = Slot.objects.filter(host=family.host, taken__lt=F("places")).order_by("starts_at")
    return _answer(request, CHOOSE, {"slots": free, "taken": request.method == "POST"})


def _book(family: Family, wished: str) -> bool:
    Limit.objects.create(family=family, count=1)
    try:
        with transaction.atomic():
            if not Slot.objects.filter(pk=wished, taken__lt=F("places")).update(taken=F("taken") + 1):
                return False
            booking = Booking.objects.create(slot_id=wished, family=family)
            Hold.objects.create(booking=booking, family=family, at=booking.slot.starts_at)
            answer = Answer.objects.create(family=family, value="yes")
            touch = Touch.objects.create(family=family, way="web")
            notice = Notice.objects.create(family=family, kind="booked", params={"slot": wished})
            Delivery.objects.create(notice=notice, channel="sms")
            for verb, thing in (("booked", booking), ("touched", touch), ("told", answer)):
                Audit.objects.create(verb=verb, thing=thing.pk)
    except IntegrityError:
        return False
    return True


def _answer(request: HttpRequest, template: str, values: dict[str, Any]) -> HttpResponse:
    engine: Any = engines["django"]
    made = _made.setdefault(template, engine.engine.from_string(template))
    return HttpResponse(made.render(RequestContext(request, values)))


_made: dict[str, Any] = {}
urlpatterns = [path("i/<str:token>/", page)]


def application() -> Any:
    """What the server calls."""
    from django.core.handlers.wsgi import WSGIHandler

    return WSGIHandler()
