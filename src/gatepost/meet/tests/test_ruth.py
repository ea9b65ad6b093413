"""Ruth signs: she books, her interpreter is found, she moves, and both move; told by text, confirmed, never rung."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from django.test import Client

from gatepost.know.models import Channel, ContactPoint
from gatepost.language.dates import london_day, say_when
from gatepost.meet import services
from gatepost.meet.models import Booking, Hold, InterpreterBooking, InterpreterMail, Slot
from gatepost.meet.services import interpreting
from gatepost.meet.tests.interpreted import with_interpreter
from gatepost.reach.models import Delivery
from gatepost.testing import Cast

State = InterpreterBooking.State


def test_ruths_interpreter_moves_with_her_meeting_and_is_confirmed(cast: Cast, client: Client) -> None:
    ContactPoint.objects.filter(adult=cast.ruth, channel=Channel.EMAIL).delete()
    invitation = cast.invitation(cast.ruth)
    link, times = cast.link(cast.ruth), list(invitation.event.slots.order_by("starts_at"))
    client.post(link, {"slot": times[0].pk})
    with_interpreter(cast, Booking.objects.get(invitation=invitation, status="booked"))
    assert "Tom Reed" not in client.get(link).content.decode()  # that somebody is found, and not who
    invitation.refresh_from_db()
    client.post(link, {"slot": times[4].pk, "seen": invitation.changes})
    moved = Booking.objects.get(invitation=invitation, status="booked")
    assert moved.slot == times[4]
    held_for_all_of_it(moved, times)
    told_by_text(cast, moved)
    confirmed(cast, moved)


def held_for_all_of_it(moved: Booking, times: list[Slot]) -> None:
    """The interpreter is kept for both times of the new meeting, and both old ones are anybody's again."""
    live = interpreting.of(moved)
    assert live and live.state == State.BOOKED and live.by_whom == "Tom Reed" and live.next_slot == times[5]
    kept = {hold.at for hold in Hold.objects.filter(kind="interpreter", key=live.interpreter_id)}
    assert kept == {times[4].starts_at + timedelta(minutes=minutes) for minutes in (0, 5, 10, 15)}
    free = Slot.objects.filter(pk__in=[times[0].pk, times[1].pk], taken=0, places=1)
    assert free.count() == 2
    assert list(InterpreterMail.objects.values_list("news", "minutes")) == [("booked", 20), ("moved", 20)]


def told_by_text(cast: Cast, moved: Booking) -> None:
    """Her own telephone says the new time in words; there is nothing for anybody to ring."""
    newest = cast.letters(cast.ruth)[-1]
    assert say_when(moved.slot.starts_at, "en") in newest
    ways = set(Delivery.objects.filter(notice__adult=cast.ruth).values_list("channel", flat=True))
    assert ways == {Channel.SMS}


def confirmed(cast: Cast, moved: Booking) -> None:
    """A new time is confirmed anew, a day or two before."""
    by, live = cast.actor_of(cast.finch), interpreting.of(moved)
    assert live
    near = london_day(moved.slot.starts_at) - timedelta(days=1)
    with mock.patch("gatepost.core.clock.today", lambda: near):
        interpreting.confirm(live, by=by)
    live.refresh_from_db()
    assert live.state == State.CONFIRMED
    services.note_who_came(moved, came=True, by=by)


def test_ruth_is_never_offered_a_voice_call_while_nobody_is_found(cast: Cast) -> None:
    cast.invitation(cast.ruth)
    page = Client().get(cast.link(cast.ruth)).content.decode()
    assert "by video is fine" in page and "by phone or video" not in page
