"""Who may see what was sent, and who settles what waits."""

from __future__ import annotations

from django.conf import settings

from gatepost.know.models import Child
from gatepost.know.rules import may_open_child
from gatepost.org.actor import Actor
from gatepost.org.rules import may_run_the_office
from gatepost.reach.models import Delivery, Notice


def may_open_the_post_room(actor: Actor) -> bool:
    """Everybody in the demonstration and in development; nobody where real families live."""
    return bool(settings.GATEPOST_DEMO or settings.DEBUG)


def may_clear(actor: Actor, notice: Notice) -> bool:
    """The office keeps the promises that no wire could; those about their own child a colleague keeps."""
    return may_run_the_office(actor) and _not_own(actor, notice.child)


def may_settle_delivery(actor: Actor, delivery: Delivery) -> bool:
    """The office asks a family whether a message came; never the other parent of their own child."""
    return may_run_the_office(actor) and _not_own(actor, delivery.notice.child)


def _not_own(actor: Actor, child: Child | None) -> bool:
    return child is None or may_open_child(actor, child)
