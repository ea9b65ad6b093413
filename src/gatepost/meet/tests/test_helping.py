"""What a family ticks with its time is the school's promise; where they meet, they choose; nobody else learns of it."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from django.test import Client

from gatepost.core import clock
from gatepost.know import services as know
from gatepost.language.dates import london_day
from gatepost.meet import forgetting, queries, services
from gatepost.meet.models import Arrangement, Booking, Event, Outing
from gatepost.meet.queries.places import is_away
from gatepost.meet.reminding import remind_all
from gatepost.meet.services import placing, preparing
from gatepost.org import services as org
from gatepost.reach.models import Translation
from gatepost.reach.services import reviewing
from gatepost.testing import Cast

ANYWHERE = ("home", "outside", "school", "phone", "video")


def booked(cast: Cast, client: Client, **typed: object) -> tuple[str, Booking]:
    """Amina's link, with a time at an event whose place she chooses."""
    event = cast.event(kind=Event.Kind.CONVERSATION, minutes=30, ways=ANYWHERE, way_there="Bus 12 to Mill Lane.")
    invitation = cast.invitation(cast.amina, event=event)
    link = cast.link(cast.amina)
    client.post(link, {"slot": event.slots.all()[0].pk} | typed)
    return link, Booking.objects.get(invitation=invitation, status="booked")


def test_what_a_parent_ticks_is_promised_arranged_and_never_shown_again(cast: Cast, client: Client) -> None:
    know.say_barriers(cast.amina, {"childcare": "Three little ones"}, by=cast.actor_of(cast.finch))
    link, booking = booked(cast, client, help=["childcare", "food"])
    asked = Arrangement.objects.get(kind="childcare")
    assert asked.at is None and asked.due_on and clock.today() <= asked.due_on < booking.slot.starts_at.date()
    page = client.get(link).content.decode()
    assert "checked" not in page and "Three little" not in page  # whoever holds the link learns nothing of it
    other = cast.invitation(cast.dawn, event=booking.slot.event)
    assert "hilday" not in client.get(cast.link(cast.dawn)).content.decode() and other
    cast.sign_in(client, cast.ode)
    assert "Looking after the other children: <bdi>Amina" in client.get("/meet/help/").content.decode()
    assert "so that families can come" in client.get("/").content.decode()
    ready = f"/meet/bookings/{booking.pk}/prepare/"
    client.post(ready, {"act": "arrange", "kind": "childcare", "words": "Mrs Birch plays with them", "pounds": "0"})
    booking.invitation.refresh_from_db()
    client.post(link, {"act": "wish", "seen": booking.invitation.changes})  # not ticked again: the food is not needed
    assert list(Arrangement.objects.values_list("kind", flat=True)) == ["childcare"]
    assert "Looking after" not in client.get("/meet/help/").content.decode()


def test_what_stands_in_her_way_leads_to_offers_behind_a_code(cast: Cast, client: Client) -> None:
    know.say_barriers(cast.amina, {"money": "", "time": "Nights"}, by=cast.actor_of(cast.finch))
    invitation = cast.invitation(cast.amina)
    link = cast.link(cast.amina)
    before = client.get(link + "?in=en").content.decode()
    assert "The fare" not in before and "help/?in=en" in before  # the way to it looks the same for everybody
    client.post(link + "help/", {"send": "1"})
    client.post(link + "help/", {"code": cast.code(cast.amina)})
    page = client.get(link + "help/?in=en").content.decode()
    assert "What it costs" in page and "at another time, by phone" in page and "Nights" not in page
    assert page.index("The fare, or what else it costs") < page.index("Help with getting there")
    client.post(link + "help/", {"help": ["money", "childcare"]})
    cast.sign_in(client, cast.finch)
    assert f"/meet/invitations/{invitation.pk}/answer/" in client.get("/meet/help/").content.decode()  # before any time
    booking = services.book(
        invitation, invitation.event.slots.all()[0], wishes=services.Wishes(), by=cast.family_actor(invitation)
    )
    by = cast.actor_of(cast.finch)
    client.post(link, {"act": "wish", "help": ["childcare"], "interpreter": "on"})  # where the fare cannot be ticked
    assert Arrangement.objects.filter(invitation=invitation, at=None).count() == 2
    preparing.arrange(booking, Arrangement.Kind.MONEY, words="The fare is paid at the door", pence=240, by=by)
    page = client.get(link + "help/?in=en").content.decode()
    assert "The fare is paid at the door" in page and page.count("checked") == 1  # the other one waits
    assert "The fare is paid at the door" in cast.letters(cast.amina)[-1]


def test_what_was_ticked_before_the_code_stands_ticked_after_it(cast: Cast, client: Client) -> None:
    cast.invite_all()
    page = cast.link(cast.amina) + "help/?in=en"
    client.post(page, {"help": ["transport", "food"]})  # her visit of yesterday is over
    client.post(page, {"send": "1"})
    client.post(page, {"code": cast.code(cast.amina)})
    assert client.get(page).content.decode().count("checked") == 2
    client.post(page, {"help": ["food"]})
    assert client.get(page).content.decode().count("checked") == 1


def test_a_promise_that_is_late_is_red_until_the_meeting_is_off(cast: Cast, client: Client) -> None:
    _link, booking = booked(cast, client, help=["transport"])
    late = london_day(booking.slot.starts_at)
    cast.sign_in(client, cast.ode)
    with mock.patch("gatepost.core.clock.today", lambda: late):
        assert "Overdue" in client.get("/meet/help/").content.decode()
    services.give_back(booking.invitation, by=cast.family_actor(booking.invitation))
    assert "Amina" not in client.get("/meet/help/").content.decode()


def test_the_parent_chooses_the_place_and_everybody_goes_there(cast: Cast, client: Client) -> None:
    link, booking = booked(cast, client, way="outside", where="Café Blum")
    assert (booking.way, booking.where, is_away(booking)) == ("outside", "Café Blum", True)
    page = client.get(link + "?in=en").content.decode()
    assert "In a café or another place" in page and "Blum" not in page and "Bus 12" not in page
    assert "LOCATION:In a caf" in client.get(link + "meeting.ics?in=en").content.decode()
    cast.sign_in(client, cast.ode)
    assert "Café Blum" in client.get("/").content.decode()
    ready = client.get(f"/meet/bookings/{booking.pk}/prepare/").content.decode()
    assert "Café Blum" in ready and f"/meet/out/?booking={booking.pk}" in ready
    assert "Café Blum" in client.get(f"/meet/out/?booking={booking.pk}").content.decode()
    assert placing.change_place(booking.slot.event, "The annexe", by=cast.actor_of(cast.finch)) == 0  # not for them
    client.post("/meet/out/", {"place": "Café Blum", "minutes": "45", "number": "07700 900111", "duty": cast.finch.pk})
    outing = Outing.objects.get()
    client.post(f"/meet/out/{outing.pk}/", {"act": "out"})
    later = booking.slot.starts_at + timedelta(days=29)
    with mock.patch("gatepost.core.clock.now", lambda: later):
        assert forgetting.forget_places() == 2 and forgetting.forget_places() == 0
    assert not Booking.objects.exclude(where="").exists() and "Blum" not in Outing.objects.get().place


def test_a_place_that_the_event_does_not_offer_is_not_taken(cast: Cast, client: Client) -> None:
    invitation = cast.invitation(cast.amina)
    client.post(cast.link(cast.amina), {"slot": invitation.event.slots.all()[0].pk, "way": "home"})
    held = queries.booking_of(invitation)
    assert held is None or held.way == ""


def test_the_way_there_stands_in_what_they_are_told_and_in_their_calendar(cast: Cast, client: Client) -> None:
    link, booking = booked(cast, client)
    assert "Bus 12 to Mill Lane." in client.get(link).content.decode()
    assert "DESCRIPTION:Bus 12 to Mill Lane." in client.get(link + "meeting.ics").content.decode()
    then = booking.slot.starts_at - timedelta(days=2)
    with mock.patch("gatepost.core.clock.now", lambda: then):
        Booking.objects.update(booked_at=then - timedelta(days=1))
        assert remind_all() == 1
        assert any("Bus 12 to Mill Lane." in letter for letter in cast.letters(cast.amina))


def test_what_staff_typed_is_in_her_language_once_somebody_has_put_it(cast: Cast, client: Client) -> None:
    org.ask_to_read(cast.ode, "so", school=cast.school, by=cast.actor_of(cast.bell))
    link, booking = booked(cast, client)
    (asked,) = Translation.objects.filter(of=booking.slot.event_id, target="so")
    assert "Bus 12" in client.get(link).content.decode()  # ours, and by when hers is there
    reviewing.review(asked, "Baska 12 ilaa Mill Lane.", by=cast.actor_of(cast.ode))
    page = client.get(link).content.decode()
    assert "Baska 12 ilaa Mill Lane." in page and "Bus 12 to Mill Lane." in page
    entry = client.get(link + "meeting.ics").content.decode().replace("\r\n ", "")
    assert "DESCRIPTION:Baska 12 ilaa Mill Lane. Bus 12 to Mill Lane." in entry
    placing.change_place(booking.slot.event, "The hall", way_there="Bus 12 to Mill Lane.", by=cast.actor_of(cast.finch))
    assert "Baska 12 ilaa Mill Lane." in cast.letters(cast.amina)[-1]
    placing.change_place(booking.slot.event, "The hall", way_there="Ring at the gate.", by=cast.actor_of(cast.finch))
    (waits,) = Translation.objects.filter(of=booking.slot.event_id, target="so", state="asked")
    assert waits.original == "Ring at the gate." and "Ring at the gate." in cast.letters(cast.amina)[-1]
