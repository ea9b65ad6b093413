"""The share of contacts about learning at home: what is counted, what is hidden, and where it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gatepost.core import clock
from gatepost.measure.contacts import AtHome, at_home, at_home_tables, unlinked
from gatepost.meet import services as meet
from gatepost.reach import services as reach
from gatepost.reach.models import Touch
from gatepost.testing import Cast


def talked(cast: Cast, *, at_home: bool, two_way: bool = True, number: int = 1) -> None:
    for _ in range(number):
        school = cast.school.pk
        way = Touch.Way.DOOR
        reach.touch(cast.amina, child=None, way=way, two_way=two_way, at_home=at_home, school_id=school, by=None)


def test_what_was_only_sent_and_what_is_long_ago_does_not_count(cast: Cast) -> None:
    assert at_home().share is None
    talked(cast, at_home=True)
    Touch.objects.update(at=clock.now() - timedelta(weeks=13))
    talked(cast, at_home=True, two_way=False)
    assert at_home() == AtHome(0, 0)
    talked(cast, at_home=True)
    talked(cast, at_home=False, number=3)
    assert at_home() == AtHome(4, 1) and at_home().share == 25


def test_who_came_to_a_meeting_about_learning_counts_and_who_came_for_breakfast_does_not(cast: Cast) -> None:
    invitation = cast.invitation(cast.jo)
    booking = meet.book(
        invitation, cast.slot(event=invitation.event), wishes=meet.Wishes(), by=cast.family_actor(invitation)
    )
    meet.note_who_came(booking, came=True, by=cast.actor_of(cast.ode))
    talked(cast, at_home=True)
    assert at_home() == AtHome(3, 1, 1) and at_home().linked == 67  # to book was a contact, too
    assert unlinked() == []
    type(invitation.event).objects.filter(pk=invitation.event_id).update(learning=False)
    assert at_home() == AtHome(3, 1, 0) and at_home().linked == 33
    assert [each.title for each in unlinked()] == [invitation.event.title]


def test_who_came_is_hidden_where_few_came(cast: Cast) -> None:
    ((_, numbers),) = at_home_tables(AtHome(100, 40, 30))[0].rows
    assert numbers == (100, 40, 40, 30, 70)
    ((_, numbers),) = at_home_tables(AtHome(100, 40, 3))[0].rows
    assert numbers[3] is None and numbers[4] is None


@pytest.mark.parametrize(("contacts", "home"), [(100, 4), (100, 97), (5, 5)])
def test_a_small_number_is_hidden_and_so_is_what_gives_it_away(contacts: int, home: int) -> None:
    ((_, numbers),) = at_home_tables(AtHome(contacts, home))[0].rows
    assert numbers[1] is None and numbers[2] is None


def test_the_head_and_the_governor_see_it(cast: Cast, client: Client) -> None:
    talked(cast, at_home=True, number=20)
    talked(cast, at_home=False, number=20)
    assert "About learning at home" in cast.sign_in(client, cast.quill).get("/measure/").content.decode()


def test_the_head_sees_it_beside_who_came(cast: Cast, client: Client) -> None:
    cast.invite_all()
    talked(cast, at_home=True, number=2)
    page = cast.sign_in(client, cast.bell).get("/measure/attendance/").content.decode()
    assert "100 of 100 contacts" in page


def test_a_talk_noted_at_the_gate_says_what_it_was_about(cast: Cast, client: Client) -> None:
    page = f"/reach/adults/{cast.amina.pk}/talk/"
    cast.sign_in(client, cast.ode).post(page, {"way": "door", "child": "", "about": ["home", "good"]})
    touch = Touch.objects.get()
    assert touch.at_home and touch.tone == "good"
