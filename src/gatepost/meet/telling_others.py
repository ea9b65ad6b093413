"""Tells those who come to a meeting and are no family what they have to know, once; what no mail carries, we say.

Interpreters outside the school; colleagues who sit at a meeting or interpret there; people from outside who sit there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from gatepost.core import audit, clock
from gatepost.core.each import do_each
from gatepost.language.dates import say_when
from gatepost.language.words import say_language
from gatepost.meet.models import Booking, InterpreterMail, MeetingMail, SeatMail
from gatepost.org.actor import Actor
from gatepost.org.rounds import at_every_school
from gatepost.reach.delivery.outside import may_send_outside, send_outside_mail

State, News = MeetingMail.State, MeetingMail.News
STALE = timedelta(minutes=10)  # so long on the wire: nobody knows whether it left, so somebody rings

TITLES = {
    News.BOOKED: "Interpreting",
    News.MOVED: "Interpreting: another time or place",
    News.RELEASED: "Interpreting: not needed",
    News.REMINDER: "Interpreting: to remind you",
}
FIRST = {
    News.BOOKED: "We would like you to interpret at a meeting, as we agreed.",
    News.MOVED: "Your meeting has another time or place. If you cannot come there then, please ring us today.",
    News.RELEASED: "You need not interpret at this meeting any more. Thank you for keeping the time for us.",
    News.REMINDER: "To remind you: you interpret at a meeting.",
}
SEAT_TITLES = {
    News.BOOKED: "A meeting with a family",
    News.MOVED: "A meeting with a family: another time or place",
    News.RELEASED: "A meeting with a family: you need not come",
    News.REMINDER: "A meeting with a family: to remind you",
}
SEAT_FIRST = {
    News.BOOKED: "You are asked to a meeting with a family, as we agreed.",
    News.MOVED: "Your meeting with a family has another time or place. If you cannot come, please ring us today.",
    News.RELEASED: "You need not come to this meeting any more. Thank you for keeping the time.",
    News.REMINDER: "To remind you: you are at a meeting with a family.",
}


def tick() -> None:
    """Send what waits, at every school."""
    at_every_school(lambda _school: send_due())


def send_due() -> int:
    """Send what waits at one school. Safe to do again, and by two workers at once."""
    to_interpret = InterpreterMail.objects.select_related("interpreter", "of", "school")
    to_sit = SeatMail.objects.select_related("school")
    return _send_all(to_interpret, _to_interpreter) + _send_all(to_sit, _to_seated)


def _send_all[M: MeetingMail](mails: QuerySet[M], send: Callable[[M], bool]) -> int:
    mails.filter(state=State.ON_THE_WIRE, tried_at__lt=clock.now() - STALE).update(state=State.BY_HAND)
    waits = list(mails.filter(state=State.QUEUED))
    if waits and not settings.GATEPOST_SMTP_URL:  # no mail server is set up: nothing would ever leave
        mails.filter(pk__in=[each.pk for each in waits]).update(state=State.BY_HAND)
        return 0
    if not waits or not may_send_outside():
        return 0
    return sum(do_each(waits, lambda mail: _send(mails.filter(pk=mail.pk), mail, send)))


def _send[M: MeetingMail](ours: QuerySet[M], mail: M, send: Callable[[M], bool]) -> bool:
    if not ours.filter(state=State.QUEUED).update(state=State.ON_THE_WIRE, tried_at=clock.now()):
        return False
    sent = send(mail)
    ours.filter(state=State.ON_THE_WIRE).update(state=State.SENT if sent else State.BY_HAND)
    return sent


def _to_interpreter(mail: InterpreterMail) -> bool:
    title = TITLES[News(mail.news)]
    return send_outside_mail(address=mail.interpreter.email, title=title, body=words_of(mail))


def _to_seated(mail: SeatMail) -> bool:
    return send_outside_mail(address=mail.email, title=SEAT_TITLES[News(mail.news)], body=words_to_seated(mail))


def words_of(mail: InterpreterMail) -> str:
    """When, where, for how long, in which language, and whom to ring; never for whom."""
    language = f"Language: {say_language(mail.of.language)}"
    return _words(mail, FIRST[News(mail.news)], language)


def words_to_seated(mail: SeatMail) -> str:
    """The same without a language; never about whom."""
    return _words(mail, SEAT_FIRST[News(mail.news)])


def _words(mail: MeetingMail, first: str, *more: str) -> str:
    school = mail.school
    lines = [
        first,
        "",
        f"When: {say_when(mail.starts_at, 'en')}",
        f"How long: {mail.minutes} minutes",
        *more,
        f"Where: {mail.place}, {school.name}" if mail.place else "Where: by telephone or video; we will ring you",
        "",
        f"{school.office_name}, {school.name}, {school.office_phone}".strip(", "),
    ]
    return "\n".join(lines)


def by_hand(of: QuerySet[Booking]) -> QuerySet[SeatMail]:
    """Who sits at these meetings and has to be told by somebody."""
    return SeatMail.objects.filter(state=State.BY_HAND, booking__in=of, starts_at__gte=clock.now())


@transaction.atomic
def said(mail: InterpreterMail | SeatMail, *, by: Actor) -> None:
    """Somebody has said it on the telephone."""
    if type(mail).objects.filter(pk=mail.pk, state=State.BY_HAND).update(state=State.SAID):
        audit.record("meet.interpreter_told" if isinstance(mail, InterpreterMail) else "meet.seated_told", mail, by=by)
