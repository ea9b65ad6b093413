"""Who may see what was sent, and who settles what waits."""

from __future__ import annotations

from django.conf import settings

from gatepost.know.models import Adult, Care, Child
from gatepost.know.rules import children_of, may_open_adult, may_open_child
from gatepost.org.actor import Actor
from gatepost.org.rules import may_run_the_office
from gatepost.reach.models import Delivery, IncomingText, Notice


def may_open_the_post_room(actor: Actor) -> bool:
    """Everybody in the demonstration and in development; nobody where real families live."""
    return bool(settings.GATEPOST_DEMO or settings.DEBUG)


def may_clear(actor: Actor, notice: Notice) -> bool:
    """The office keeps the promises that no wire could; those about their own child a colleague keeps."""
    return may_run_the_office(actor) and _not_own(actor, notice.child)


def may_settle_delivery(actor: Actor, delivery: Delivery) -> bool:
    """The office asks a family whether a message came; never the other parent of their own child."""
    return may_run_the_office(actor) and _not_own(actor, delivery.notice.child)


def may_help_prove(actor: Actor, adult: Adult) -> bool:
    """Whoever works with an adult's child sits with them while they choose a PIN, or hands them a code on paper.

    Never for themselves, and never for another adult of their own child.
    """
    own = Care.objects.filter(adult=adult, child__in=children_of(actor), ended_on=None)
    return may_open_adult(actor, adult) and adult.person_id != actor.person_id and not own.exists()


def may_settle_text(actor: Actor, text: IncomingText) -> bool:
    """The office reads what came; never from the other parent of their own child."""
    own = (
        Care.objects.filter(adult=text.adult_id, child__in=children_of(actor)) if text.adult_id else Care.objects.none()
    )
    return may_run_the_office(actor) and not own.exists()


def _not_own(actor: Actor, child: Child | None) -> bool:
    return child is None or may_open_child(actor, child)
