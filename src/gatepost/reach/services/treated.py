"""After a talk, now and then: how were you treated? Where it was bad, somebody else rings and puts it right."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import Channel
from gatepost.know.queries import ways_for
from gatepost.know.rules import adults_heard_by, children_open_to
from gatepost.org.actor import Actor
from gatepost.org.calendar import school_days_after
from gatepost.org.permissions import Permission, has
from gatepost.reach import notices, services
from gatepost.reach.models import Touch, Translation, Treated
from gatepost.reach.services import may_tell, tell, translating

TALKS = (Touch.Way.PHONE, Touch.Way.DOOR, Touch.Way.MEETING)
ONE_IN = 5  # of the talks that could be asked about
REST = timedelta(days=90)  # nobody is asked more often
AFTER, UNTIL = timedelta(days=1), timedelta(days=4)
WITHIN = 2  # school days, until somebody else has rung


@transaction.atomic
def ask_some() -> int:
    """Ask about some of the talks of the last days, at the school in scope. Returns how many. Safe to do again."""
    now = clock.now()
    recent = Treated.objects.filter(asked_at__gt=now - REST).values("adult")
    talks = Touch.objects.filter(two_way=True, way__in=TALKS, at__range=(now - UNTIL, now - AFTER), by__isnull=False)
    asked = set()
    for talk in talks.exclude(adult__in=recent).exclude(child=None).select_related("adult", "child", "by"):
        if talk.adult_id not in asked and talk.pk.int % ONE_IN == 0 and _ask(talk):
            asked.add(talk.adult_id)
    return len(asked)


def _ask(talk: Touch) -> bool:
    """Whether this talk is asked about: not where the gate keeps the adult out."""
    if talk.child is None or talk.by is None or not may_tell(talk.adult, notices.treated, about=talk.child).allowed:
        return False
    made = Treated.objects.create(
        school_id=talk.school_id,
        adult=talk.adult,
        child=talk.child,
        spoke_with=talk.by,
        spoke_at=talk.at,
        asked_at=clock.now(),
    )
    tell(talk.adult, notices.treated, about=talk.child, subject=made.pk, by=None)
    audit.record("reach.treated_asked", made, by=None)
    return True


@transaction.atomic
def say(asked: Treated, *, well: bool, words: str = "", by: Actor) -> None:
    """Keep how it was. They may say it otherwise later, until somebody has put it right.

    Holds afterwards: where it was bad, somebody else rings within two school days of when that was said first.
    """
    kept = Treated.objects.filter(pk=asked.pk, repaired_at=None)
    since = asked.due_on  # kept where they say meanwhile that it was well: the days do not begin anew
    due_on = since if well or since else school_days_after(asked.school_id, clock.today(), WITHIN)
    if not kept.update(well=well, words=words.strip(), due_on=due_on):
        raise Refused(_("Somebody has spoken with you about it already."))
    heard = translating.Wanted(
        asked.pk, "treated", words.strip(), asked.school_id, adult=asked.adult, child=asked.child
    )
    _hear(heard, by=by)
    way, school = Touch.Way.WEB, asked.school_id
    services.touch(asked.adult, child=asked.child, way=way, two_way=True, school_id=school, by=by)
    audit.record("reach.treated_said", asked, by=by, well=well)


def _hear(heard: translating.Wanted, *, by: Actor) -> None:
    """Have their words read in English; said otherwise, what nobody has read yet is not asked for any more."""
    before = Translation.objects.filter(of=heard.of, part=heard.part, incoming=True)
    if before.filter(original=heard.words).exists():
        return
    before.delete()
    translating.hear(heard, by=by)


@transaction.atomic
def repaired(asked: Treated, *, by: Actor) -> None:
    """Somebody else has rung the family, listened, and put it right where they could."""
    waiting = Treated.objects.filter(pk=asked.pk, well=False, repaired_at=None)
    if not waiting.update(repaired_at=clock.now(), repaired_by=by.staff_id):
        raise Refused(_("Somebody has just spoken with them."))
    audit.record("reach.treated_repaired", asked, by=by)


# ── who may ──────────────────────────────────────────────────────────────────────────────────────


def may_repair_any(actor: Actor) -> bool:
    """Whoever works with every family: the office, the head, the SENCO, the safeguarding lead."""
    return has(actor, Permission.SEE_ALL) and has(actor, Permission.LISTEN)


def to_repair(actor: Actor) -> QuerySet[Treated]:
    """What waits to be put right; never by whoever the family spoke with, nor about one's own child's family."""
    if not may_repair_any(actor):
        return Treated.objects.none()
    bad = Treated.objects.filter(well=False, repaired_at=None).exclude(spoke_with=actor.person_id)
    theirs = bad.filter(child__in=children_open_to(actor), adult__in=adults_heard_by(actor))
    return theirs.select_related("adult", "child", "spoke_with").order_by("due_on", "id")


def may_repair(actor: Actor, asked: Treated) -> bool:
    """Whether this waits for this member of staff."""
    return to_repair(actor).filter(pk=asked.pk).exists()


def is_rung(asked: Treated) -> bool:
    """Whether somebody can ring this adult: they take calls, and we know a telephone for it."""
    if asked.adult.no_voice_calls:
        return False
    points = ways_for(asked.adult, about=asked.child)
    return any(point.channel == Channel.SMS and point.bounced_at is None for point in points)


def may_say(actor: Actor, asked: Treated) -> bool:
    """The adult who was asked, holding the link that was made for it."""
    return actor.adult_id == asked.adult_id and actor.subject == asked.pk
