"""Who writes down extra help and hears what families say of it: whoever works with the child, never of their own."""

from __future__ import annotations

from django.db.models import QuerySet

from gatepost.know.models import Child
from gatepost.know.rules import adults_open_to, children_open_to
from gatepost.org.actor import Actor
from gatepost.org.rules import may_teach
from gatepost.support.models import ExtraHelp, ExtraHelpTold


def may_give_extra_help(actor: Actor, child: Child) -> bool:
    """Whoever works with the child."""
    return may_teach(actor) and children_open_to(actor).filter(pk=child.pk).exists()


def may_end(actor: Actor, extra: ExtraHelp) -> bool:
    """The same, for what the child gets."""
    return may_give_extra_help(actor, extra.child)


def told_open_to(actor: Actor) -> QuerySet[ExtraHelpTold]:
    """What adults whom one works with were told of it, and what they said."""
    if not may_teach(actor):
        return ExtraHelpTold.objects.none()
    return ExtraHelpTold.objects.filter(extra__child__in=children_open_to(actor), adult__in=adults_open_to(actor))


def may_key_in(actor: Actor, told: ExtraHelpTold) -> bool:
    """Whoever rings them may say what they said."""
    return told_open_to(actor).filter(pk=told.pk).exists()


def may_answer_extra(actor: Actor, told: ExtraHelpTold) -> bool:
    """The one adult who was asked, holding the link that was made for it."""
    return actor.adult_id == told.adult_id and actor.subject == told.pk
