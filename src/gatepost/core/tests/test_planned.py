"""What PostgreSQL has planned once it answers for everybody, after any mistake, and on any connection."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from gatepost.core import bulk, limits, rowsecurity, scope
from gatepost.core.readings import changed_once, worded_once
from gatepost.know.models import Child, Group
from gatepost.testing import Cast

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's driver keeps statements by itself")


@worded_once
def named_of(child: UUID, year: str) -> QuerySet[Child, Any]:
    """A name with a sign that means something else where values are filled in."""
    wanted = Child.objects.filter(pk=child, called__contains="a").exclude(called="50%s")
    return wanted.filter(year=year).order_by("called").values_list("called", flat=True)


@changed_once
def _call(child: UUID, name: str) -> tuple[QuerySet[Child], dict[str, Any]]:
    return Child.objects.filter(pk=child), {"called": name}


def kept() -> int:
    """How many plans this connection keeps."""
    return len(connection.connection.__dict__.get("planned", {}))


def test_a_plan_is_made_once_and_answers_each_with_their_own(cast: Cast) -> None:
    assert named_of(cast.zara.pk, cast.zara.year) == [cast.zara.called]
    before = kept()
    assert named_of(cast.ayan.pk, cast.ayan.year) == [cast.ayan.called]
    assert named_of(cast.ayan.pk, "no such year") == named_of(cast.stranger_child.pk, cast.stranger_child.year) == []
    assert kept() == before
    with scope.only([cast.other_school.pk], organisation=cast.other_organisation.pk):
        assert named_of(cast.ayan.pk, cast.ayan.year) == []


def test_the_database_itself_guards_what_it_has_planned(cast: Cast) -> None:
    """The plan of one school's page, asked for by another with the first one's ids, as by a mistake of ours."""
    named_of(cast.ayan.pk, cast.ayan.year)
    ((statement, call),) = [each for each in connection.connection.__dict__["planned"].items() if "50%s" in each[0]]
    assert statement.index("school_id") < statement.index("$1") < statement.index("$2") < statement.index("$3")
    for school, organisation, found in (
        (cast.school.pk, cast.organisation.pk, 1),
        (cast.other_school.pk, cast.other_organisation.pk, 0),
    ):
        with scope.only([school], organisation=organisation), connection.cursor() as cursor:
            cursor.execute(call, [cast.school.pk, cast.ayan.pk, cast.ayan.year])
            assert len(cursor.fetchall()) == found


def test_a_mistake_that_is_rolled_back_costs_no_plan(cast: Cast) -> None:
    named_of(cast.zara.pk, cast.zara.year)
    with pytest.raises(DatabaseError), transaction.atomic():
        _call(cast.zara.pk, "Zee")
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing_of_the_kind")
    made = kept()
    assert _call(cast.zara.pk, "Zara B") == 1
    assert kept() == made
    assert named_of(cast.zara.pk, cast.zara.year) == ["Zara B"]


def test_rows_are_written_by_one_plan(cast: Cast) -> None:
    before = kept()
    for number in range(3):
        bulk.insert(Group, [Group(school=cast.school, name=f"{number}.{each} %s") for each in range(number + 1)])
    assert kept() <= before + 1
    assert Group.objects.filter(name__endswith=" %s").count() == 6
    budget = limits.Budget("presses", 2, 60)
    assert [limits.spend(budget, "us") is None for _ in range(3)] == [True, True, False]


def test_whether_the_database_is_there_is_asked_with_what_it_must_be_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    tell = rowsecurity.tell

    def counted(asked: Any) -> None:
        told.append(scope.as_settings())
        tell(asked)

    monkeypatch.setattr(rowsecurity, "tell", counted)
    rowsecurity.new_page()
    assert connection.is_usable()
    assert Child.objects.count() > 5
    assert told == [scope.as_settings()]
