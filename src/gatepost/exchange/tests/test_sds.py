"""School Data Sync: the public sample as it is, and what a damaged one says."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from gatepost.core import scope
from gatepost.disclosure import Standing, Tri
from gatepost.exchange.roster.records import Problems
from gatepost.exchange.roster.services import preview, read, take_over
from gatepost.know.models import Adult, Care, Child, Group
from gatepost.org.models import Organisation, Person, School, Staff

SAMPLE = settings.PACKAGE.parents[2] / "shared" / "data" / "sds-csv" / "v2.1"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SAMPLE.is_dir(), reason="the School Data Sync sample (../shared/data/sds-csv) is not here"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "sds"))


def edit(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8-sig")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def stopped(folder: Path) -> list[str]:
    problems = Problems()
    read(folder, problems)
    return [f"{problem.place}: {problem.what}" for problem in problems.kept if problem.stops]


def test_the_sample_loads_as_it_is() -> None:
    report = take_over(SAMPLE, by=None)
    assert report.ok, list(report.as_text())
    assert sorted(School.objects.values_list("name", "organisation__name")) == [
        ("College of Engineering", "College of Engineering"),
        ("School of TwoDotOne", "Ministry of TwoDotOne"),
    ]
    school = School.objects.get(name="School of TwoDotOne")
    with scope.only([school.pk], organisation=school.organisation_id):
        assert sorted(child.name for child in Child.objects.all()) == ["Alice Smithee", "Fred Hutch", "Jack Craig"]
        assert [group.name for group in Group.objects.all()] == ["Biology 10"]
        standings = {(care.adult.name, care.child.name): care.standing for care in Care.objects.all()}
        assert standings == {
            ("Jean Craig", "Jack Craig"): Standing.CARER,
            ("Jean Craig", "Fred Hutch"): Standing.UNKNOWN,
            ("Bob Smithee", "Alice Smithee"): Standing.CARER,
        }
        assert set(Care.objects.values_list("responsibility", flat=True)) == {Tri.UNKNOWN}
        jean = Adult.objects.get(name="Jean Craig")
        assert sorted(point.value for point in jean.contact_points.all()) == ["+11234567890", "jean.craig@outlook.com"]
    assert take_over(SAMPLE, by=None).changes == 0


def test_teachers_can_be_let_in_and_have_no_password() -> None:
    take_over(SAMPLE, by=None)
    assert {person.name for person in Person.objects.all()} == {"Jason Jonzer", "Kristen Fein"}
    assert Staff.objects.count() == 2
    assert not any(person.has_usable_password() for person in Person.objects.all())


def test_a_password_goes_nowhere() -> None:
    problems = Problems()
    roster = read(SAMPLE, problems)
    assert "P@ssword" not in repr(roster)
    report = preview(SAMPLE)
    assert "P@ssword" not in str(report.as_json())


def test_one_school_of_several() -> None:
    report = take_over(SAMPLE, school="school of twodotone", by=None)
    assert report.ok
    assert [school.name for school in School.objects.all()] == ["School of TwoDotOne"]
    assert "It has: College of Engineering" in preview(SAMPLE, school="Hogwarts").refused
    assert Organisation.objects.count() == 1


def test_a_zip_of_it_loads_too(tmp_path: Path) -> None:
    path = tmp_path / "sds.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for file in SAMPLE.glob("*.csv"):
            pack.write(file, f"export/{file.name}")
    assert take_over(path, by=None).changes == take_over_count()


def take_over_count() -> int:
    School.objects.all()  # the zip has been taken over: the folder now changes nothing
    assert take_over(SAMPLE, by=None).changes == 0
    return 29


def test_other_roles_are_reported_and_not_lost(folder: Path) -> None:
    edit(folder, "roles.csv", "114006,110002,professor", "114006,110002,principal")
    problems = Problems()
    read(folder, problems)
    assert any("is “principal”" in problem.what and problem.row for problem in problems.kept)


@pytest.mark.parametrize(
    ("name", "before", "after", "what"),
    [
        ("roles.csv", "114001,110003", "999999,110003", "There is no “999999” in users.csv."),
        ("roles.csv", "114001,110003", "114001,777", "There is no “777” in orgs.csv."),
        ("relationships.csv", "114001,114002", "114001,4", "There is no “4” in users.csv."),
        ("enrollments.csv", "112002,114001", "112,114001", "There is no “112” in classes.csv."),
        ("orgs.csv", "school,110004", "school,5", "There is no “5” in this file."),
        ("users.csv", "114002,", "114001,", "The id 114001 stands in row"),
        ("users.csv", ",Jack,", ",,", "The name is missing."),
        ("users.csv", "familyName", "surname", "The column familyName is missing."),
    ],
)
def test_a_feed_that_points_to_nobody_stops(folder: Path, name: str, before: str, after: str, what: str) -> None:
    edit(folder, name, before, after)
    assert any(what in line for line in stopped(folder))


def test_a_missing_file_stops(folder: Path) -> None:
    (folder / "roles.csv").unlink()
    assert stopped(folder) == ["roles.csv: The file roles.csv is missing."]


def test_a_circle_of_organisations_ends(folder: Path) -> None:
    edit(folder, "orgs.csv", "ministryOfEducation,", "ministryOfEducation,110003")
    report = preview(folder)
    assert report.ok


def test_a_guardian_who_teaches_is_one_person_and_one_adult(folder: Path) -> None:
    with (folder / "relationships.csv").open("a", encoding="utf-8") as file:
        file.write("114004,114007,parent\n")
    assert take_over(folder, by=None).ok
    school = School.objects.get(name="School of TwoDotOne")
    with scope.only([school.pk], organisation=school.organisation_id):
        assert Adult.objects.get(name="Kristen Fein").person == Person.objects.get(name="Kristen Fein")
