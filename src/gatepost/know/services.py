"""Verbs that change what the school knows of a family."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.know.models import Adult, Care, Child, Order
from gatepost.org.actor import Actor
from gatepost.org.models import Person


@transaction.atomic
def settle(care: Care, *, standing: Standing, responsibility: Tri, lives_with: Tri, by: Actor) -> Care:
    """Say what an adult is to a child, so that they are told what is theirs to know.

    Holds afterwards: the three facts stand as given, the wait is over, and nothing else about the bond has changed.
    """
    if standing in (Standing.NONE, Standing.UNKNOWN):
        raise Refused(_("Say what this adult is to the child. If nobody knows, leave it here and ask."))
    care.standing, care.responsibility, care.lives_with = (
        standing.value,
        responsibility.value,
        lives_with.value,
    )
    care.held = care.from_source = False  # a feed never undoes what a person has settled
    care.save()
    audit.record("know.settled", care, by=by, standing=care.standing)
    return care


@transaction.atomic
def record_order(
    adult: Adult,
    *,
    child: Child,
    bars: frozenset[Bar],
    seen_by: Person,
    from_on: date,
    until_on: date | None = None,
    keeps_apart_from: Adult | None = None,
    by: Actor | None,
) -> Order:
    """Write down an order that somebody at the school has seen. It binds at once, also what is already queued.

    Holds afterwards: the gate bars exactly what the order says and nothing more; lifting it takes two people.
    """
    order = Order.objects.create(
        school_id=child.school_id,
        adult=adult,
        child=child,
        bars=sorted(bars),
        keeps_apart_from=keeps_apart_from,
        seen_by=seen_by,
        seen_on=clock.today(),
        from_on=from_on,
        until_on=until_on,
    )
    audit.record("know.order_recorded", order, by=by)
    return order
