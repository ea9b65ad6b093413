"""Whether we know that a contact point reaches its owner: before we do, it carries nothing private (`trust.md` D3)."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from gatepost.core import audit, clock
from gatepost.know.models import Adult, ContactPoint
from gatepost.org.actor import Actor

GOOD_FOR = timedelta(days=365)


def is_confirmed(point: ContactPoint) -> bool:
    """Whether somebody has shown that it reaches its owner: within a year, and nothing has come back since."""
    if point.confirmed_at is None or point.confirmed_at < clock.now() - GOOD_FOR:
        return False
    bounced_at = getattr(point, "bounced_at", None)
    return bounced_at is None or bounced_at < point.confirmed_at


def own_points(adult: Adult) -> list[ContactPoint]:
    """The contact points that only this adult reads, those we know of first."""
    own = [point for point in adult.contact_points.all() if not point.shared]
    return sorted(own, key=lambda point: (not is_confirmed(point), point.rank, str(point.pk)))


@transaction.atomic
def confirm(point: ContactPoint, *, how: str, by: Actor | None) -> None:
    """Note that a contact point reaches its owner: a code sent there came back, or staff have seen it face to face.

    Holds afterwards: it may carry what is private, for a year or until something comes back.
    """
    point.confirmed_at = clock.now()
    point.save()
    audit.record("know.contact_confirmed", point, by=by, how=how)
