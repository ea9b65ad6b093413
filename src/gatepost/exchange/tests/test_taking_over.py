"""What a roster does to what the school knows: all or nothing, once, and never more than it says."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gatepost.core import audit, clock, scope
from gatepost.core.models import AuditEvent
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.exchange.roster.report import Report
from gatepost.exchange.roster.services import preview, take_over
from gatepost.exchange.tests.sheets import SAMPLE, changed, contact, drop_contact, sample, save
from gatepost.know.models import Adult, Care, Child, ContactPoint, Group, Order
from gatepost.know.queries import care_facts
from gatepost.know.services import record_order, settle
from gatepost.org.actor import NOBODY
from gatepost.org.models import Person, Role, School, Staff

pytestmark = pytest.mark.django_db


def load(path: Path = SAMPLE, **more: bool) -> Report:
    report = take_over(path, school="Elm Park", by=None, **more)
    assert report.ok, list(report.as_text())
    return report


def in_school() -> AbstractContextManager[scope.Scope]:
    school = School.objects.get(name="Elm Park")
    return scope.only([school.pk], organisation=school.organisation_id)


def adult(key: str) -> Adult:
    return Adult.objects.get(source_key__endswith=f":{key}")


def care(key: str, pupil: str) -> Care:
    return Care.objects.get(adult=adult(key), child__source_key=f"own:{pupil}")


def counts(report: Report) -> dict[str, tuple[int, int, int]]:
    return {word: (n["new"], n["changed"], n["gone"]) for word, n in report.counts().items()}


def test_a_family_comes_in_with_everything_that_the_roster_says() -> None:
    load()
    with in_school():
        ella = Child.objects.get(name="Ella Pell")
        assert (ella.called, ella.born_on, ella.year) == ("Ellie", date(2018, 5, 31), "4")
        assert [group.name for group in ella.groups.all()] == ["Kingfishers"]
        assert [person.name for person in Group.objects.get(name="Kingfishers").teachers.all()] == ["Ms Ode"]
        jo = care("A3", "3")
        assert (jo.standing, jo.responsibility, jo.lives_with, jo.rank) == ("parent", "yes", "yes", 1)
        assert (adult("A1").language, adult("A1").interpreter) == ("so", "so")
        assert [(p.channel, p.value) for p in adult("A1").contact_points.all()] == [("sms", "+447700900101")]
    ode = Person.objects.get(email="ode@elmpark.example.org")
    assert not ode.has_usable_password()
    assert Staff.objects.get(person=ode).role == Role.TEACHER


def test_what_the_roster_does_not_say_is_unknown() -> None:
    load()
    with in_school():
        mark = care("A4", "3")
        assert (mark.standing, mark.responsibility, mark.lives_with) == (Standing.PARENT, Tri.UNKNOWN, Tri.NO)
        petr = care("A10", "6")
        assert (petr.standing, petr.responsibility, petr.rank) == (Standing.UNKNOWN, Tri.UNKNOWN, None)
        assert adult("A9").language == ""
        assert care("A6", "4").standing == Standing.EMERGENCY_ONLY
        assert care("A2", "2").standing == Standing.UNKNOWN  # a grandmother elsewhere is not taken for a carer


def test_brothers_and_sisters_have_one_mother() -> None:
    load()
    with in_school():
        assert sorted(child.name for child in Child.objects.filter(cares__adult=adult("A1"))) == [
            "Ayan Warsame",
            "Hodan Warsame",
        ]


def test_the_same_roster_again_changes_nothing() -> None:
    load()
    again = load()
    assert again.changes == 0
    assert preview(SAMPLE, school="Elm Park").changes == 0


def test_a_rehearsal_writes_nothing_and_says_what_the_real_thing_does() -> None:
    rehearsed = preview(SAMPLE, school="Elm Park")
    assert not School.objects.exists()
    assert not Person.objects.exists()
    assert counts(rehearsed) == counts(load())


def test_all_of_it_or_nothing(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda sheet: sheet[5].update(name=""))
    report = take_over(path, school="Elm Park", by=None)
    assert not report.ok
    assert not School.objects.exists()


def test_a_failure_while_writing_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError):
        take_over(SAMPLE, school="Elm Park", by=None)
    assert not School.objects.exists()
    assert not Person.objects.exists()


def test_two_adults_on_one_phone_share_it_and_stay_two() -> None:
    load()
    with in_school():
        points = ContactPoint.objects.filter(value="+447700900113")
        assert [point.shared for point in points] == [True, True]
        assert {point.adult.name for point in points} == {"Noor Rahman", "Sami Rahman"}
        assert not ContactPoint.objects.exclude(value="+447700900113").filter(shared=True).exists()


def test_a_number_that_is_no_longer_shared_is_one_adults_own_again(tmp_path: Path) -> None:
    load()
    load(changed(tmp_path, lambda sheet: contact(sheet[4], 2, mobile="07700 900114")), allow_many=True)
    with in_school():
        assert not ContactPoint.objects.filter(shared=True).exists()


def test_nobody_is_merged_by_name(tmp_path: Path) -> None:
    load(changed(tmp_path, lambda sheet: contact(sheet[5], 2, id="A11", name="Jo Pell", relationship="mother")))
    with in_school():
        assert Adult.objects.filter(name="Jo Pell").count() == 2


def test_two_ids_with_one_name_and_one_mailbox_are_reported_and_stay_two(tmp_path: Path) -> None:
    twin = {"id": "A11", "name": "Jo Pell", "relationship": "mother", "email": "jo.pell@example.org"}
    report = load(changed(tmp_path, lambda sheet: contact(sheet[5], 2, **twin)))
    assert any("stay two adults" in problem.what for problem in report.problems.kept)
    with in_school():
        assert Adult.objects.filter(name="Jo Pell").count() == 2


def test_a_member_of_staff_who_is_a_parent_is_one_person_and_one_adult() -> None:
    load()
    with in_school():
        assert adult("A5").person == Person.objects.get(email="rowe@elmpark.example.org")


def test_a_stranger_cannot_become_a_parent_by_an_address(tmp_path: Path) -> None:
    Person.objects.create_user("head@elsewhere.example.org", name="Somebody Else")
    told = {"person_email": "head@elsewhere.example.org"}
    report = load(changed(tmp_path, lambda sheet: contact(sheet[2], 1, **told)))
    assert any("Nobody who works at this school" in problem.what for problem in report.problems.kept)
    with in_school():
        assert adult("A3").person is None


def test_what_the_office_has_settled_stays(tmp_path: Path) -> None:
    load()
    with in_school():
        settle(care("A4", "3"), standing=Standing.CARER, responsibility=Tri.NO, lives_with=Tri.NO, by=NOBODY)
    path = changed(tmp_path, lambda sheet: contact(sheet[2], 2, responsibility="yes", lives_with="yes"))
    report = load(path)
    assert report.changes == 0
    assert report.plans[0].kept_by_office == 1
    with in_school():
        mark = care("A4", "3")
        assert (mark.standing, mark.responsibility, mark.lives_with) == (Standing.CARER, Tri.NO, Tri.NO)


def test_a_bond_that_the_office_has_settled_does_not_end_with_a_roster(tmp_path: Path) -> None:
    load()
    with in_school():
        settle(care("A4", "3"), standing=Standing.PARENT, responsibility=Tri.YES, lives_with=Tri.NO, by=NOBODY)
    load(changed(tmp_path, lambda sheet: drop_contact(sheet[2], 2)), allow_many=True)
    with in_school():
        assert care("A4", "3").ended_on is None


def test_an_order_outlives_every_roster(tmp_path: Path) -> None:
    load()
    with in_school():
        head = Person.objects.create_user("bell@elmpark.example.org", name="Mrs Bell")
        child, barred = Child.objects.get(name="Ella Pell"), adult("A4")
        record_order(
            barred,
            child=child,
            bars=frozenset({Bar.EVERYTHING}),
            seen_by=head,
            from_on=clock.today(),
            by=None,
        )
    gone = changed(tmp_path, lambda sheet: drop_contact(sheet[2], 2))
    load(gone, allow_many=True)
    back = load(SAMPLE, allow_many=True)
    assert back.changes
    with in_school():
        assert Order.objects.get().bars == ["everything"]
        assert care_facts(barred, child).orders[0].bars == {Bar.EVERYTHING}


@pytest.mark.parametrize(
    "again",
    [
        {"id": "A99", "name": "mark pell", "relationship": "father", "email": "other@example.org"},
        {"id": "A99", "name": "M. Pelham", "relationship": "father", "email": "mark.pell@example.org"},
    ],
    ids=["by his name", "by his mailbox"],
)
def test_somebody_under_an_order_does_not_come_back_under_another_id(tmp_path: Path, again: dict[str, str]) -> None:
    load()
    with in_school():
        head = Person.objects.create_user("bell@elmpark.example.org", name="Mrs Bell")
        record_order(
            adult("A4"),
            child=Child.objects.get(name="Ella Pell"),
            bars=frozenset({Bar.EVERYTHING}),
            seen_by=head,
            from_on=clock.today(),
            by=None,
        )

    def swap(sheet: list[dict[str, str]]) -> None:
        drop_contact(sheet[2], 2)
        contact(sheet[2], 2, **again)

    report = load(changed(tmp_path, swap), allow_many=True)
    assert any("resembles somebody under an order" in problem.what for problem in report.problems.kept)
    with in_school():
        assert care("A99", "3").held


def test_an_id_that_goes_to_another_person_waits_for_the_office(tmp_path: Path) -> None:
    load()
    load(changed(tmp_path, lambda sheet: contact(sheet[2], 2, name="Dennis Brook")), allow_many=True)
    with in_school():
        assert care("A4", "3").held
    assert load(allow_many=True).changes
    with in_school():
        assert care("A4", "3").held  # a roster holds, and never lifts a hold


def test_a_new_surname_is_no_other_person(tmp_path: Path) -> None:
    load()
    load(changed(tmp_path, lambda sheet: contact(sheet[2], 1, name="Jo Hall")), allow_many=True)
    with in_school():
        assert adult("A3").name == "Jo Hall"
        assert not care("A3", "3").held


def test_words_in_a_yes_or_no_column_hold_the_bond(tmp_path: Path) -> None:
    load(changed(tmp_path, lambda sheet: contact(sheet[2], 2, responsibility="court order!")))
    with in_school():
        assert care("A4", "3").held


def test_a_contact_that_disappears_is_kept_and_told_nothing_more(tmp_path: Path) -> None:
    load()
    report = load(changed(tmp_path, lambda sheet: drop_contact(sheet[2], 2)), allow_many=True)
    assert counts(report)["bonds"] == (0, 0, 1)
    with in_school():
        ended = care("A4", "3")
        assert ended.ended_on == clock.today()
        assert care_facts(ended.adult, ended.child).standing is Standing.NONE
    load(SAMPLE)
    with in_school():
        assert care("A4", "3").ended_on is None


def test_a_child_who_leaves_is_in_no_class_and_their_bonds_end(tmp_path: Path) -> None:
    load()
    path = changed(tmp_path, lambda sheet: sheet.pop(2))
    load(path, allow_many=True)
    with in_school():
        ella = Child.objects.get(name="Ella Pell")
        assert not ella.groups.exists()
        assert not ella.cares.filter(ended_on=None).exists()
    assert load(path).changes == 0


def test_an_empty_cell_takes_nothing_away(tmp_path: Path) -> None:
    load()
    blank = {"language": "", "interpreter": "", "responsibility": "", "lives_with": "", "order": "", "relationship": ""}

    def empty(sheet: list[dict[str, str]]) -> None:
        for row in sheet:
            row.update(born_on="", called="")
            contact(row, 1, **blank)

    assert load(changed(tmp_path, empty)).changes == 0


def test_an_old_mailbox_is_forgotten_and_a_confirmed_one_kept(tmp_path: Path) -> None:
    load()
    with in_school():
        ContactPoint.objects.filter(value="mark.pell@example.org").update(confirmed_at=clock.now())

    def move(sheet: list[dict[str, str]]) -> None:
        contact(sheet[2], 1, email="jo.new@example.org")
        contact(sheet[2], 2, email="mark.new@example.org")

    load(changed(tmp_path, move), allow_many=True)
    with in_school():
        assert [p.value for p in adult("A3").contact_points.all()] == ["jo.new@example.org"]
        assert len(adult("A4").contact_points.all()) == 2


def test_more_than_five_in_a_hundred_contacts_need_somebodys_word(tmp_path: Path) -> None:
    def many(sheet: list[dict[str, str]]) -> None:
        row = sheet[0]
        for number in range(100, 160):
            sheet.append(
                row | {"pupil_id": str(number), "contact1_id": f"B{number}", "contact1_name": f"Adult {number}"}
            )

    sheet = sample()
    many(sheet)
    load(save(sheet, tmp_path / "many.csv"))  # the first roster asks nobody: nobody is known yet
    for number, row in enumerate(sheet[-5:]):
        row["contact1_language"] = "pl"
        path = save(sheet, tmp_path / "next.csv")
        report = take_over(path, school="Elm Park", by=None)
        assert report.ok is True, f"{number + 1} of 70 contacts is not many"
    for row in sheet[-20:-10]:
        row["contact1_mobile"] = "07700 900555"
    path = save(sheet, tmp_path / "next.csv")
    report = take_over(path, school="Elm Park", by=None)
    assert "more than 5 in 100" in report.refused
    assert "--allow-many" in list(preview(path, school="Elm Park").as_text())[-1]
    with in_school():
        assert not ContactPoint.objects.filter(value="+447700900555").exists()
    assert load(path, allow_many=True).changes


def test_a_teacher_who_gives_up_a_class_no_longer_has_it(tmp_path: Path) -> None:
    load()

    def hand_over(sheet: list[dict[str, str]]) -> None:
        for row in sheet:
            if row["class"] == "Kingfishers":
                row.update(teacher_email="nye@elmpark.example.org", teacher_name="Mr Nye")

    load(changed(tmp_path, hand_over))
    with in_school():
        assert [person.name for person in Group.objects.get(name="Kingfishers").teachers.all()] == ["Mr Nye"]


def test_two_schools_lists_never_meet(tmp_path: Path) -> None:
    load()
    organisation = School.objects.get(name="Elm Park").organisation
    School.objects.create(name="Ash Grove", organisation=organisation)
    take_over(SAMPLE, school="Ash Grove", by=None)
    with in_school():
        assert (
            Adult.objects.filter(name="Amina Warsame").count() == 2
        )  # contact A1 of one school is not A1 of the other
        assert Child.objects.count() == 6


def test_which_school_is_said_where_it_is_not_clear() -> None:
    assert "Say which school this is" in preview(SAMPLE).refused
    load()
    assert preview(SAMPLE).changes == 0
    School.objects.create(name="Ash Grove", organisation=School.objects.get().organisation)
    assert "Several schools are here" in preview(SAMPLE).refused


def test_it_leaves_a_line_in_the_audit_trail() -> None:
    load()
    with in_school():
        line = AuditEvent.objects.get(verb="exchange.imported")
    assert line.details["counts"]["children"] == [6, 0, 0]
    assert "Amina" not in str(line.details)


def test_the_number_of_statements_does_not_grow_with_the_roster(tmp_path: Path) -> None:
    def statements(families: int, name: str) -> int:
        row = sample()[0]
        rows = [
            row | {"pupil_id": f"{name}{n}", "contact1_id": f"{name}{n}", "contact1_mobile": f"07700 9{n:05}"}
            for n in range(families)
        ]
        path = save(rows, tmp_path / f"{name}.csv")
        with CaptureQueriesContext(connection) as caught:
            assert take_over(path, school=name, by=None).ok
        return len(caught)

    statements(1, "First")  # makes the teacher
    assert statements(5, "Small") == statements(300, "Large")
