"""Whether we know that a contact point reaches its owner: before we do, it carries nothing private (`trust.md` D3)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gatepost.core import audit, clock
from gatepost.know.models import Adult, ContactPoint
from gatepost.org.actor import Actor

GOOD_FOR = timedelta(days=365)


def is_confirmed(point: ContactPoint) -> bool:
    """Whether somebody has shown that it reaches its owner: within a year, and nothing has come back since."""
    if point.confirmed_at is None or clock.today() >= asked_again_on(point):
        return False
    return point.bounced_at is None or point.bounced_at < point.confirmed_at


def asked_again_on(point: ContactPoint) -> date:
    """The day from which somebody has to show it again: the one that was set, or a year after the last time."""
    shown = point.confirmed_at or clock.now()
    return point.confirm_again_on or timezone.localdate(shown) + GOOD_FOR


def own_points(adult: Adult) -> list[ContactPoint]:
    """The contact points that only this adult reads, those we know of first."""
    own = [point for point in adult.contact_points.all() if not point.shared]
    return sorted(own, key=lambda point: (not is_confirmed(point), point.rank, str(point.pk)))


@transaction.atomic
def confirm(point: ContactPoint, *, how: str, by: Actor | None) -> None:
    """Note that a contact point reaches its owner: a code sent there came back, or staff have seen it face to face.

    Holds afterwards: it may carry what is private, for a year or until something comes back.
    """
    point.confirmed_at, point.confirm_again_on = clock.now(), clock.today() + GOOD_FOR
    point.save()
    audit.record("know.contact_confirmed", point, by=by, how=how)
