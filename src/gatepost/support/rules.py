"""Who may look for strengths, ask and thank. Only adults of children one works with; never one's own co-parent."""

from __future__ import annotations

from django.db.models import QuerySet

from gatepost.know.models import Strength
from gatepost.know.rules import adults_open_to
from gatepost.org.actor import Actor
from gatepost.org.rules import may_run_the_office, may_teach
from gatepost.reach.models import Ask
from gatepost.support.models import Help


def may_look_for_strengths(actor: Actor) -> bool:
    """Whoever meets families."""
    return may_teach(actor)


def may_ask_everybody(actor: Actor) -> bool:
    """The yearly question goes out for the whole school: the office sends it."""
    return may_run_the_office(actor)


def strengths_open_to(actor: Actor) -> QuerySet[Strength]:
    """What the adults this member of staff works with have said they are good at."""
    return Strength.objects.filter(adult__in=adults_open_to(actor))


def may_ask_for(actor: Actor, strength: Strength) -> bool:
    """Whether this member of staff may ask for it."""
    return may_look_for_strengths(actor) and strengths_open_to(actor).filter(pk=strength.pk).exists()


def helps_open_to(actor: Actor) -> QuerySet[Help]:
    """What was asked of the adults this member of staff works with."""
    return Help.objects.filter(adult__in=adults_open_to(actor))


def may_thank(actor: Actor, wanted: Help) -> bool:
    """Whether this member of staff may say thank you."""
    return may_look_for_strengths(actor) and helps_open_to(actor).filter(pk=wanted.pk).exists()


def may_tell(actor: Actor, asked: Ask) -> bool:
    """The adult who was asked, holding the link that was made for this question."""
    return actor.adult_id == asked.adult_id and actor.subject == asked.pk


def may_answer(actor: Actor, wanted: Help) -> bool:
    """The same, for one thing they were asked to do."""
    return actor.adult_id == wanted.adult_id and actor.subject == wanted.pk
