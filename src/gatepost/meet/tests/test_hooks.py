"""A breakfast leads to talks; and an event that is for some is not there for others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

import pytest
import time_machine
from django.test import Client

from gatepost.core.errors import Refused
from gatepost.measure.left_out import left_out
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Eligible, Event, Invitation, Waiting
from gatepost.meet.queries import recipients
from gatepost.meet.queries.hooks import Conversion, conversion
from gatepost.meet.services import eligibility, hooks
from gatepost.meet.tests.test_kiosk import DAY, breakfast, signed_in
from gatepost.reach.models import Ask, Notice, Touch
from gatepost.reach.signals import text_came
from gatepost.testing import Cast


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """It is eight in the morning."""
    with time_machine.travel(DAY, tick=False):
        yield


def talks(cast: Cast) -> Event:
    """A round of conversations of Ms Ode."""
    return cast.event(kind=Event.Kind.CONVERSATION, minutes=40, title="Autumn talks")


def test_a_breakfast_leads_to_talks_and_the_page_counts_the_way(cast: Cast, client: Client) -> None:
    then = talks(cast)
    cast.sign_in(client, cast.ode)
    page = client.get("/meet/plan/breakfast/").content.decode()
    assert "Autumn talks" in page and "Autumn talks" not in client.get("/meet/plan/lunch/").content.decode()
    typed = {"title": "Breakfast", "groups": cast.kingfishers.pk, "hosts": cast.ode.pk, "begins": "08:15"}
    typed |= {"first_day": "2026-11-24", "minutes": 90, "places": 40, "place": "Hall", "follow_on": then.pk}
    client.post("/meet/plan/breakfast/", typed)
    event = Event.objects.get(kind="breakfast")
    assert event.follow_on == then
    ode, address = cast.actor_of(cast.ode), f"/meet/events/{event.pk}/follow-on/"
    for name, adult, child in (("Dawn", cast.dawn, cast.tyler), ("Hina", cast.hina, cast.zara)):
        meet.match(signed_in(cast, event, name), adult, child, by=ode)
    signed_in(cast, event, "Somebody else")
    assert conversion(event) == Conversion(came=2, invited=0, booked=0, met=0, unmatched=1)
    client.post(address, {"act": "invite"}), client.post(address, {"act": "invite"})
    assert set(Invitation.objects.filter(event=then).values_list("adult", flat=True)) == {cast.dawn.pk, cast.hina.pk}
    assert [notice.kind for notice in cast.told(cast.dawn)] == ["meet.invitation"]
    invitation = cast.invitation(cast.dawn, event=then)
    held = meet.book(invitation, cast.slot(event=then), wishes=meet.Wishes(), by=cast.family_actor(invitation))
    with time_machine.travel(held.slot.starts_at, tick=False):
        meet.note_who_came(held, came=True, by=ode)
    assert conversion(event) == Conversion(came=2, invited=2, booked=1, met=1, unmatched=1)
    cells = re.findall(r'class="number" data-label="[^"]+">(\d+)<', client.get(address).content.decode())
    assert cells == ["2", "2", "1", "1"]


def test_who_came_from_another_class_is_invited_and_others_of_the_round_do_not_count(cast: Cast) -> None:
    event, then, ode = breakfast(cast, groups=[cast.robins]), talks(cast), cast.actor_of(cast.ode)
    then.groups.set([cast.owls])  # a round for another class
    with pytest.raises(Refused):
        hooks.invite_who_came(event, by=ode)
    hooks.lead_on(event, then, by=ode)
    meet.match(signed_in(cast, event, "Dawn"), cast.dawn, cast.tyler, by=ode)
    assert [each.adult for each in hooks.invite_who_came(event, by=ode)] == [cast.dawn]
    with pytest.raises(Refused):
        hooks.lead_on(event, cast.event(), by=ode)


def test_who_may_not_send_sees_the_numbers_and_presses_nothing(cast: Cast, client: Client) -> None:
    event = breakfast(cast, by=cast.actor_of(cast.finch))
    address = f"/meet/events/{event.pk}/follow-on/"
    cast.sign_in(client, cast.ode)
    assert "Choose" not in client.get(address).content.decode()
    assert client.post(address, {"act": "choose", "follow_on": talks(cast).pk}).status_code == 403
    assert client.get(f"/meet/events/{cast.event().pk}/follow-on/").status_code == 404


# ── for some only ────────────────────────────────────────────────────────────────────────────────


def women(cast: Cast, client: Client, event: Event) -> None:
    """Mrs Finch ticks every mother, and one grandmother."""
    typed = {"who": "some", "relationships": ["mother"], "adults": [cast.gran.pk]}
    answer = cast.sign_in(client, cast.finch).post(f"/meet/events/{event.pk}/eligible/", typed)
    assert answer.status_code == 302


def test_an_event_for_some_is_not_there_for_anybody_else(cast: Cast, client: Client) -> None:
    event = cast.event(kind=Event.Kind.COUNCIL, minutes=60, places=30, begins=time(9), ends=time(10))
    women(cast, client, event)
    invited = {each.adult for each in cast.invite_all(event)}
    assert {cast.jo, cast.hina, cast.gran} <= invited and not invited & {cast.mark, cast.bilal}
    assert not any(line.adult in (cast.mark, cast.bilal) for line in recipients(event))  # left out by nobody's rule
    assert not Notice.objects.filter(adult=cast.mark).exists()
    assert not [row for row in left_out(cast.actor_of(cast.cole), 30) if "Mark" in row.adult]
    page = client.get(f"/meet/events/{event.pk}/preview/").content.decode()
    assert "Mark Pell" not in page and "For some only" in client.get(f"/meet/events/{event.pk}/").content.decode()


def test_a_link_of_before_is_then_like_one_that_never_was(cast: Cast, client: Client) -> None:
    event = cast.event(kind=Event.Kind.COUNCIL, minutes=60, places=1, begins=time(9), ends=time(10))
    cast.invite_all(event)
    mark, jo = (cast.invitation(adult, event=event) for adult in (cast.mark, cast.jo))
    link, family = cast.link(cast.mark), Client()
    dawn = cast.invitation(cast.dawn, event=event)
    held = meet.book(dawn, event.slots.get(), wishes=meet.Wishes(), by=cast.family_actor(dawn))
    meet.wait(mark, by=cast.family_actor(mark)), meet.wait(jo, by=cast.family_actor(jo))
    women(cast, client, event)
    unknown = family.get("/i/aaaaaaaaaaaaaaaaaaaaaa/")
    for answer in (family.get(link), family.post(link, {"slot": held.slot_id}), family.get(f"{link}meeting.ics")):
        assert answer.status_code == 404 and answer.content == unknown.content
    assert [each.invitation for each in Waiting.objects.filter(ended_at=None)] == [jo]
    meet.give_back(dawn, by=cast.family_actor(dawn))  # the place goes to Jo, and Mark was first
    assert Booking.objects.get(status="booked").invitation == jo
    with pytest.raises(Refused):
        meet.book(mark, event.slots.get(), wishes=meet.Wishes(), by=cast.actor_of(cast.finch))
    asked = Ask.objects.get(pk=mark.ask_id)
    heard = text_came.send(
        None, asked=asked, told=None, alone=True, words="yes", way=Touch.Way.SMS, by=cast.family_actor(mark)
    )
    assert not any(took for _who, took in heard)  # a person reads it


def test_nobody_who_holds_a_place_loses_it_by_a_tick(cast: Cast, client: Client) -> None:
    event = cast.event(kind=Event.Kind.COUNCIL, minutes=60, begins=time(9), ends=time(10))
    mark = cast.invitation(cast.mark, event=event)
    meet.book(mark, event.slots.get(), wishes=meet.Wishes(), by=cast.family_actor(mark))
    cast.sign_in(client, cast.finch)
    typed = {"who": "some", "relationships": ["mother"]}
    page = client.post(f"/meet/events/{event.pk}/eligible/", typed).content.decode()
    assert "speak with them first" in page and not Event.objects.get(pk=event.pk).for_some
    assert "tick at least one" in client.post(f"/meet/events/{event.pk}/eligible/", {"who": "some"}).content.decode()
    client.post(f"/meet/events/{event.pk}/eligible/", {"who": "some", "adults": [cast.mark.pk, cast.jo.pk]})
    assert Eligible.objects.filter(event=event).count() == 2
    client.post(f"/meet/events/{event.pk}/eligible/", {"who": "all"})
    assert not Eligible.objects.exists() and cast.invite_all(event) == []


def test_at_the_door_too_it_is_for_those_only(cast: Cast) -> None:
    event = breakfast(cast)
    eligibility.open_to(event, {cast.jo.pk}, by=cast.actor_of(cast.finch))
    said = signed_in(cast, event, "Mark Pell", "Ella")
    with pytest.raises(Refused, match="office"):
        meet.match(said, cast.mark, cast.ella, by=cast.actor_of(cast.ode))
