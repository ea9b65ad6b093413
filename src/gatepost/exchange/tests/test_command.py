"""`gatepost import`: a rehearsal unless it is told otherwise; words for people, JSON for programs."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from gatepost.disclosure import Standing, Tri
from gatepost.exchange.roster import own_csv, relationships
from gatepost.exchange.roster.relationships import standing_of
from gatepost.exchange.tests.sheets import SAMPLE, changed
from gatepost.org.models import School

PAGE = settings.PACKAGE.parents[1] / "docs" / "reference" / "roster-csv.md"


def said(*words: str) -> str:
    out = io.StringIO()
    call_command("import", *words, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_it_rehearses_by_itself() -> None:
    assert "Add --apply to take the roster over." in said(str(SAMPLE), "--school", "Elm Park")
    assert "children: 6 new, 0 changed, 0 gone, 0 unchanged" in said(str(SAMPLE), "--school", "Elm Park", "--dry-run")
    assert not School.objects.exists()


@pytest.mark.django_db
def test_it_takes_over_when_told() -> None:
    assert "Done: " in said(str(SAMPLE), "--school", "Elm Park", "--apply")
    assert said(str(SAMPLE), "--apply").endswith("Done: nothing had changed.\n")


@pytest.mark.django_db
def test_json_is_one_report() -> None:
    report = json.loads(said(str(SAMPLE), "--school", "Elm Park", "--json"))
    assert (report["ok"], report["applied"], report["counts"]["children"]["new"]) == (True, False, 6)


@pytest.mark.django_db
def test_it_fails_in_plain_words(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda sheet: sheet[0].update(name=""))
    out = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was taken over"):
        call_command("import", str(path), "--school", "Elm Park", "--apply", stdout=out)
    assert "roster.csv, row 2, column name: The name is missing. Fill it in." in out.getvalue()


def test_every_column_is_documented() -> None:
    text = PAGE.read_text(encoding="utf-8")
    missing = [name for name in [*own_csv.PUPIL, *own_csv.contact_columns(1)] if f"`{name}`" not in text]
    assert missing == []


def test_every_word_for_a_relationship_is_documented() -> None:
    text = PAGE.read_text(encoding="utf-8").casefold()
    words = relationships.PARENT | relationships.CARER | relationships.CARER_AT_HOME | relationships.EMERGENCY_ONLY
    assert [word for word in sorted(words) if word not in text] == []


@pytest.mark.parametrize(
    ("words", "responsibility", "lives_with", "standing"),
    [
        ("Mother", Tri.UNKNOWN, Tri.UNKNOWN, Standing.PARENT),
        ("STEP-FATHER", Tri.UNKNOWN, Tri.YES, Standing.CARER),
        ("step father", Tri.UNKNOWN, Tri.NO, Standing.UNKNOWN),
        ("Guardian", Tri.UNKNOWN, Tri.UNKNOWN, Standing.CARER),
        ("relative", Tri.UNKNOWN, Tri.UNKNOWN, Standing.UNKNOWN),
        ("Emergency contact", Tri.NO, Tri.NO, Standing.EMERGENCY_ONLY),
        ("Emergency contact", Tri.YES, Tri.NO, Standing.CARER),  # has responsibility: told
        ("", Tri.UNKNOWN, Tri.YES, Standing.UNKNOWN),
        ("Dad (no contact!)", Tri.UNKNOWN, Tri.UNKNOWN, Standing.UNKNOWN),
    ],
)
def test_what_a_source_says_of_an_adult(words: str, responsibility: Tri, lives_with: Tri, standing: Standing) -> None:
    assert standing_of(words, responsibility=responsibility, lives_with=lives_with) is standing
