"""The working list of adults we have not heard from: who stands on it, and what takes them off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gatepost.core import clock
from gatepost.know.models import Care
from gatepost.measure.queries import not_heard_from
from gatepost.meet import services as meet
from gatepost.reach import services as reach
from gatepost.reach.models import Notice, Touch
from gatepost.testing import Cast

PAGE, FILE = "/measure/not-heard/", "/measure/not-heard/counts.csv"


def names(cast: Cast) -> set[str]:
    return {row.name for row in not_heard_from(cast.actor_of(cast.bell))}


def talk(cast: Cast, adult, *, weeks_ago: int = 0, two_way: bool = True) -> None:
    by, way = cast.actor_of(cast.finch), Touch.Way.DOOR
    noted = reach.touch(adult, child=None, way=way, two_way=two_way, school_id=cast.school.pk, by=by)
    Touch.objects.filter(pk=noted.pk).update(at=clock.now() - timedelta(weeks=weeks_ago))


def test_everybody_whom_we_may_talk_to_is_on_the_list_until_we_have(cast: Cast):
    listed = names(cast)
    for adult in (cast.amina, cast.mark, cast.lee, cast.una, cast.nadia, cast.gran, cast.foster, cast.ruth):
        assert adult.name in listed


def test_kev_is_never_listed(cast: Cast):
    assert cast.kev.name not in names(cast)


def test_whom_the_office_must_settle_waits_there_and_not_here(cast: Cast):
    assert not {cast.em.name, cast.rel.name} & names(cast)


def test_a_held_bond_and_an_ended_one_are_not_listed(cast: Cast):
    Care.objects.filter(adult=cast.amina).update(held=True)
    Care.objects.filter(adult=cast.mark).update(ended_on=clock.today())
    assert not {cast.amina.name, cast.mark.name} & names(cast)


def test_a_delivered_message_takes_nobody_off(cast: Cast):
    cast.invite_all()
    cast.deliver()
    assert Notice.objects.filter(adult=cast.amina, state=Notice.State.SENT).exists()
    assert cast.amina.name in names(cast)


def test_a_contact_in_one_direction_takes_nobody_off(cast: Cast):
    talk(cast, cast.amina, two_way=False)
    assert cast.amina.name in names(cast)


def test_an_answer_takes_exactly_this_adult_off(cast: Cast):
    invitation = cast.invitation(cast.jo)
    meet.say_no(invitation, value="declined", by=cast.family_actor(invitation))
    assert cast.jo.name not in names(cast)
    assert cast.mark.name in names(cast)  # one parent does not speak for the other


@pytest.mark.parametrize(("weeks", "listed"), [(0, False), (11, False), (12, True), (30, True)])
def test_after_twelve_weeks_of_silence_somebody_comes_back(cast: Cast, weeks: int, listed: bool):
    talk(cast, cast.amina, weeks_ago=weeks)
    assert (cast.amina.name in names(cast)) is listed


def test_those_never_heard_come_first_then_the_longest_silent(cast: Cast):
    talk(cast, cast.amina, weeks_ago=20)
    talk(cast, cast.hina, weeks_ago=40)
    rows = not_heard_from(cast.actor_of(cast.bell))
    assert rows[0].weeks is None
    assert [(row.name, row.weeks) for row in rows[-2:]] == [(cast.hina.name, 40), (cast.amina.name, 20)]


def test_every_row_says_what_to_try(cast: Cast):
    steps = {row.name: row.next_step for row in not_heard_from(cast.actor_of(cast.bell))}
    assert all(steps.values())
    assert "Somali" in steps[cast.amina.name]
    assert "gate" in steps[cast.nadia.name]
    assert "Sign Language" in steps[cast.ruth.name]


def test_a_head_does_not_see_their_own_family_here(cast: Cast):
    cast.pat.person = cast.bell
    cast.pat.save()
    own = Care.objects.filter(adult=cast.pat).first()
    others = [row for row in not_heard_from(cast.actor_of(cast.bell)) if own.child.called in " ".join(row.children)]
    assert others == []


@pytest.mark.parametrize("path", [PAGE, FILE])
@pytest.mark.parametrize(("who", "status"), [("finch", 200), ("bell", 200), ("ode", 403), ("nye", 403), ("rook", 200)])
def test_who_may_open_the_list(cast: Cast, client: Client, path: str, who: str, status: int):
    answer = cast.sign_in(client, getattr(cast, who)).get(path)
    assert answer.status_code == status
    if who == "rook":
        assert cast.amina.name not in answer.content.decode()


def test_nobody_sees_it_without_signing_in(cast: Cast, client: Client):
    assert client.get(PAGE).url.startswith("/sign-in/")


def test_the_page_names_people_and_the_file_does_not(cast: Cast, client: Client):
    cast.sign_in(client, cast.bell)
    page, file = (client.get(path).content.decode() for path in (PAGE, FILE))
    assert cast.amina.name in page
    assert cast.kev.name not in page
    for row in not_heard_from(cast.actor_of(cast.bell)):
        assert row.name not in file
        assert not any(child.split(" (")[0] in file.replace("hidden", "") for child in row.children)


def test_the_file_and_the_printed_part_hide_small_counts(cast: Cast, client: Client):
    cast.families(25)
    cast.sign_in(client, cast.bell)
    file = client.get(FILE).content.decode()
    numbers = [int(cell) for line in file.splitlines() for cell in line.split(",") if cell.isdigit()]
    assert numbers
    assert min(numbers) >= 10
    assert "Somali,hidden" in file
    printed = client.get(PAGE).content.decode().partition("What may leave the school")[2]
    assert "<span>hidden</span>" in printed
    assert cast.amina.name not in printed


def test_a_small_school_prints_nothing_but_the_word_hidden(cast: Cast, client: Client):
    Care.objects.exclude(adult__in=[cast.amina, cast.jo]).update(ended_on=clock.today())
    file = cast.sign_in(client, cast.bell).get(FILE).content.decode()
    assert not any(cell.isdigit() for line in file.splitlines() for cell in line.split(","))


def test_the_number_of_queries_does_not_depend_on_the_number_of_adults(cast: Cast, client: Client):
    cast.sign_in(client, cast.bell)
    found = set()
    for more in (1, 9, 90):
        cast.families(more)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        found.add(len(queries))
    assert len(found) == 1, found


def test_a_long_list_has_pages(cast: Cast, client: Client):
    cast.families(60)
    answer = cast.sign_in(client, cast.bell).get(PAGE)
    assert len(answer.context["page_obj"].object_list) == 50
    assert client.get(f"{PAGE}?page=2").context["page_obj"].number == 2
