"""Whatever a feed does – drops columns, shifts rows, swaps families – some things stand (`trust.md` I12)."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from gatepost.core import clock, scope
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.exchange.roster.services import take_over
from gatepost.exchange.tests.sheets import SAMPLE, Sheet, sample, save
from gatepost.know.models import Adult, Care, Child, Order
from gatepost.know.services import record_order, settle
from gatepost.org.actor import NOBODY
from gatepost.org.models import Person, School

pytestmark = pytest.mark.django_db

PARTS = ("id", "name", "relationship", "responsibility", "lives_with", "email", "mobile")


def drop_columns(sheet: Sheet, random: Random) -> None:
    gone = random.sample([name for name in sheet[0] if name not in {"pupil_id", "name", "class"}], 8)
    for row in sheet:
        row.update({name: "" for name in gone})


def shift_rows(sheet: Sheet, random: Random) -> None:
    """Contacts slip down by one row, as when one column is sorted and the others are not."""
    columns = [name for name in sheet[0] if name.startswith("contact")]
    values = [[row[name] for name in columns] for row in sheet]
    for row, cells in zip(sheet, values[1:] + values[:1], strict=True):
        row.update(dict(zip(columns, cells, strict=True)))


def swap_families(sheet: Sheet, random: Random) -> None:
    one, other = random.sample(range(len(sheet)), 2)
    for part in PARTS:
        name = f"contact1_{part}"
        sheet[one][name], sheet[other][name] = sheet[other][name], sheet[one][name]


def lose_rows(sheet: Sheet, random: Random) -> None:
    del sheet[random.randrange(1, len(sheet)) :]


def scramble(sheet: Sheet, random: Random) -> None:
    for _ in range(20):
        row, name = random.choice(sheet), random.choice(list(sheet[0]))
        row[name] = random.choice(sheet)[name]


@pytest.fixture
def school() -> School:
    """The sample's school, with one order and one bond that the office has settled."""
    assert take_over(SAMPLE, school="Elm Park", by=None).ok
    school = School.objects.get()
    head = Person.objects.create_user("bell@elmpark.example.org", name="Mrs Bell")
    with scope.only([school.pk], organisation=school.organisation_id):
        mark, ella = Adult.objects.get(name="Mark Pell"), Child.objects.get(name="Ella Pell")
        everything = frozenset({Bar.EVERYTHING})
        record_order(mark, child=ella, bars=everything, seen_by=head, from_on=clock.today(), by=None)
        settled = Care.objects.get(adult__name="Emma Field")
        settle(settled, standing=Standing.CARER, responsibility=Tri.NO, lives_with=Tri.YES, by=NOBODY)
    return school


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "damage", [drop_columns, shift_rows, swap_families, lose_rows, scramble], ids=lambda f: f.__name__
)
def test_what_stands_whatever_comes(school: School, tmp_path: Path, damage: object, seed: int) -> None:
    sheet = sample()
    damage(sheet, Random(seed))
    report = take_over(save(sheet, tmp_path / "damaged.csv"), allow_many=True, by=None)
    with scope.only([school.pk], organisation=school.organisation_id):
        order = Order.objects.get()
        assert (order.bars, order.lifted_by, order.until_on) == (["everything"], None, None)
        assert (order.adult.name, order.child.name) == ("Mark Pell", "Ella Pell") or report.changes
        settled = Care.objects.get(from_source=False)
        assert (settled.standing, settled.responsibility, settled.lives_with) == ("carer", "no", "yes")
        assert settled.ended_on is None
        assert Adult.objects.count() >= 10  # nobody was made one with somebody else, and nobody was deleted
        assert Care.objects.count() >= 11
        again = take_over(tmp_path / "damaged.csv", allow_many=True, by=None)
        assert again.changes == 0 or not again.ok
    assert take_over(SAMPLE, allow_many=True, by=None).ok
