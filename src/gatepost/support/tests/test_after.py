"""After a masterclass: those who came get what was prepared for home, those who could not are offered it."""

from __future__ import annotations

from datetime import time

import pytest
import time_machine
from django.test import Client

from gatepost.core.errors import Refused
from gatepost.meet import services as meet
from gatepost.meet.models import Event
from gatepost.meet.services import eligibility
from gatepost.support import after
from gatepost.support.home import Words
from gatepost.support.models import HomeNote, HomeTry
from gatepost.testing import Cast

WORDS = Words("Telling the time", "Look at a clock together.", "What time will it be in one hour?")


def masterclass(cast: Cast) -> Event:
    """Dawn and Amina came; Jo had a place and could not come; Bilal was only asked."""
    event = cast.event(kind=Event.Kind.OPEN_CLASSROOM, minutes=60, begins=time(9), ends=time(10), title="Fractions")
    cast.invite_all(event)
    ode = cast.actor_of(cast.ode)
    for adult, came in ((cast.dawn, True), (cast.amina, True), (cast.jo, False)):
        invitation = cast.invitation(adult, event=event)
        held = meet.book(invitation, event.slots.get(), wishes=meet.Wishes(), by=cast.family_actor(invitation))
        meet.note_who_came(held, came=came, by=ode)
    return event


def test_those_who_came_are_thanked_and_the_others_are_offered_it(cast: Cast, client: Client) -> None:
    event = masterclass(cast)
    address = f"/home-learning/after/{event.pk}/"
    typed = {"learning": WORDS.learning, "try_this": WORDS.try_this, "missed": "on"}
    with time_machine.travel(event.slots.get().ends_at, tick=False):
        cast.sign_in(client, cast.ode)
        assert "Send home what you prepared" in client.get(f"/meet/events/{event.pk}/").content.decode()
        assert "2 adults came." in client.get(address).content.decode()
        page = client.post(address, typed).content.decode()
        assert "Before it leaves" in page and not HomeNote.objects.exists()
        client.post(address, typed | {"send": "1"})
    kinds = {
        adult: [notice for notice in cast.told(adult) if notice.kind == "support.home_note"]
        for adult in (cast.dawn, cast.amina, cast.jo, cast.bilal, cast.kev)
    }
    assert [kinds[adult][0].params["after"] for adult in (cast.dawn, cast.amina)] == ["came", "came"]
    assert [kinds[adult][0].params["after"] for adult in (cast.jo, cast.bilal)] == ["missed", "missed"]
    assert kinds[cast.kev] == []  # never asked: the gate bars him
    with time_machine.travel(event.slots.get().ends_at.replace(hour=12), tick=False):
        assert "Thank you for coming." in "".join(cast.letters(cast.dawn))
        assert "Waad ku mahadsan tahay" in "".join(cast.letters(cast.amina))
        assert "You could not be there this time." in "".join(cast.letters(cast.jo))


def test_without_the_tick_only_those_who_came_get_it_and_never_whom_it_is_not_for(cast: Cast) -> None:
    event, ode = masterclass(cast), cast.actor_of(cast.ode)
    after.send_after(event, WORDS, missed=False, by=ode)
    assert set(HomeTry.objects.values_list("adult", flat=True)) == {cast.dawn.pk, cast.amina.pk}
    eligibility.open_to(event, {cast.dawn.pk, cast.amina.pk, cast.jo.pk}, by=ode)
    told, _children = after.whom(event, missed=True, by=ode)
    assert told == {cast.dawn.pk: "came", cast.amina.pk: "came", cast.jo.pk: "missed"}


def test_where_nobody_came_nothing_leaves(cast: Cast) -> None:
    event = cast.event()
    with pytest.raises(Refused, match="Nobody would get it"):
        after.send_after(event, WORDS, missed=True, by=cast.actor_of(cast.ode))
    assert not HomeNote.objects.exists()
