"""What staff see of a family: all that helps, nothing that gives an order away, nothing of their own family."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from gatepost.core import clock
from gatepost.disclosure import Bar
from gatepost.know import services as know
from gatepost.know.models import Adult, Care, Child, Household
from gatepost.know.rules import adults_open_to
from gatepost.measure.queries import not_heard_from
from gatepost.meet import services as meet
from gatepost.org.models import Person
from gatepost.reach.models import Touch
from gatepost.reach.services import said_in_person
from gatepost.testing import Cast

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, thing: Child | Adult | Household) -> str:
    return client.get(reverse(f"front:{name}", args=[thing.pk])).content.decode()


def as_(cast: Cast, client: Client, who: Person) -> Client:
    return cast.sign_in(client, who)


@pytest.mark.parametrize("bar", [Bar.EVERYTHING, Bar.EDUCATION, Bar.LOGISTICS])
def test_a_teacher_sees_whom_to_ask_and_the_office_sees_why(cast: Cast, client: Client, bar: Bar) -> None:
    know.record_order(
        cast.hina, child=cast.zara, bars=frozenset({bar}), seen_by=cast.bell, from_on=clock.today(), by=None
    )
    for what, thing in (("child", cast.zara), ("adult", cast.hina)):
        shown = page(as_(cast, client, cast.ode), what, thing)
        assert "Please speak to the office" in shown
        assert "order" not in re.sub(r'action="[^"]*"', "", shown).replace("in order", "").casefold().split("<main")[1]
        assert "An order that the school has seen" in page(as_(cast, client, cast.finch), what, thing)


def test_a_hold_and_every_order_look_the_same_to_a_teacher(cast: Cast, client: Client) -> None:
    Care.objects.filter(adult=cast.una).update(held=True)
    know.record_order(
        cast.hina,
        child=cast.zara,
        bars=frozenset({Bar.EDUCATION}),
        seen_by=cast.bell,
        from_on=clock.today(),
        by=None,
    )
    as_(cast, client, cast.ode)
    cards = [
        page(client, "child", child).split('class="card"')[1].split("</section>")[0] for child in (cast.finn, cast.zara)
    ]
    assert all("Ask first" in card for card in cards)
    assert "Held" not in page(client, "child", cast.finn)


def test_nobody_looks_into_their_own_family_at_work(cast: Cast, client: Client) -> None:
    """Pat teaches here. Another adult of her own child is no business of hers, whoever else they care for."""
    Care.objects.create(school=cast.school, adult=cast.mark, child=cast.rory, standing="parent")
    cast.owls.children.add(cast.ella, cast.rory)
    as_(cast, client, cast.pat_person)
    assert client.get(reverse("front:child", args=[cast.ella.pk])).status_code == 200
    assert client.get(reverse("front:child", args=[cast.rory.pk])).status_code == 403
    assert client.get(reverse("front:adult", args=[cast.mark.pk])).status_code == 403
    assert set(adults_open_to(cast.actor_of(cast.pat_person))) == {cast.jo}


def test_the_whole_family_on_three_pages(cast: Cast, client: Client) -> None:
    by = cast.actor_of(cast.finch)
    home = know.found_household([cast.noor, cast.yusuf], organisation=cast.organisation.pk, by=by)
    know.show_address(home, "12 Mill Lane", by=by)
    know.join_team(cast.yusuf, cast.nye, role="reading support", from_on=clock.today(), by=by)
    know.say_barriers(cast.noor, {"transport": "Two buses."}, by=by)
    know.say_needs(cast.noor, {"step_free": ""}, by=by)
    know.add_strength(cast.noor, "میں سلائی کرتی ہوں۔", language="ur", times=["evening"], by=by)
    as_(cast, client, cast.finch)
    child = page(client, "child", cast.yusuf)
    for words in ("Noor Rahman", "Sami Rahman", "Mr Nye", "reading support", "The household"):
        assert words in child
    adult = page(client, "adult", cast.noor)
    for words in (
        "Two buses.",
        "pay the fare",
        "Way in without steps",
        "میں سلائی",
        "In the evening",
        "Read by others too",
    ):
        assert words in adult
    shown = client.get(reverse("front:family", args=[home.pk])).content.decode()
    assert "12 Mill Lane" in shown
    assert (
        "12 Mill Lane" not in as_(cast, client, cast.ode).get(reverse("front:family", args=[home.pk])).content.decode()
    )


def test_a_household_names_to_a_teacher_whom_they_work_with(cast: Cast, client: Client) -> None:
    """Yusuf's cousin lives there too. She is in another class: that somebody else lives there is all Ms Ode reads."""
    cast.kingfishers.children.remove(cast.ella)
    living = [cast.noor, cast.yusuf, cast.ella, cast.jo]
    home = know.found_household(living, organisation=cast.organisation.pk, by=cast.actor_of(cast.finch))
    as_(cast, client, cast.ode)
    shown = page(client, "family", home)
    assert "Noor Rahman" in shown and cast.yusuf.name in shown
    assert "2 more people live here with whom you do not work." in shown
    assert "Ella" not in shown and "Jo Pell" not in shown
    as_(cast, client, cast.finch)
    assert "Ella" in page(client, "family", home) and "do not work" not in page(client, "family", home)


def test_a_secret_address_is_on_no_page(cast: Cast, client: Client) -> None:
    by = cast.actor_of(cast.finch)
    home = know.found_household([cast.dawn, cast.tyler], organisation=cast.organisation.pk, by=by)
    know.show_address(home, "4 Old Dairy", by=by)
    as_(cast, client, cast.finch)
    client.post(reverse("front:address", args=[home.pk]), {"address": "4 Old Dairy", "secret": "yes"})
    for who in (cast.ode, cast.finch, cast.bell):
        as_(cast, client, who)
        for name, thing in (("child", cast.tyler), ("adult", cast.dawn), ("family", home), ("address", home)):
            assert "Old Dairy" not in client.get(reverse(f"front:{name}", args=[thing.pk])).content.decode()
    opened = client.post(reverse("front:open_address", args=[home.pk]), {"reason": "The court writes"})
    assert opened.content.decode() == "4 Old Dairy"
    assert (opened["Content-Type"], opened["Cache-Control"]) == ("text/plain; charset=utf-8", "no-store")


def test_a_teacher_does_not_see_that_a_home_is_secret(cast: Cast, client: Client) -> None:
    by = cast.actor_of(cast.finch)
    homes = [know.found_household([who], organisation=cast.organisation.pk, by=by) for who in (cast.ella, cast.tyler)]
    know.hide_address(homes[1], address="4 Old Dairy", by=by)
    as_(cast, client, cast.ode)
    shown = [client.get(reverse("front:family", args=[home.pk])).content.decode() for home in homes]
    assert all("No address is shown here." in each and "onfidential" not in each for each in shown)


def test_a_name_finds_the_child_and_the_adult(cast: Cast, client: Client) -> None:
    as_(cast, client, cast.finch)
    found = client.get(reverse("front:families"), {"q": "dawn"}).content.decode()
    assert "Tyler Marsh" in found
    assert "Ella Pell" not in found
    as_(cast, client, cast.nye)
    assert "Tyler Marsh" not in client.get(reverse("front:families")).content.decode()


def test_a_home_is_written_down_and_changes(cast: Cast, client: Client) -> None:
    as_(cast, client, cast.finch)
    url = reverse("front:found_household", args=[cast.ella.pk])
    client.post(url, {"members": [str(cast.ella.pk), str(cast.jo.pk)]})
    home = cast.ella.homes.get().household
    client.post(reverse("front:move_in", args=[home.pk]), {"members": [str(cast.mark.pk)]})
    member = home.members.get(adult=cast.mark)
    client.post(reverse("front:move_out", args=[member.pk]), {"until_on": clock.today().isoformat()})
    assert set(home.members.filter(until_on=None).values_list("adult__name", flat=True)) == {None, "Jo Pell"}


def test_a_team_is_written_down_and_ends(cast: Cast, client: Client) -> None:
    as_(cast, client, cast.finch)
    today = clock.today().isoformat()
    typed = {"person": str(cast.nye.pk), "role": "reading support", "from_on": today}
    url = reverse("front:join_team", args=[cast.owen.pk])
    client.post(url, typed)
    assert "is on this team already" in client.post(url, typed).content.decode()
    member = cast.owen.team.get()
    client.post(reverse("front:leave_team", args=[member.pk]), {"until_on": today})
    assert client.get(reverse("front:leave_team", args=[member.pk])).status_code == 403


def test_what_they_offer_and_how_they_are_reached_is_taken_away(cast: Cast, client: Client) -> None:
    strength = know.add_strength(cast.hina, "I bake.", language="en", by=cast.actor_of(cast.ode))
    as_(cast, client, cast.finch)
    client.post(reverse("front:remove_strength", args=[strength.pk]))
    assert not cast.hina.strengths.exists()
    point = cast.hina.contact_points.get()
    client.post(reverse("front:confirm_contact", args=[point.pk]))
    point.refresh_from_db()
    assert point.confirmed_at
    client.post(reverse("front:add_contact", args=[cast.hina.pk]), {"channel": "email", "value": "hina@example.org"})
    client.post(reverse("front:end_contact", args=[point.pk]))
    assert [each.value for each in cast.hina.contact_points.filter(ended_on=None)] == ["hina@example.org"]


def test_whoever_wants_no_calls_is_rung_by_nothing(cast: Cast, client: Client) -> None:
    by = cast.actor_of(cast.finch)
    know.say_wishes(cast.nadia, {"no_voice_calls": True}, by=by)
    know.say_wishes(cast.jo, {"no_voice_calls": True}, by=by)
    cast.invite_all()
    notice = cast.told(cast.nadia)[0]
    as_(cast, client, cast.finch)
    assert "Never ring" in client.get(reverse("front:say", args=[notice.pk])).content.decode()
    said_in_person(notice, by=by)
    assert Touch.objects.get(adult=cast.nadia).way == Touch.Way.DOOR
    steps = {row.name: row.next_step for row in not_heard_from(by)}
    assert "never ring" in steps["Jo Pell"]
    assert "ring" in steps["Mark Pell"]


@pytest.mark.parametrize("who", ["ode", "finch", "bell"])
def test_a_talk_at_the_door_is_noted_in_three_answers_at_most_by_anybody_who_works_with_them(
    cast: Cast, client: Client, who: str
) -> None:
    as_(cast, client, getattr(cast, who))
    answer = client.get(reverse("reach:note_talk", args=[cast.amina.pk]))
    assert answer.status_code == 200
    assert len(answer.context["form"].fields) <= 3


def test_what_helps_and_who_speaks_first_stands_before_the_talk(cast: Cast, client: Client) -> None:
    by = cast.actor_of(cast.ode)
    know.say_wishes(cast.amina, {"speaks_first": "first"}, by=by)
    know.say_needs(cast.amina, {"hearing_loop": ""}, by=by)
    know.say_barriers(cast.amina, {"transport": "Two buses."}, by=by)
    invitation = cast.invitation(cast.amina)
    slot = cast.slot(event=invitation.event)
    booking = meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
    shown = as_(cast, client, cast.ode).get(reverse("agree:talk", args=[booking.pk])).content.decode()
    for words in ("Before the professionals", "Hearing loop", "pay the fare"):
        assert words in shown
    assert "Two buses." not in shown, "what makes it hard is theirs: the talk needs only what we do about it"


def test_the_office_comes_from_an_adult_to_their_adviser(cast: Cast, client: Client) -> None:
    address = reverse("advice:agree", args=[cast.amina.pk])
    path = reverse("front:adult", args=[cast.amina.pk])
    assert address in as_(cast, client, cast.finch).get(path).content.decode()
    assert address not in as_(cast, client, cast.ode).get(path).content.decode()
