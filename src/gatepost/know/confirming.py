"""Whether we know that a contact point reaches its owner: before we do, it carries nothing private (`trust.md` D3)."""

from __future__ import annotations

from datetime import date

from gatepost.core import clock
from gatepost.know.models import Adult, ContactPoint
from gatepost.know.services.contacts import CONFIRM_AGAIN_AFTER
from gatepost.language.dates import london_day


def is_confirmed(point: ContactPoint) -> bool:
    """Whether somebody has shown that it reaches its owner: within a year, and nothing has come back since."""
    if point.confirmed_at is None or clock.today() >= asked_again_on(point):
        return False
    return point.bounced_at is None or point.bounced_at < point.confirmed_at


def asked_again_on(point: ContactPoint) -> date:
    """The day from which somebody has to show it again: the one that was set, or a year after the last time."""
    shown = point.confirmed_at or clock.now()
    return point.confirm_again_on or london_day(shown) + CONFIRM_AGAIN_AFTER


def own_points(adult: Adult) -> list[ContactPoint]:
    """The contact points that only this adult reads, those we know of first."""
    own = [point for point in adult.contact_points.all() if not point.shared and point.ended_on is None]
    wish: list[str] = adult.channel_order

    def place(point: ContactPoint) -> tuple[bool, bool, int, int, str]:
        wished = wish.index(point.channel) if point.channel in wish else len(wish)
        return not is_confirmed(point), point.bounced_at is not None, wished, point.rank, str(point.pk)

    return sorted(own, key=place)
