"""Sends interpreters outside the school what they have to know, once; what no mail could carry, somebody says."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from gatepost.core import audit, clock
from gatepost.core.each import do_each
from gatepost.language.dates import say_when
from gatepost.language.words import say_language
from gatepost.meet.models import InterpreterMail
from gatepost.org.actor import Actor
from gatepost.org.rounds import at_every_school
from gatepost.reach.delivery.outside import may_send_outside, send_outside_mail

State, News = InterpreterMail.State, InterpreterMail.News
STALE = timedelta(minutes=10)  # so long on the wire: nobody knows whether it left, so somebody rings

TITLES = {
    News.BOOKED: "Interpreting",
    News.MOVED: "Interpreting: another time or place",
    News.RELEASED: "Interpreting: not needed",
}
FIRST = {
    News.BOOKED: "We would like you to interpret at a meeting, as we agreed.",
    News.MOVED: "Your meeting has another time or place. If you cannot come there then, please ring us today.",
    News.RELEASED: "You need not interpret at this meeting any more. Thank you for keeping the time for us.",
}


def tick() -> None:
    """Send what waits, at every school."""
    at_every_school(lambda _school: send_due())


def send_due() -> int:
    """Send what waits at one school. Safe to do again, and by two workers at once."""
    lost = InterpreterMail.objects.filter(state=State.ON_THE_WIRE, tried_at__lt=clock.now() - STALE)
    lost.update(state=State.BY_HAND)
    waits = list(InterpreterMail.objects.filter(state=State.QUEUED).select_related("interpreter", "of", "school"))
    if waits and not settings.GATEPOST_SMTP_URL:  # no mail server is set up: nothing would ever leave
        InterpreterMail.objects.filter(pk__in=[each.pk for each in waits]).update(state=State.BY_HAND)
        return 0
    return sum(do_each(waits, _send)) if waits and may_send_outside() else 0


def _send(mail: InterpreterMail) -> bool:
    ours = InterpreterMail.objects.filter(pk=mail.pk)
    if not ours.filter(state=State.QUEUED).update(state=State.ON_THE_WIRE, tried_at=clock.now()):
        return False
    sent = send_outside_mail(address=mail.interpreter.email, title=TITLES[News(mail.news)], body=words_of(mail))
    ours.filter(state=State.ON_THE_WIRE).update(state=State.SENT if sent else State.BY_HAND)
    return sent


def words_of(mail: InterpreterMail) -> str:
    """When, where, for how long, in which language, and whom to ring; never for whom."""
    school = mail.school
    lines = [
        FIRST[News(mail.news)],
        "",
        f"When: {say_when(mail.starts_at, 'en')}",
        f"How long: {mail.minutes} minutes",
        f"Language: {say_language(mail.of.language)}",
        f"Where: {mail.place}, {school.name}" if mail.place else "Where: by telephone or video; we will ring you",
        "",
        f"{school.office_name}, {school.name}, {school.office_phone}".strip(", "),
    ]
    return "\n".join(lines)


@transaction.atomic
def said(mail: InterpreterMail, *, by: Actor) -> None:
    """Somebody has said it on the telephone."""
    if InterpreterMail.objects.filter(pk=mail.pk, state=State.BY_HAND).update(state=State.SAID):
        audit.record("meet.interpreter_told", mail, by=by)
