"""Amina hands Hodan, who comes with her, a link: this meeting only, as long as Amina may read of it, and no longer."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from django.test import Client

from gatepost.core import clock
from gatepost.disclosure import Bar
from gatepost.know.services import record_order
from gatepost.meet import queries, services
from gatepost.meet.models import Booking, Companion
from gatepost.meet.services import agenda
from gatepost.meet.tests.test_agenda import book, open_talk
from gatepost.testing import Cast


def handed(cast: Cast, client: Client) -> tuple[str, Booking]:
    """The link that Hodan has, and the meeting."""
    booking = book(cast, cast.amina, "Friends")
    page = open_talk(cast, client, cast.amina)
    client.post(page, {"act": "let_read"})
    shown = client.get(page).content.decode()
    return "/b/" + shown.split("/b/")[1].split("/")[0] + "/", booking


def test_whoever_comes_along_reads_this_meeting_and_nothing_that_waits_for_a_yes(cast: Cast, client: Client) -> None:
    link, booking = handed(cast, client)
    booking.slot.event.agenda_days = 60
    agenda.add_for_school(booking, "A late thought", by=cast.actor_of(cast.ode))
    hodan = Client()
    page = hodan.get(link + "?in=en").content.decode()
    assert "Friends" in page and "Ms Ode" in page and "A late thought" not in page
    assert cast.ayan.called not in page and "Amina" not in page
    assert hodan.post(link, {"words": "x"}).status_code in (403, 405)


def test_it_follows_the_meeting_and_ends_with_it_or_when_amina_ends_it(cast: Cast, client: Client) -> None:
    link, booking = handed(cast, client)
    hodan, by = Client(), cast.family_actor(booking.invitation)
    later = queries.times_for(booking.invitation, booking)[-1]
    slot = booking.invitation.event.slots.get(pk=later.slot_id)
    services.book(booking.invitation, slot, wishes=services.Wishes(), by=by)
    assert hodan.get(link).status_code == 200
    with mock.patch("gatepost.core.clock.now", lambda: slot.ends_at + timedelta(seconds=1)):
        assert hodan.get(link).status_code == 404
    page = open_talk(cast, client, cast.amina)
    client.post(page, {"act": "end_reading"})
    assert hodan.get(link).status_code == 404
    client.post(page, {"act": "let_read"})
    assert Companion.objects.filter(ended_at=None).count() == 1 and hodan.get(link).status_code == 404  # a new one


def test_an_order_and_giving_the_time_back_end_it_too(cast: Cast, client: Client) -> None:
    link, booking = handed(cast, client)
    hodan = Client()
    services.give_back(booking.invitation, by=cast.family_actor(booking.invitation))
    assert hodan.get(link).status_code == 404
    services.take_back(booking.invitation, by=cast.family_actor(booking.invitation))
    assert hodan.get(link).status_code == 200
    record_order(
        cast.amina,
        child=booking.invitation.child,
        bars=frozenset({Bar.EVERYTHING}),
        seen_by=cast.kent,
        from_on=clock.today(),
        by=cast.actor_of(cast.finch),
    )
    assert hodan.get(link).status_code == 404
    assert hodan.get(link[:-4] + "aaa/").status_code == 404
