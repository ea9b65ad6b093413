"""The notices that `meet` can send."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from gatepost.disclosure import Fact
from gatepost.language.dates import london_day
from gatepost.meet.models import Slot
from gatepost.reach.kinds import NoticeKind, register


def last_day(invitation: UUID) -> date | None:
    """The last day of the event that somebody is invited to: their link ends soon after it."""
    slot = Slot.objects.filter(event__invitations=invitation).order_by("-starts_at").first()
    return london_day(slot.starts_at) if slot else None


invitation = register(
    NoticeKind(
        name="meet.invitation",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/invitation",
        why="Asks one adult to choose a time to talk about one child.",
        to_unconfirmed=True,
        opens="invite:open",
        last_day=last_day,
    )
)

booked = register(
    NoticeKind(
        name="meet.booked",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/booked",
        why="Says which time an adult has, and how to change it.",
        opens="invite:open",
        last_day=last_day,
    )
)

given_back = register(
    NoticeKind(
        name="meet.given_back",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/given_back",
        why="Says that a time was given back, and that another can be chosen.",
        opens="invite:open",
        last_day=last_day,
    )
)
