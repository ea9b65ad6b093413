"""Somebody is found to interpret in the moment in which the family gives its time back: nobody's time is kept."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from gatepost.core import scope
from gatepost.core.errors import Refused
from gatepost.meet import queries
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Hold, InterpreterBooking, InterpreterMail
from gatepost.meet.services import interpreting
from gatepost.testing import Cast, build_cast, cast_scope


def arrange_slowly(cast: Cast, asked: InterpreterBooking, found: interpreting.Found, done: Event) -> None:
    """Mrs Finch presses; her transaction ends a little later."""
    try:
        with scope.only([cast.school.pk], organisation=cast.organisation.pk), transaction.atomic():
            interpreting.arrange(asked, found, by=cast.actor_of(cast.finch))
            done.set()
            Event().wait(0.7)
    finally:
        done.set()
        connections.close_all()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time: they cannot cross")
def test_whoever_was_found_is_told_and_free_again(transactional_db: None) -> None:
    cast = build_cast()
    with cast_scope(cast):
        invitation = cast.invitation(cast.amina)
        slot, by = queries.slots_for(invitation)[0], cast.family_actor(invitation)
        meet.book(invitation, slot, wishes=meet.Wishes(interpreter="so"), by=by)
        asked = interpreting.of(Booking.objects.get(invitation=invitation))
        assert asked
        typed = {"name": "Tom Reed", "languages": ["so"], "comes": True, "email": "tom@example.org"}
        outside = interpreting.add(typed, school_id=cast.school.pk, by=cast.actor_of(cast.finch))
        done = Event()
        thread = Thread(target=arrange_slowly, args=(cast, asked, interpreting.Found(interpreter=outside), done))
        thread.start()
        done.wait(10)
        meet.give_back(invitation, by=by)
        thread.join()
        assert not Hold.objects.filter(kind=Hold.Kind.INTERPRETER).exists()
        news = InterpreterMail.objects.filter(interpreter=outside).order_by("made_at")
        assert list(news.values_list("news", flat=True)) == ["booked", "released"]
        with pytest.raises(Refused):
            interpreting.arrange(asked, interpreting.Found(interpreter=outside), by=cast.actor_of(cast.finch))
