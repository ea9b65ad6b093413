"""What an adult is to a child: separate facts with dates, a history, and a team."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Standing, Tri
from gatepost.know import services as know
from gatepost.know.arrangements import ARRANGEMENTS
from gatepost.know.models import FACTS, Barrier, Care, ChildChange, TeamMember
from gatepost.know.queries import apart_from, care_facts, known_on
from gatepost.testing import Cast

pytestmark = pytest.mark.django_db


def care(cast: Cast, adult: str = "gran", child: str = "kai") -> Care:
    return Care.objects.get(adult=getattr(cast, adult), child=getattr(cast, child))


def test_nobody_guesses_one_fact_from_another(cast: Cast) -> None:
    bond = care(cast)
    before = {fact: getattr(bond, fact) for fact in FACTS}
    know.say_facts(bond, {"may_collect": "yes"}, by=cast.actor_of(cast.finch))
    bond.refresh_from_db()
    assert {fact: getattr(bond, fact) for fact in FACTS} == before | {"may_collect": "yes"}
    assert bond.from_source, "the feed goes on knowing what the adult is"


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_is_known_in_its_days_only(cast: Cast, fact: str) -> None:
    bond, today = care(cast), clock.today()
    dates = {f"{fact}_from": today, f"{fact}_until": today + timedelta(days=3)}
    know.say_facts(bond, {fact: "yes"} | dates, by=cast.actor_of(cast.finch))
    found = [known_on(bond, fact, today + timedelta(days=days)) for days in (-1, 0, 3, 4)]
    assert found == [Tri.UNKNOWN, Tri.YES, Tri.YES, Tri.UNKNOWN]


def test_a_day_that_runs_out_brings_nobody_together(cast: Cast) -> None:
    yesterday = clock.today() - timedelta(days=1)
    know.say_facts(care(cast, "mark", "ella"), {"lives_with_until": yesterday}, by=cast.actor_of(cast.finch))
    assert cast.jo.pk in apart_from(cast.mark)
    assert care_facts(cast.mark, cast.ella).lives_with == Tri.UNKNOWN


def test_an_end_before_the_beginning_is_refused_and_impossible(cast: Cast) -> None:
    bond, today = care(cast), clock.today()
    dates = {"may_vote_from": today, "may_vote_until": today - timedelta(days=1)}
    with pytest.raises(Refused):
        know.say_facts(bond, dates, by=cast.actor_of(cast.finch))
    with pytest.raises(IntegrityError), transaction.atomic():
        Care.objects.filter(pk=bond.pk).update(**dates)


def test_the_history_says_who_changed_what_from_what(cast: Cast) -> None:
    know.settle(
        care(cast, "rel", "lily"),
        standing=Standing.CARER,
        responsibility=Tri.UNKNOWN,
        lives_with=Tri.YES,
        by=cast.actor_of(cast.finch),
    )
    lines = ChildChange.objects.filter(child=cast.lily).values_list("field", "old", "new", "by_person")
    assert set(lines) == {
        ("standing", "unknown", "carer", cast.finch.pk),
        ("lives_with", "unknown", "yes", cast.finch.pk),
    }
    with pytest.raises(TypeError):
        ChildChange.objects.first().delete()  # type: ignore[union-attr]


def test_a_team_has_days(cast: Cast) -> None:
    by, today = cast.actor_of(cast.finch), clock.today()
    member = know.join_team(cast.owen, cast.nye, role="reading support", from_on=today, by=by)
    with pytest.raises(Refused):
        know.join_team(cast.owen, cast.nye, role="key worker", from_on=today, by=by)
    with pytest.raises(Refused):
        know.leave_team(member, until_on=today - timedelta(days=1), by=by)
    know.leave_team(member, until_on=today, by=by)
    know.join_team(cast.owen, cast.nye, role="key worker", from_on=today, by=by)
    assert TeamMember.objects.filter(child=cast.owen, person=cast.nye).count() == 2


def test_every_barrier_has_an_arrangement() -> None:
    assert set(ARRANGEMENTS) == set(Barrier.Kind.values)
    assert all(str(words) for words in ARRANGEMENTS.values())
