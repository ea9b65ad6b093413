"""A feed never takes back what a person has settled: names, languages, numbers, one adult under two ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatepost.core import clock
from gatepost.disclosure import Bar
from gatepost.exchange.tests.sheets import SAMPLE, Sheet, changed, contact
from gatepost.exchange.tests.test_taking_over import adult, care, in_school, load
from gatepost.front import merging
from gatepost.know import services as know
from gatepost.know.models import Adult, Child, ContactPoint
from gatepost.org.actor import Actor, Tier
from gatepost.org.models import Person, Role, School

pytestmark = pytest.mark.django_db


def office() -> Actor:
    return acting(Person.objects.create_user(name="Mrs Finch"))


def acting(person: Person) -> Actor:
    school = School.objects.get(name="Elm Park")
    return Actor(
        person_id=person.pk,
        schools=frozenset([school.pk]),
        organisation=school.organisation_id,
        acting_role=Role.OFFICE,
        tier=Tier.STAFF,
    )


def test_a_name_and_a_language_that_somebody_corrected_stay(tmp_path: Path) -> None:
    load()
    with in_school():
        know.say_wishes(adult("A1"), {"name": "Aamina Warsame", "language": "ar"}, by=office())
    load(changed(tmp_path, lambda sheet: contact(sheet[0], 1, interpreter="Arabic")), allow_many=True)
    with in_school():
        amina = adult("A1")
        assert (amina.name, amina.language, amina.interpreter) == ("Aamina Warsame", "ar", "ar")
    assert not load(changed(tmp_path, lambda sheet: contact(sheet[0], 1, interpreter="Arabic"))).changes


def test_a_number_that_somebody_took_away_does_not_come_back(tmp_path: Path) -> None:
    load()
    with in_school():
        by = office()
        know.change_contact(adult("A1").contact_points.get(), "07700 900888", by=by)
        know.add_contact(adult("A1"), "email", "amina@example.org", by=by)
    assert not load(SAMPLE).changes
    with in_school():
        in_use = adult("A1").contact_points.filter(ended_on=None)
        assert sorted(in_use.values_list("value", flat=True)) == ["+447700900888", "amina@example.org"]


def test_what_somebody_else_reads_stays_shared() -> None:
    load()
    with in_school():
        point = adult("A1").contact_points.get()
        know.change_contact(point, point.value, shared=True, by=office())
    assert not load(SAMPLE).changes
    with in_school():
        assert adult("A1").contact_points.get().shared


def test_a_mailbox_that_one_of_two_gave_up_is_not_taken_for_the_others_own(tmp_path: Path) -> None:
    """Jo and Mark live apart, and had one mailbox. Jo has another one now; the source still lists the old one."""

    def common(sheet: Sheet) -> None:
        contact(sheet[2], 1, email="us@example.org")
        contact(sheet[2], 2, email="us@example.org")

    path = changed(tmp_path, common)
    load(path)
    with in_school():
        ContactPoint.objects.filter(adult=adult("A3")).update(ended_on=clock.today(), by_hand=True)
    assert not load(path).changes
    with in_school():
        assert adult("A4").contact_points.get().shared


def test_two_ids_of_one_adult_stay_one_adult(tmp_path: Path) -> None:
    """The source goes on naming both; its lines reach the one who was kept, and nobody is made anew."""
    load()
    with in_school():
        number = Adult.objects.count()
        merging.merge(adult("A1"), adult("A10"), by=office())
    assert not load(SAMPLE).changes

    def more(sheet: Sheet) -> None:
        contact(sheet[5], 2, mobile="07700 900777")

    load(changed(tmp_path, more), allow_many=True)
    with in_school():
        kept, gone = adult("A1"), adult("A10")
        assert Adult.objects.count() == number
        assert not gone.cares.exists()
        assert not gone.contact_points.exists()
        assert "+447700900777" in set(kept.contact_points.values_list("value", flat=True))


@pytest.mark.parametrize("lifted", [False, True])
def test_whoever_is_new_for_a_child_under_an_order_waits(tmp_path: Path, lifted: bool) -> None:
    load()
    with in_school():
        head, deputy = (Person.objects.create_user(name=name) for name in ("Mrs Bell", "Mr Low"))
        order = know.record_order(
            adult("A4"),
            child=Child.objects.get(name="Ella Pell"),
            bars=frozenset({Bar.CONTACT_WITH_ADULT}),
            seen_by=head,
            from_on=clock.today(),
            by=None,
        )
        if lifted:
            order.lifted_by, order.lifting_paper, order.lifting_seen_on = head, "ended", clock.today()
            order.lifting_agreed_by = deputy
            order.lifting_asked_at = order.lifting_agreed_at = clock.now()
            order.save()
    new = {"id": "A99", "name": "Somebody Else", "relationship": "father", "email": "else@example.org"}

    def more(sheet: Sheet) -> None:
        for row in sheet:
            contact(row, 3, **dict.fromkeys(new, ""))
        contact(sheet[2], 3, **new)

    report = load(changed(tmp_path, more))
    with in_school():
        assert care("A99", "3").held is not lifted
        assert not care("A3", "3").held, "who was there before goes on being told"
    assert any("about whom an order stands" in problem.what for problem in report.problems.kept) is not lifted
