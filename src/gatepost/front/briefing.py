"""Mails whoever likes that how much waits for them, once on a school day: no name stands in it, and nothing else does.

Their first page holds all of it, whether a mail left or not.
"""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gatepost.agree.queries import promises_of
from gatepost.agree.rules import may_see_promises
from gatepost.core import clock
from gatepost.core.each import do_each
from gatepost.front import queries
from gatepost.language.dates import LONDON
from gatepost.org.actor import Actor
from gatepost.org.calendar import closed_days
from gatepost.org.door import acting
from gatepost.org.models import Briefing, School
from gatepost.org.queries import hats_of
from gatepost.org.rounds import at_every_school
from gatepost.reach.delivery.housemail import send_house_mail
from gatepost.reach.rules.threads import waiting_for

HOURS = {Briefing.At.MORNING: (time(7), time(12)), Briefing.At.AFTERNOON: (time(16), time(20))}
"""From when on a mail goes, and until when it still makes sense."""


def tick() -> None:
    """Mail whoever is due, at every school."""
    wall = clock.now().astimezone(LONDON)
    due = [at for at, (begins, ends) in HOURS.items() if begins <= wall.time() < ends]
    if not due or wall.weekday() >= 5:
        return
    at_every_school(lambda school: mail_all(school, due, wall))


def mail_all(school: School, due: list[Briefing.At], wall: datetime) -> int:
    """The mails of one school. Safe to do again, and by two workers at once: each is claimed before it is sent.

    Holds afterwards: nobody gets two on one day, nobody who is away gets one. Returns how many left.
    """
    today = wall.date()
    fresh = Q(mailed_on=None) | Q(mailed_on__lt=today)
    here = Q(away_until=None) | Q(away_until__lt=today)
    rows = list(Briefing.objects.filter(fresh, here, mail_at__in=due).select_related("person"))
    if not rows or today in closed_days(school.pk, today, today):
        return 0
    claimed = (row for row in rows if Briefing.objects.filter(fresh, pk=row.pk).update(mailed_on=today))
    return sum(do_each(claimed, lambda row: _mail(row, school)))


def _mail(row: Briefing, school: School) -> bool:
    hats = (hat for hat in hats_of(row.person) if hat.role == row.role and hat.school == school)
    hat = next(hats, None)
    if hat is None or not row.person.email or not row.person.is_active:
        return False
    lines = what_waits(acting(row.person, hat))
    if not lines:
        return False
    title = _("What waits for you today")
    change = settings.GATEPOST_ORIGIN + reverse("front:briefing")
    page = settings.GATEPOST_ORIGIN + reverse("front:today")
    said = "\n".join(f"- {line}" for line in lines)
    body = _("At %(school)s:\n\n%(said)s\n\nAll of it: %(page)s\n\nWhen this mail comes, or not: %(change)s\n")
    told = {"school": school.name, "said": said, "page": page, "change": change}
    return send_house_mail(address=row.person.email, title=title, body=body % told)


def what_waits(actor: Actor) -> list[str]:
    """How much of what waits for somebody in this role: counts, and no name."""
    today, written = clock.today(), waiting_for(actor).count()
    meetings = sum(1 for each in queries.meetings_of(actor) if each.starts_at.astimezone(LONDON).date() == today)
    promised = promises_of(actor.person_id).filter(due_on__lte=today).count() if may_see_promises(actor) else 0
    counted = [
        (written, ngettext("%(n)s family has written", "%(n)s families have written", written)),
        (promised, ngettext("%(n)s promise is due", "%(n)s promises are due", promised)),
        (meetings, ngettext("%(n)s family comes to you today", "%(n)s families come to you today", meetings)),
    ]
    lines = [words % {"n": number} for number, words in counted if number]
    return lines + [f"{each.number} {each.label}" for each in queries.waiting(actor) if each.number]
