"""What the tests of a sceptic say most often: a booking at an hour, an order, a common mailbox."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from gatepost.core import clock
from gatepost.disclosure import Bar
from gatepost.know.models import Adult, Child, ContactPoint
from gatepost.know.services import record_order
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Event, Slot
from gatepost.testing import Cast

OWN_KEYS = re.compile(rb"[0-9a-f]{8}-[0-9a-f-]{27}|/[is]/[\w-]{20,}|csrfmiddlewaretoken\" value=\"\w+")


def plain(body: bytes) -> bytes:
    """A page without what differs at every call: ids, tokens, stamps."""
    return re.sub(rb"DTSTAMP:\w+", b"", OWN_KEYS.sub(b"*", body))


def book(cast: Cast, adult: Adult, slot: Slot, child: Child | None = None, wishes: Any = None) -> Booking:
    invitation = cast.invitation(adult, child, event=slot.event)
    return meet.book(invitation, slot, wishes=wishes or meet.Wishes(), by=cast.family_actor(invitation))


def at(event: Event, hour: int, minute: int = 0) -> Slot:
    return next(
        slot for slot in event.slots.all() if clock.timezone.localtime(slot.starts_at).time() == time(hour, minute)
    )


def bar_everything(cast: Cast, adult: Adult, child: Child, *bars: Bar) -> None:
    record_order(
        adult,
        child=child,
        bars=frozenset(bars or {Bar.EVERYTHING}),
        seen_by=cast.bell,
        from_on=clock.today(),
        by=None,
    )


def same_mailbox(one: Adult, other: Adult) -> None:
    """Both read the family's old mailbox, and nothing else is known of either."""
    ContactPoint.objects.filter(adult__in=[one, other]).delete()
    for adult in (one, other):
        ContactPoint.objects.create(
            organisation=adult.organisation, adult=adult, channel="email", value="us@example.org", shared=True
        )
