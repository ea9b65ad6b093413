"""The demonstration school: always the same, built by the same road as any other, never beside a real one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from gatepost.core import scope
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.exchange.demo import cast
from gatepost.exchange.demo.build import ROSTER, build_demo
from gatepost.exchange.demo.roster import write_roster
from gatepost.exchange.roster.services import preview
from gatepost.know.models import Adult, Care, Child, ContactPoint, Group, Order
from gatepost.org.models import Organisation, Person, School, Staff

pytestmark = pytest.mark.django_db


def test_the_demo_school_has_the_size_that_the_readme_says(tmp_path: Path) -> None:
    school = build_demo(tmp_path)
    with scope.only([school.pk], organisation=school.organisation_id):
        assert (Child.objects.count(), Group.objects.count()) == (420, 14)
        assert 640 <= Adult.objects.count() <= 760
        assert all(group.children.count() == 30 for group in Group.objects.all())
        assert Child.objects.filter(groups__name="Kingfishers", name__in=cast.CHILDREN.values()).count() == 12
        assert {point.value for point in ContactPoint.objects.filter(shared=True)} == {cast.ONE_PHONE}
        assert {tuple(order.bars) for order in Order.objects.all()} == {(Bar.EVERYTHING,), (Bar.CONTACT_WITH_ADULT,)}
        for row in cast.CARES:
            care = Care.objects.get(adult__source_key__endswith=f":C-{row.adult}", child__name=cast.CHILDREN[row.child])
            assert (care.responsibility, care.lives_with) == (row.responsibility, row.lives_with)
        waiting = Care.objects.filter(adult__name__in=["Emma Field", "Terry Dunn"]).order_by("adult__name")
        assert [care.standing for care in waiting] == [Standing.EMERGENCY_ONLY, Standing.UNKNOWN]
        assert Adult.objects.get(person__isnull=False).name == "Pat Rowe"
        assert Care.objects.get(adult__name="Una Doyle").responsibility == Tri.UNKNOWN
    assert Staff.objects.filter(role="teacher").count() == 14
    assert not any(person.has_usable_password() for person in Person.objects.all())


def test_only_numbers_and_addresses_that_reach_nobody(tmp_path: Path) -> None:
    school = build_demo(tmp_path)
    with scope.only([school.pk], organisation=school.organisation_id):
        for point in ContactPoint.objects.all():
            assert point.value.startswith("+447700900") or point.value.endswith("@example.org")
    assert all(person.email.endswith(".example.org") for person in Person.objects.all())


def test_it_is_always_the_same(tmp_path: Path) -> None:
    write_roster(tmp_path / "one.csv")
    write_roster(tmp_path / "two.csv")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_building_twice_builds_once_and_its_roster_says_nothing_new(tmp_path: Path) -> None:
    school = build_demo(tmp_path)
    assert build_demo(tmp_path) == school
    report = preview(tmp_path / ROSTER)
    assert (report.changes, report.problems.kept) == (0, [])


def test_it_never_stands_beside_a_real_school(tmp_path: Path) -> None:
    School.objects.create(name="A real school", organisation=Organisation.objects.create(name="A real school"))
    with pytest.raises(Refused, match="which is not the demonstration school"):
        build_demo(tmp_path)
    assert not (tmp_path / ROSTER).exists()


def test_the_command_prepares_and_says_who_can_be_played(tmp_path: Path) -> None:
    said = io.StringIO()
    with override_settings(GATEPOST_DEMO=True, GATEPOST_DATA=tmp_path):
        call_command("demo", prepare_only=True, port=8123, stdout=said)
    assert "http://127.0.0.1:8123/demo/people/" in said.getvalue()
    assert "420 children in 14 classes" in said.getvalue()


def test_the_command_refuses_in_plain_words(tmp_path: Path) -> None:
    School.objects.create(name="A real school", organisation=Organisation.objects.create(name="A real school"))
    with (
        override_settings(GATEPOST_DEMO=True, GATEPOST_DATA=tmp_path),
        pytest.raises(CommandError, match="GATEPOST_DATA"),
    ):
        call_command("demo", prepare_only=True)
