"""Two records of one adult: only a person says so, sees first what moves, and can take it back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from gatepost.core import clock, scope
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.front import merging
from gatepost.know import services as know
from gatepost.know.models import Adult, AdultMerge, Care, Child, Order
from gatepost.meet import services as meet
from gatepost.org.models import School
from gatepost.reach.models import Notice
from gatepost.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(cast: Cast) -> Adult:
    """Amina, listed a second time: for Zara, with another number."""
    twin = Adult.objects.create(organisation=cast.organisation, name="A. Warsame", language="so", source_key="x:twin")
    care(cast, twin, "zara")
    know.add_contact(twin, "email", "amina@example.org", by=cast.actor_of(cast.finch))
    return twin


def care(cast: Cast, adult: Adult, child: str, **facts: Any) -> Care:
    said = {"standing": Standing.PARENT, "lives_with": Tri.YES, "from_source": True} | facts
    return Care.objects.create(school=cast.school, adult=adult, child=getattr(cast, child), **said)


def world(*adults: Adult) -> dict[str, Any]:
    """Everything that points at these adults, and they themselves, as it lies in the database."""
    found: dict[str, Any] = {}
    for model, name in merging._relations():
        if model._meta.label == "know.AdultChange":
            continue
        rows: models.QuerySet[Any] = model._default_manager.filter(**{f"{name}__in": adults})
        found[f"{model._meta.label}.{name}"] = sorted(map(str, rows.values()))
    found["adults"] = sorted(map(str, Adult.objects.filter(pk__in=[adult.pk for adult in adults]).values()))
    return found


def test_all_of_it_moves_and_all_of_it_comes_back(cast: Cast, twin: Adult) -> None:
    by = cast.actor_of(cast.finch)
    cast.invite_all()
    know.say_needs(twin, {"parking": ""}, by=by)
    know.add_strength(twin, "I bake.", language="en", by=by)
    before = world(cast.amina, twin)
    done = merging.merge(cast.amina, twin, by=by)
    assert {each.child for each in cast.amina.cares.all()} == {cast.ayan, cast.zara}
    assert [str(each.words) for each in cast.amina.strengths.all()] == ["I bake."]
    assert not twin.cares.exists()
    assert not Notice.objects.filter(adult=twin).exists()
    twin.refresh_from_db()
    assert twin.merged_into == cast.amina
    assert merging.may_be_undone(done)
    merging.undo(done, by=by)
    assert world(cast.amina, twin) == before


def test_what_both_have_stays_and_is_told_no_more(cast: Cast, twin: Adult) -> None:
    by = cast.actor_of(cast.finch)
    cast.amina.contact_points.update(shared=True)
    double = care(cast, twin, "ayan", responsibility=Tri.UNKNOWN, may_collect=Tri.YES)
    number = cast.amina.contact_points.get().value
    know.add_contact(twin, "sms", number, by=by)
    before = world(cast.amina, twin)
    done = merging.merge(cast.amina, twin, by=by)
    double.refresh_from_db()
    assert double.ended_on == clock.today()
    kept = Care.objects.get(adult=cast.amina, child=cast.ayan)
    assert (kept.responsibility, kept.may_collect) == (Tri.YES, Tri.YES), "what only one record knew"
    assert not cast.amina.contact_points.get(channel="sms").shared, "it is one person's own"
    merging.undo(done, by=by)
    assert world(cast.amina, twin) == before


def test_a_wish_never_to_be_rung_outlives_a_merge(cast: Cast, twin: Adult) -> None:
    know.say_wishes(twin, {"no_voice_calls": True, "times": ["evening"]}, by=cast.actor_of(cast.finch))
    merging.merge(cast.amina, twin, by=cast.actor_of(cast.finch))
    cast.amina.refresh_from_db()
    assert (cast.amina.no_voice_calls, cast.amina.times) == (True, ["evening"])


def test_an_order_goes_with_the_adult_and_binds_them(cast: Cast, twin: Adult) -> None:
    know.record_order(
        twin, child=cast.zara, bars=frozenset({Bar.EVERYTHING}), seen_by=cast.bell, from_on=clock.today(), by=None
    )
    merging.merge(cast.amina, twin, by=cast.actor_of(cast.finch))
    assert Order.objects.get(child=cast.zara).adult == cast.amina


def refused(kept: Adult, gone: Adult, cast: Cast) -> str:
    with pytest.raises(Refused) as refusal:
        merging.merge(kept, gone, by=cast.actor_of(cast.finch))
    assert not AdultMerge.objects.exists()
    return str(refusal.value)


def test_not_where_two_people_sign_in(cast: Cast, twin: Adult) -> None:
    twin.person = cast.nye
    twin.save()
    assert "sign in" in refused(cast.pat, twin, cast)


def test_not_where_both_are_under_an_order_about_one_child(cast: Cast, twin: Adult) -> None:
    for adult in (cast.amina, twin):
        know.record_order(
            adult, child=cast.mia, bars=frozenset({Bar.EDUCATION}), seen_by=cast.bell, from_on=clock.today(), by=None
        )
    assert "order" in refused(cast.amina, twin, cast)


def test_not_where_the_records_keep_them_apart_or_differ(cast: Cast) -> None:
    assert "apart" in refused(cast.jo, cast.mark, cast)
    assert "differently" in refused(cast.ruth, cast.em, cast)


def test_not_where_the_one_who_goes_has_booked_what_both_are_invited_to(cast: Cast, twin: Adult) -> None:
    care(cast, twin, "ayan", responsibility=Tri.YES)
    event = cast.event()
    cast.invite_all(event)
    invitation = cast.invitation(twin, child=cast.ayan)
    slot = cast.slot(event=event)
    meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
    assert "has booked" in refused(cast.amina, twin, cast)


def test_an_invitation_that_both_have_stays_with_its_letters_and_its_question(cast: Cast, twin: Adult) -> None:
    care(cast, twin, "ayan", responsibility=Tri.YES)
    cast.invite_all()
    mine, theirs = cast.invitation(cast.amina), cast.invitation(twin, child=cast.ayan)
    merging.merge(cast.amina, twin, by=cast.actor_of(cast.finch))
    for each in (mine, theirs):
        each.refresh_from_db()
        letter = Notice.objects.get(subject=each.pk)
        assert each.adult == each.ask.adult == letter.adult
    assert theirs.adult == twin


def test_never_with_oneself_and_never_twice(cast: Cast, twin: Adult) -> None:
    by = cast.actor_of(cast.finch)
    assert merging.plan(cast.amina, cast.amina).refusals
    merging.merge(cast.amina, twin, by=by)
    twin.refresh_from_db()
    assert merging.plan(cast.hina, twin).refusals


def test_once_something_is_added_it_cannot_be_undone(cast: Cast, twin: Adult) -> None:
    by = cast.actor_of(cast.finch)
    done = merging.merge(cast.amina, twin, by=by)
    know.add_strength(cast.amina, "I bake.", language="en", by=by)
    assert not merging.may_be_undone(done)
    with pytest.raises(Refused):
        merging.undo(done, by=by)
    twin.refresh_from_db()
    assert twin.merged_into == cast.amina


def test_what_other_schools_of_the_trust_hold_moves_too(cast: Cast, twin: Adult) -> None:
    other = School.objects.create(organisation=cast.organisation, name="Oak Park")
    with scope.only([other.pk], organisation=cast.organisation.pk):
        child = Child.objects.create(school=other, name="Idil Warsame", called="Idil")
        bond = Care.objects.create(school=other, adult=twin, child=child, standing=Standing.PARENT)
    done = merging.merge(cast.amina, twin, by=cast.actor_of(cast.finch))
    with scope.only([other.pk], organisation=cast.organisation.pk):
        bond.refresh_from_db()
        assert bond.adult_id == cast.amina.pk
    merging.undo(done, by=cast.actor_of(cast.finch))
    with scope.only([other.pk], organisation=cast.organisation.pk):
        bond.refresh_from_db()
        assert bond.adult_id == twin.pk


def test_the_office_sees_what_moves_says_yes_and_takes_it_back(cast: Cast, client: Client, twin: Adult) -> None:
    cast.sign_in(client, cast.finch)
    url = reverse("front:merge", args=[cast.amina.pk])
    page = client.get(url, {"q": "warsame"}).content.decode()
    assert "A. Warsame" in page
    page = client.get(url, {"with": str(twin.pk)}).content.decode()
    assert "Children: 1" in page
    assert not AdultMerge.objects.exists(), "looking changes nothing"
    client.post(url, {"with": str(twin.pk)})
    page = client.get(reverse("front:adult", args=[cast.amina.pk])).content.decode()
    assert "Make them two again" in page
    client.post(reverse("front:undo_merge", args=[AdultMerge.objects.get().pk]))
    assert twin.cares.exists()
    assert client.get(url, {"with": "nonsense"}).status_code == 200
