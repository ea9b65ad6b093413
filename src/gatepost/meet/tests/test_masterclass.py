"""A masterclass has five places: a hundred press at once, five have one, the others wait, and the next is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connections

from gatepost.core import clock, scope
from gatepost.core.errors import Refused
from gatepost.meet import queries
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Event, Invitation, Slot, Waiting
from gatepost.reach.models import Notice
from gatepost.selftest.stage import shared_by_processes
from gatepost.testing import Cast, build_cast, cast_scope

FAMILIES, PLACES, HANDS = 100, 5, 8


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Cast]:
    """The cast, where every connection sees it."""
    cast = build_cast()
    with cast_scope(cast):
        yield cast


def masterclass(cast: Cast) -> tuple[Event, list[Invitation]]:
    """Four afternoons for five families, to which a hundred are invited; one parent of each asks."""
    children = cast.families(FAMILIES, cast.robins)
    first = clock.today() + timedelta(days=30)
    days = [first + timedelta(weeks=week) for week in range(4)]
    typed = {"kind": Event.Kind.MASTERCLASS, "days": days, "minutes": 60, "begins": time(15, 30), "ends": time(16, 30)}
    event = cast.event(**typed, groups=[cast.robins], hosts=[cast.nye], by=cast.actor_of(cast.nye))
    cast.invite_all(event)
    return event, list(Invitation.objects.filter(event=event, child__in=children))


def press(cast: Cast, pk: UUID, slot: UUID, ready: Barrier) -> str:
    """One family, on its own connection: it books, or where all is taken it waits, as the page offers it."""
    try:
        with scope.only([cast.school.pk], organisation=cast.organisation.pk):
            invitation = Invitation.objects.select_related("event", "adult", "child", "ask").get(pk=pk)
            by = cast.family_actor(invitation)
            ready.wait(timeout=30)
            try:
                meet.book(invitation, Slot.objects.get(pk=slot), wishes=meet.Wishes(), by=by)
            except Refused:
                meet.wait(invitation, by=by)
                return "waits"
            return "booked"
    finally:
        connections.close_all()


def a_hundred_at_once(cast: Cast, invitations: list[Invitation], slot: Slot) -> Counter[str]:
    """All of them press, so many in each moment; what became of each."""
    together, alone = Barrier(HANDS), Barrier(1)
    rounds = len(invitations) // HANDS * HANDS
    gates = [together if at < rounds else alone for at in range(len(invitations))]
    with ThreadPoolExecutor(HANDS) as hands:
        waits = [
            hands.submit(press, cast, each.pk, slot.pk, gate) for each, gate in zip(invitations, gates, strict=True)
        ]
        return Counter(each.result() for each in waits)


def test_a_hundred_press_at_once_and_five_have_a_place(committed: Cast, tmp_path: Path) -> None:
    event, invitations = masterclass(committed)
    slot = event.slots.get()
    with shared_by_processes(tmp_path):
        told = a_hundred_at_once(committed, invitations, slot)
        assert told == {"booked": PLACES, "waits": FAMILIES - PLACES}
        held = Booking.objects.filter(slot__event=event, status=Booking.Status.BOOKED)
        slot.refresh_from_db()
        assert held.count() == slot.taken == PLACES
        assert Waiting.objects.filter(invitation__event=event, ended_at=None).count() == FAMILIES - PLACES
        next_one = queries.waiting_for(event)[0]
        gone = held.select_related("invitation__event", "invitation__adult", "invitation__child").first()
        assert gone
        meet.give_back(gone.invitation, by=committed.family_actor(gone.invitation))
        assert held.count() == PLACES and held.filter(invitation=next_one).exists()
        told_of_it = Notice.objects.filter(kind="meet.promoted").values_list("adult", flat=True)
        assert list(told_of_it) == [next_one.adult_id]
