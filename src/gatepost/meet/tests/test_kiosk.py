"""A breakfast: people sign in at the door or on paper, and staff say who they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar
from gatepost.know import services as know
from gatepost.meet import services as meet
from gatepost.meet.models import Attendance, Booking, Event, Invitation, Kiosk, SignIn
from gatepost.meet.queries import arrivals as found
from gatepost.reach.models import Notice, Touch
from gatepost.testing import Cast

DAY = datetime.fromisoformat("2026-11-24T08:05:00+00:00")


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """It is eight in the morning."""
    with time_machine.travel(DAY, tick=False):
        yield


def breakfast(cast: Cast, **more: Any) -> Event:
    """A breakfast for Ms Ode's class, in ten minutes."""
    words = {"kind": Event.Kind.BREAKFAST, "title": "Breakfast", "days": [clock.today()], "minutes": 90}
    return cast.event(**words | {"begins": time(8, 15), "ends": time(9, 45)} | more)


def signed_in(cast: Cast, event: Event, name: str, of_child: str = "") -> SignIn:
    """Somebody typed this at the door."""
    kiosk = Kiosk.objects.first()
    if kiosk is None:
        kiosk, _secret = meet.begin_kiosk(event.sessions.get(), by=cast.actor_of(cast.ode))
    meet.sign_in(kiosk, name=name, of_child=of_child, language="en", press=uuid4())
    return SignIn.objects.get(name=name, of_child=of_child)


def at_the_door(cast: Cast, event: Event) -> tuple[Client, str]:
    """The school's own device, with the page at the door on it."""
    device = cast.sign_in(Client(), cast.ode)
    answer = device.post(f"/meet/sessions/{event.sessions.get().pk}/kiosk/")
    return device, answer.headers["Location"]


def type_in(device: Client, address: str, name: str, of_child: str = "") -> HttpResponse:
    """Fill the page in and press its button."""
    page = device.get(address).content.decode()
    press = re.search(r'name="press" value="([^"]+)"', page)
    assert press
    typed = {"name": name, "of_child": of_child, "press": press[1]}
    return device.post(address, typed, follow=True)  # type: ignore[return-value]


def test_a_page_that_the_browser_brought_back_loses_nobody(cast: Cast) -> None:
    event = breakfast(cast)
    device, address = at_the_door(cast, event)
    press = str(uuid4())
    for name in ("Dawn Marsh", "Dawn Marsh", "Jo Pell"):  # one presses twice; then a tablet shows the page before
        device.post(address, {"name": name, "of_child": "", "press": press})
    assert set(SignIn.objects.values_list("name", flat=True)) == {"Dawn Marsh", "Jo Pell"}
    assert SignIn.objects.count() == 2


def test_the_page_at_the_door_says_thank_you_to_everybody_alike_and_names_nobody(cast: Cast) -> None:
    event = breakfast(cast)
    device, address = at_the_door(cast, event)
    assert device.get("/meet/").status_code == 302  # whoever opened it is signed out there
    known, unknown = type_in(device, address, "Dawn Marsh", "Tyler"), type_in(device, address, "Nobody We Know")
    assert known.content == unknown.content and b"Thank you" in known.content
    for page in (known, device.get(address)):
        assert not re.search(rb"Dawn|Tyler|Nobody We|Ms Ode", page.content)
    assert b"no-store" in known.headers["Cache-Control"].encode()
    assert "آپ کا نام" in device.get(f"{address}?in=ur").content.decode()
    assert SignIn.objects.count() == 2 and not Booking.objects.exists()


def test_the_address_opens_on_that_one_device_only_and_until_it_is_closed(cast: Cast, client: Client) -> None:
    event = breakfast(cast)
    device, address = at_the_door(cast, event)
    assert client.get(address).status_code == 404 == client.get(address[:-4] + "AAA/").status_code
    second, moved = at_the_door(cast, event)
    assert device.get(address).status_code == 404 and second.get(moved).status_code == 200
    kiosk = Kiosk.objects.get(ended_at=None)
    cast.sign_in(client, cast.finch).post(f"/meet/kiosks/{kiosk.pk}/end/")
    assert second.get(moved).status_code == 404 == second.post(moved, {"name": "x"}).status_code
    third, last = at_the_door(cast, event)
    with time_machine.travel(DAY + timedelta(hours=5), tick=False):
        assert third.get(last).status_code == 404  # nobody has thought of it


def test_one_page_has_one_effect_and_a_name_has_to_be_typed(cast: Cast) -> None:
    device, address = at_the_door(cast, breakfast(cast))
    typed = {"name": "Dawn", "of_child": "", "press": str(uuid4())}
    device.post(address, typed), device.post(address, typed)
    assert SignIn.objects.count() == 1
    assert b"aria-invalid" in device.post(address, typed | {"name": " "}).content


def test_who_is_matched_has_arrived_like_anybody_else(cast: Cast, client: Client) -> None:
    event = breakfast(cast)
    said = signed_in(cast, event, "Dawn March", "Tyler")
    page = cast.sign_in(client, cast.ode).get(f"/meet/events/{event.pk}/arrivals/").content.decode()
    assert page.index("Dawn March") < page.index("Dawn Marsh") and "Tyler Marsh" in page
    assert "Kev Marsh" not in page  # whom the gate bars is suggested to nobody
    client.post(f"/meet/sign-ins/{said.pk}/", {"adult": cast.dawn.pk, "child": cast.tyler.pk})
    booking = Booking.objects.get(invitation__adult=cast.dawn)
    said.refresh_from_db()
    assert said.state == "matched" and said.booking == booking and booking.arrived_at == said.signed_at
    assert Attendance.objects.get(booking=booking).came and booking.slot.session_id == said.session_id
    assert set(Touch.objects.filter(adult=cast.dawn).values_list("way", flat=True)) == {"door", "meeting"}
    assert not Notice.objects.filter(adult=cast.dawn).exists()  # nobody is written to about it
    again = client.post(f"/meet/sign-ins/{said.pk}/", {"act": "not_ours"}, follow=True)
    assert "dealt with this sign-in already" in again.content.decode()


def test_who_had_a_place_already_keeps_it_and_a_full_room_takes_one_more(cast: Cast) -> None:
    event = breakfast(cast, places=1)
    invitation = cast.invitation(cast.dawn, event=event)
    held = meet.book(invitation, event.slots.get(), wishes=meet.Wishes(), by=cast.family_actor(invitation))
    ode = cast.actor_of(cast.ode)
    assert meet.match(signed_in(cast, event, "Dawn"), cast.dawn, cast.tyler, by=ode) == held
    meet.match(signed_in(cast, event, "Amina"), cast.amina, cast.ayan, by=ode)
    slot = event.slots.get()
    assert (slot.places, slot.taken) == (2, 2)
    assert Invitation.objects.filter(event=event, adult=cast.amina).count() == 1


def test_whom_the_gate_bars_is_not_matched_and_a_stranger_is_forgotten(cast: Cast) -> None:
    event, ode = breakfast(cast), cast.actor_of(cast.ode)
    said = signed_in(cast, event, "Kev")
    with pytest.raises(Refused, match="office"):
        meet.match(said, cast.kev, cast.tyler, by=ode)
    said.refresh_from_db()
    assert said.state == "waiting"
    meet.not_ours(said, by=ode)
    said.refresh_from_db()
    assert (said.state, said.name) == ("not_ours", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        SignIn.objects.filter(pk=said.pk).update(name="Kev")


def test_an_order_of_today_counts_today(cast: Cast) -> None:
    event, ode = breakfast(cast), cast.actor_of(cast.ode)
    index = found.Index(found.known(cast.kingfishers.children.all()))
    assert [each.adult for each in index.best("Mark Pell")] == [cast.mark, cast.jo]
    bars, today = frozenset({Bar.EVERYTHING}), clock.today()
    know.record_order(cast.mark, child=cast.ella, bars=bars, seen_by=cast.bell, from_on=today, by=None)
    assert cast.mark not in [each.adult for each in found.known(cast.kingfishers.children.all())]
    with pytest.raises(Refused):
        meet.match(signed_in(cast, event, "Mark"), cast.mark, cast.ella, by=ode)


def test_the_sheet_of_paper_is_keyed_afterwards_by_whom_the_event_concerns(cast: Cast, client: Client) -> None:
    event = breakfast(cast)
    address = f"/meet/events/{event.pk}/arrivals/"
    sheet = {"lines": "Dawn Marsh, Tyler\nElla’s mum, Kingfishers\n\n"}
    assert cast.sign_in(client, cast.nye).post(address, sheet).status_code == 403
    cast.sign_in(client, cast.ode).post(address, sheet)
    assert [(each.name, each.of_child, each.keyed_by) for each in SignIn.objects.order_by("name")] == [
        ("Dawn Marsh", "Tyler", cast.ode),
        ("Ella’s mum", "Kingfishers", cast.ode),
    ]
    page = client.get(address).content.decode()
    assert "Jo Pell" in page and "On paper" in page
    assert client.get(f"/meet/events/{cast.event().pk}/arrivals/").status_code == 404  # there, families book


def test_a_colleague_whose_own_child_it_is_is_not_offered_their_own_family(cast: Cast, client: Client) -> None:
    event = breakfast(cast, hosts=[cast.pat_person], by=cast.actor_of(cast.pat_person), groups=[cast.owls])
    said = signed_in(cast, event, "Pat Rowe", "Rory")
    cast.sign_in(client, cast.pat_person)
    assert "Rory Rowe" not in client.get(f"/meet/sign-ins/{said.pk}/?name=Rory").content.decode()
    client.post(f"/meet/sign-ins/{said.pk}/", {"adult": cast.pat.pk, "child": cast.rory.pk})
    said.refresh_from_db()
    assert said.state == "waiting"


def test_the_page_is_opened_on_the_day_and_for_an_open_door_only(cast: Cast) -> None:
    ode = cast.actor_of(cast.ode)
    later = breakfast(cast, days=[clock.today() + timedelta(days=3)])
    for session in (later.sessions.get(), cast.event().sessions.get()):
        with pytest.raises(Refused):
            meet.begin_kiosk(session, by=ode)
        with pytest.raises(Refused):
            meet.key_paper(session, [("Dawn", "")], by=ode)
