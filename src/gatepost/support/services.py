"""The verbs of asking kindly: what somebody is good at, whether they would help, and thank you."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know import services as know
from gatepost.know.models import Care, Strength
from gatepost.org.actor import Actor
from gatepost.org.models import School
from gatepost.reach import services as reach
from gatepost.reach.models import Ask, Touch
from gatepost.support import help_words, notices, queries
from gatepost.support.models import Help


@transaction.atomic
def ask_strengths(school: School, *, by: Actor) -> int:
    """Ask every adult whom we may, once a year, what they are good at and would enjoy. Returns how many.

    Holds afterwards: each has a question of their own, in their language; a text, a click or a talk answers it.
    Pressing it twice asks nobody twice.
    """
    School.objects.select_for_update().get(pk=school.pk)  # two people who press at once ask once
    pairs = queries.to_be_asked()
    asks = reach.ask_all(queries.STRENGTHS, pairs)
    news = [reach.News(asked.adult, asked.child, asked.pk) for asked in asks if asked.child]
    reach.tell_all(notices.strengths, news, by=by)
    audit.record("support.strengths_asked", school, by=by, adults=len(asks))
    return len(asks)


@transaction.atomic
def tell_strengths(
    asked: Ask,
    words: str,
    *,
    language: str,
    times: Iterable[str] = (),
    when_words: str = "",
    way: Touch.Way = Touch.Way.WEB,
    by: Actor,
) -> Strength:
    """Keep what somebody says they are good at. All ways of saying it end here.

    Holds afterwards: the words are a `Strength` that is theirs to change or take back; the question is answered, and
    keeps no second copy of the words.
    """
    strength = know.add_strength(
        asked.adult, words.strip(), language=language, times=times, when_words=when_words, by=by
    )
    reach.answer(asked, "told", way=way, by=by)
    return strength


@transaction.atomic
def ask_for_help(strength: Strength, *, what: str, when_words: str, place: str, by: Actor) -> Help:
    """Ask somebody to do what they said they would enjoy. Refused where the school may not write to them."""
    cares = Care.objects.filter(adult=strength.adult_id, ended_on=None).select_related("adult", "child")
    child = queries.first_open_child(cares).get(strength.adult)
    if child is None:
        raise Refused(_("Please speak to the office before you ask this adult."))
    wanted = Help.objects.create(
        school_id=child.school_id,
        adult=strength.adult,
        child=child,
        strength=strength,
        ask=reach.ask(strength.adult, queries.HELP, about=child),
        what=what,
        when_words=when_words,
        place=place,
        asked_by_id=by.staff_id,
        asked_at=clock.now(),
    )
    reach.tell(
        strength.adult,
        notices.help_wanted,
        about=child,
        subject=wanted.pk,
        by=by,
        what=what,
        when_words=when_words,
        place=place,
        who=wanted.asked_by.name,
    )
    help_words.put(wanted, by=by)
    audit.record("support.help_asked", wanted, by=by)
    return wanted


@transaction.atomic
def answer_help(wanted: Help, *, yes: bool, words: str = "", way: Touch.Way = Touch.Way.WEB, by: Actor) -> None:
    """Keep whether somebody will help. They may change their mind: the latest answer counts."""
    reach.answer(wanted.ask, "yes" if yes else "no", words=words, way=way, by=by)
    audit.record("support.help_answered", wanted, by=by, yes=yes)


@transaction.atomic
def thank(wanted: Help, *, words: str, by: Actor) -> None:
    """Say thank you, in the adult's language and in the school's own words. Nobody is thanked twice."""
    if queries.state_of(wanted) != "yes":
        raise Refused(_("There is nothing to thank for yet, or it has been done."))
    thanked = Help.objects.filter(pk=wanted.pk, thanked_at=None)
    if not thanked.update(thanked_at=clock.now(), thanked_by=by.staff_id, thanks=words):
        raise Refused(_("Somebody has just thanked them."))
    reach.tell(wanted.adult, notices.thanks, about=wanted.child, by=by, what=wanted.what, words=words)
    audit.record("support.thanked", wanted, by=by)
