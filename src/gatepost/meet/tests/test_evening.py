"""The evening itself: who is here, who waits longer, who did not come, and who comes without a time."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from unittest import mock

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from gatepost.know.models import Group
from gatepost.language.dates import LONDON
from gatepost.meet import queries
from gatepost.meet import services as meet
from gatepost.meet.models import Attendance, Booking, Delay, Event, Invitation
from gatepost.meet.services import preparing
from gatepost.org.models import Person
from gatepost.reach.models import Answer, Touch
from gatepost.testing import Cast

LIGHT = 90_000  # bytes of the grid, before they are packed for the way: 12 teachers, 40 times


def evening_of(cast: Cast) -> tuple[Event, datetime]:
    """An evening to which everybody is invited, and the moment when it begins."""
    event = cast.event()
    cast.invite_all(event)
    return event, event.slots.earliest("starts_at").starts_at


def take(cast: Cast, name: str, event: Event, at: int) -> Booking:
    """Somebody of the cast takes the time at this place in the order."""
    invitation = cast.invitation(getattr(cast, name), event=event)
    slot = event.slots.order_by("starts_at")[at]
    return meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))


def test_late_is_told_by_text_to_those_who_still_wait_and_shown_at_the_door(cast: Cast, client: Client) -> None:
    event, begins = evening_of(cast)
    take(cast, "hina", event, 0), take(cast, "amina", event, 3), take(cast, "dawn", event, 4)
    take(cast, "noor", event, 5)
    with time_machine.travel(begins + timedelta(minutes=15), tick=False):
        session = event.sessions.get()
        told = meet.say_late(session, cast.ode, minutes=10, by=cast.actor_of(cast.ode))
        assert told == 1  # Hina's time is over, Dawn reads mail, and others read what Noor gets
        assert [notice.kind for notice in cast.told(cast.amina)][-1] == "meet.running_late"
        assert not any(notice.kind == "meet.running_late" for notice in cast.told(cast.dawn))
        page = cast.sign_in(client, cast.finch).get(f"/meet/events/{event.pk}/door/").content.decode()
        assert page.count("Tell them: 10 minutes late") == 2 and "Ms Ode is running 10 minutes late" in page
    with time_machine.travel(begins + timedelta(minutes=20), tick=False):
        meet.say_late(session, cast.ode, minutes=0, by=cast.actor_of(cast.ode))
        assert queries.delays(session) == {} and Delay.objects.count() == 2


def test_a_teacher_says_it_of_themselves_only(cast: Cast, client: Client) -> None:
    event, _begins = evening_of(cast)
    cast.sign_in(client, cast.ode)
    address = f"/meet/sessions/{event.sessions.get().pk}/late/"
    assert client.post(address, {"host": cast.nye.pk, "minutes": 10}).status_code == 403
    assert client.post(address, {"host": cast.ode.pk, "minutes": 10}).status_code == 302
    assert client.post(address, {"host": cast.ode.pk, "minutes": 11}).status_code == 403


def test_who_is_here_is_on_the_teachers_page_and_who_is_not_has_a_reason(cast: Cast, client: Client) -> None:
    event, begins = evening_of(cast)
    here, away = take(cast, "amina", event, 0), take(cast, "dawn", event, 1)
    with time_machine.travel(begins, tick=False):
        cast.sign_in(client, cast.finch)
        client.post(f"/meet/bookings/{here.pk}/came/", {"came": "here", "back": "door"})
        gone = client.post(f"/meet/bookings/{away.pk}/came/", {"came": "no", "reason": "care", "back": "door"})
        assert gone.headers["Location"] == f"/meet/events/{event.pk}/door/"
        assert Attendance.objects.get(booking=away).reason == "care"
        page = cast.sign_in(Client(), cast.ode).get(f"/meet/events/{event.pk}/door/").content.decode()
        assert "Here</span>" in page and "Nobody could look after the children" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(booking=away).update(came=True)


def test_a_family_without_a_time_gets_the_next_free_one_and_leaves_the_same_traces(cast: Cast) -> None:
    event, begins = evening_of(cast)
    invitation = cast.invitation(cast.jo, event=event)
    take(cast, "amina", event, 2)
    with time_machine.travel(begins + timedelta(minutes=12), tick=False):
        booking = meet.walk_in(invitation, by=cast.actor_of(cast.finch))
        assert booking and booking.slot.starts_at == begins + timedelta(minutes=30)
        assert Answer.objects.get(ask=invitation.ask).way == Touch.Way.DOOR
        assert set(Touch.objects.filter(adult=cast.jo).values_list("way", flat=True)) == {"door"}
    late = datetime.combine(begins.astimezone(LONDON).date(), datetime.max.time(), LONDON).astimezone(UTC)
    with time_machine.travel(late, tick=False):
        assert meet.walk_in(cast.invitation(cast.hina, event=event), by=cast.actor_of(cast.finch)) is None


def test_a_walk_in_who_lives_apart_from_the_other_parent_does_not_meet_them(cast: Cast) -> None:
    event, begins = evening_of(cast)
    held = take(cast, "jo", event, 3)
    with time_machine.travel(begins, tick=False):
        booking = meet.walk_in(cast.invitation(cast.mark, event=event), by=cast.actor_of(cast.finch))
    assert booking
    apart = booking.slot.starts_at - held.slot.ends_at
    assert apart >= timedelta(minutes=event.apart_minutes) or booking.slot.ends_at <= held.slot.starts_at - timedelta(
        minutes=event.apart_minutes
    )


@pytest.mark.parametrize("order", ["grid", "teacher", "room", "family"])
def test_the_timetable_names_whom_one_may_see_and_costs_the_same_for_many(
    cast: Cast, client: Client, order: str, django_assert_max_num_queries: object
) -> None:
    event = cast.event(hosts=[cast.ode, cast.nye])
    cast.invite_all(event)
    take(cast, "amina", event, 0)
    page = cast.sign_in(client, cast.finch).get(f"/meet/events/{event.pk}/evening/?by={order}").content.decode()
    assert "Ayan" in page and cast.amina.name in page
    other = cast.sign_in(Client(), cast.nye).get(f"/meet/events/{event.pk}/evening/?by={order}").content.decode()
    assert "Ayan" not in other
    if order == "grid":
        assert "taken" in other and "free" in other


def test_the_grid_of_a_large_evening_stays_light(cast: Cast, client: Client) -> None:
    hosts = [Person.objects.create(name=f"Teacher {number:02}", email=f"t{number}@x.example") for number in range(30)]
    event = cast.event(hosts=hosts, begins=time(14), ends=time(20, 40))
    first = cast.sign_in(client, cast.finch).get(f"/meet/events/{event.pk}/evening/")
    last = client.get(f"/meet/events/{event.pk}/evening/?page=3").content.decode()
    assert len(first.content) < LIGHT and first.content.decode().count("Teacher 11") == 1 + 40
    assert "Teacher 12" not in first.content.decode() and "Teacher 29" in last and "Next page" not in last


def test_each_room_has_its_own_list(cast: Cast, client: Client) -> None:
    event, _begins = evening_of(cast)
    held, by = take(cast, "jo", event, 0), cast.actor_of(cast.finch)
    take(cast, "dawn", event, 1)
    preparing.take_room(held, preparing.add_room({"name": "Sun room"}, school_id=cast.school.pk, by=by), by=by)
    page = cast.sign_in(client, cast.finch).get(f"/meet/events/{event.pk}/evening/?by=room").content.decode()
    sun, rest = page.split("Sun room")[1].split("In no room of their own")
    assert "Jo Pell" in sun and "Dawn" not in sun and "Dawn Marsh" in rest and "Ms Ode" in rest


def test_a_long_evening_has_pages_and_begins_where_it_is(cast: Cast, client: Client) -> None:
    group = Group.objects.create(school=cast.school, name="Hawks", year="5")
    group.teachers.add(cast.ode)
    children = cast.families(60, group)
    names = [f"{child.name}</bdi>" for child in children]
    event = cast.event(groups=[group], begins=time(8), ends=time(19))
    slots = list(event.slots.order_by("starts_at"))
    meet.invite(event, by=cast.actor_of(cast.finch))
    for slot, child in zip(slots, children, strict=False):
        invitation = Invitation.objects.filter(event=event, child=child)[0]
        meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
    with time_machine.travel(slots[58].starts_at, tick=False):
        cast.sign_in(client, cast.finch)
        door = f"/meet/events/{event.pk}/door/"
        assert "page=1" in (page := client.get(door).content.decode()) and names[57] in page
        assert names[0] not in page
        found = client.get(f"{door}?name={children[3].name}").content.decode()
        assert names[3] in found and names[57] not in found
        assert "Nobody by that name" in client.get(f"{door}?name=Zzz").content.decode()
    lists = f"/meet/events/{event.pk}/evening/?by=family"
    cast.sign_in(client, cast.finch)
    assert "to print" not in client.get(lists).content.decode()  # sixty still fit on one page
    with mock.patch("gatepost.meet.views.evening.LINES", 50):
        assert names[57] not in client.get(lists).content.decode()
        assert names[57] in client.get(f"{lists}&all=1").content.decode()
