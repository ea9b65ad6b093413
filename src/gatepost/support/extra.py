"""Extra help for one child: each adult reads in plain words what it is for, and says whether they understand it.

Whoever does not yet is promised a talk, by name and by a day; it stands on their page until it was had, and then they
are asked again. An answer is an `Answer` like any other, by web, text, slip or telephone.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.agree.queries import cares_for
from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Verdict
from gatepost.know.models import Child
from gatepost.know.queries import is_read_first
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.org.rules import may_know_of_orders
from gatepost.reach import sayings
from gatepost.reach import services as reach
from gatepost.reach.audience import Line, lines_for
from gatepost.reach.models import Explain, Touch
from gatepost.reach.models.explain import How
from gatepost.reach.queries import tongues
from gatepost.reach.sayings import Saying
from gatepost.reach.services import News, explaining
from gatepost.reach.services.broadcasts import ANYBODY
from gatepost.support import extra_words, notices
from gatepost.support.models import ExtraHelp, ExtraHelpTold

EXTRA = "support.extra"
YES, NOT_YET = "yes", "not_yet"
"""The question of this module as `Ask.question`, and its two answers."""


@dataclass(frozen=True)
class Words:
    """What it is, and what it is for: in phrases that everybody reads in their language, or in words of one's own."""

    what: str
    purpose: str = ""
    said: Saying = ()
    when_words: str = ""


@transaction.atomic
def begin(child: Child, words: Words, *, led_by: Person, by: Actor) -> ExtraHelp:
    """Write down that a child gets extra help, and tell every adult of the child what it is for.

    Holds afterwards: its purpose stands in plain words; each adult whom the gate lets pass is asked whether they
    understand it, each on their own; whoever leads it is no parent or carer of the child. Own words about a child of
    whom somebody else reads first what is written are refused to whoever may not know why.
    """
    purpose = sayings.words(words.said, "en", adult=ANYBODY, child=child.called) if words.said else words.purpose
    if not words.what.strip() or not purpose.strip():
        raise Refused(_("Please say what it is, and what it is for."))
    if cares_for(led_by, child):
        raise Refused(_("Please choose somebody else at the school to lead it."))
    if is_read_first(child) and not may_know_of_orders(by):
        raise Refused(_("Somebody else reads first what is written about this child. Please do this with the head."))
    extra = ExtraHelp.objects.create(
        school_id=child.school_id,
        child=child,
        what=words.what.strip().rstrip("."),  # a full stop of ours follows
        purpose=purpose.strip(),
        said=list(words.said),
        when_words=words.when_words.strip(),
        led_by=led_by,
        begun_by_id=by.staff_id,
        begun_at=clock.now(),
    )
    audit.record("support.extra_help_begun", extra, by=by)
    _tell(extra, lines_for(notices.extra_help, [child]), by=by)
    return extra


def _tell(extra: ExtraHelp, lines: list[Line], *, by: Actor) -> None:
    open_to = [line for line in lines if line.decision.verdict is not Verdict.DENY]
    asks = reach.ask_all(EXTRA, [(line.adult, line.child) for line in open_to])
    told = ExtraHelpTold.objects.bulk_create(
        ExtraHelpTold(school_id=extra.school_id, extra=extra, adult=line.adult, ask=ask)
        for line, ask in zip(open_to, asks, strict=True)
    )
    keys = {each.adult_id: each.pk for each in told}
    params = extra_words.params_for(extra, {tongues.read_by(line.adult) for line in lines}, by=by)
    news = [
        News(line.adult, line.child, keys.get(line.adult.pk), params[tongues.read_by(line.adult)]) for line in lines
    ]
    reach.tell_all(notices.extra_help, news, by=by)


@transaction.atomic
def say(told: ExtraHelpTold, *, understood: bool, words: str = "", way: Touch.Way = Touch.Way.WEB, by: Actor) -> None:
    """Keep whether an adult understands what it is for.

    Holds afterwards: "not yet" stands as a promise of whoever leads it to speak with them within two school days,
    once; whoever wants no calls is put on no call list.
    """
    reach.answer(told.ask, YES if understood else NOT_YET, words=words.strip(), way=way, by=by)
    audit.record("support.extra_help_answered", told, by=by, understood=understood)
    if not understood:
        extra = told.extra
        wanted = explaining.Wanted(extra.pk, Explain.Where.EXTRA, told.adult, extra.child, extra.led_by_id)
        explaining.ask(wanted, How.CALL, by=by)


def ask_again(explained: Explain, *, by: Actor) -> None:
    """Somebody has spoken with an adult about it: ask once more whether they understand it now."""
    rows = ExtraHelpTold.objects.filter(extra=explained.of, extra__ended_on=None, adult=explained.adult_id)
    told = rows.select_related("extra__child", "extra__led_by", "adult").first()
    if told is None:
        return
    told.ask, told.again_at = reach.ask(told.adult, EXTRA, about=told.extra.child), clock.now()
    told.save(update_fields=["ask", "again_at"])
    tag = tongues.read_by(told.adult)
    params = extra_words.params_for(told.extra, {tag}, by=by)[tag]
    reach.tell(told.adult, notices.extra_help_again, about=told.extra.child, subject=told.pk, by=by, **params)


@transaction.atomic
def end(extra: ExtraHelp, *, by: Actor) -> None:
    """It is over: nobody is asked about it any more. What was said of it stays."""
    if not ExtraHelp.objects.filter(pk=extra.pk, ended_on=None).update(ended_on=clock.today()):
        raise Refused(_("This has ended already."))
    audit.record("support.extra_help_ended", extra, by=by)
