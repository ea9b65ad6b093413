"""Two who press in the same moment, each on a connection of their own: what must not be true is not true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from gatepost.core import scope
from gatepost.core.errors import Refused
from gatepost.disclosure import Standing, Tri
from gatepost.know.models import Adult, Care, Child
from gatepost.meet import queries
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Companion
from gatepost.meet.models import Event as Happening
from gatepost.meet.services import companions
from gatepost.testing import Cast, build_cast, cast_scope

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one write at a time: they cannot cross"
)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Cast]:
    cast = build_cast()
    with cast_scope(cast):
        yield cast


def cross(cast: Cast, first: Callable[[], object], then: Callable[[], object]) -> None:
    """The first has done it, but not said so to the database; then comes the other."""
    done = Event()

    def slowly() -> None:
        try:
            with scope.only([cast.school.pk], organisation=cast.organisation.pk), transaction.atomic():
                first()
                done.set()
                Event().wait(0.5)
        finally:
            done.set()
            connections.close_all()

    thread = Thread(target=slowly)
    thread.start()
    done.wait(10)
    with suppress(Refused):
        then()
    thread.join()


def test_two_who_are_kept_apart_never_have_times_side_by_side_for_whichever_child(committed: Cast) -> None:
    cast = committed
    Care.objects.create(
        school=cast.school,
        adult=cast.lee,
        child=cast.finn,  # his other child
        relationship="father",
        standing=Standing.PARENT,
        responsibility=Tri.YES,
        lives_with=Tri.YES,
        rank=2,
    )

    def books(adult: Adult, child: Child, at: int) -> Callable[[], object]:
        invitation = cast.invitation(adult, child)
        slot = queries.slots_for(invitation)[at]
        return lambda: meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))

    cross(cast, books(cast.lee, cast.finn, 0), books(cast.lees_ex, cast.mia, 1))
    assert Booking.objects.get().invitation.adult == cast.lee


def test_whoever_books_while_the_day_is_called_off_is_told(committed: Cast) -> None:
    cast = committed
    invitation = cast.invitation(cast.amina)
    slot, by = queries.slots_for(invitation)[0], cast.family_actor(invitation)
    cross(
        cast,
        lambda: meet.book(invitation, slot, wishes=meet.Wishes(), by=by),
        lambda: meet.call_off(invitation.event.sessions.get(), by=cast.actor_of(cast.finch)),
    )
    assert [each.kind for each in cast.told(cast.amina)][-2:] == ["meet.booked", "meet.called_off"]
    assert Booking.objects.get().status == Booking.Status.GIVEN_BACK


@pytest.mark.parametrize("moves_first", [True, False])
def test_whoever_books_while_the_event_moves_reads_where_it_is(committed: Cast, moves_first: bool) -> None:
    cast = committed
    invitation = cast.invitation(cast.amina)
    slot, by, office = queries.slots_for(invitation)[0], cast.family_actor(invitation), cast.actor_of(cast.finch)
    slot.event = Happening.objects.get(pk=invitation.event_id)  # as a page has read it before

    def books() -> object:
        return meet.book(invitation, slot, wishes=meet.Wishes(), by=by)

    def moves() -> object:
        return meet.change_place(Happening.objects.get(pk=invitation.event_id), "The library", by=office)

    cross(cast, *((moves, books) if moves_first else (books, moves)))
    assert cast.told(cast.amina)[-1].params["place"] == "The library"


def test_pressed_twice_there_is_one_link_for_whoever_comes_along(committed: Cast) -> None:
    invitation = committed.invitation(committed.amina)
    by = committed.family_actor(invitation)
    cross(committed, lambda: companions.let_read(invitation, by=by), lambda: companions.let_read(invitation, by=by))
    assert Companion.objects.filter(ended_at=None).count() == 1
    ode = committed.actor_of(committed.ode)
    cross(committed, lambda: meet.begin_feed(by=ode), lambda: meet.begin_feed(by=ode))
