"""The command says in one line of JSON what came of a self test, and ends with 1 where something was found."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from importlib import import_module
from io import StringIO
from types import ModuleType

import pytest
from django.core.management import call_command

from gatepost import selftest
from gatepost.config.management.commands import selftest as command
from gatepost.selftest import SELFTESTS, Outcome, Wanted


@pytest.fixture
def promise(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A self test that finds something when it is told to, on the stage that the tests stand on already."""
    module = ModuleType("gatepost.selftest.promise")

    def run(wanted: Wanted) -> Outcome:
        return Outcome(count=wanted.count, failures=int(wanted.plant == "leak"), figures={"drawn": wanted.seed})

    module.COUNT, module.run = 7, run
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(SELFTESTS, "promise", module.__name__)
    monkeypatch.setattr(command, "stage", nullcontext)
    return module


def said(*words: str) -> dict[str, object]:
    out = StringIO()
    call_command("selftest", *words, stdout=out)
    assert out.getvalue().count("\n") == 1
    return json.loads(out.getvalue())


@pytest.mark.parametrize("name", sorted(SELFTESTS))
def test_each_self_test_says_what_it_is_for_and_how_much_it_tries(name: str) -> None:
    module = import_module(SELFTESTS[name])
    assert module.__doc__ and module.run.__doc__ and selftest.default_count(name) > 0


def test_it_prints_one_line_with_its_figures(promise: ModuleType) -> None:
    line = said("promise", "--seed", "5")
    assert line.pop("seconds") >= 0
    assert line == {"selftest": "promise", "count": 7, "failures": 0, "seed": 5, "example": "", "drawn": 5}


def test_it_ends_with_one_where_it_found_something(promise: ModuleType) -> None:
    with pytest.raises(SystemExit) as ended:
        said("promise", "--plant", "leak")
    assert ended.value.code == 1


def test_a_seed_is_chosen_and_said(promise: ModuleType) -> None:
    assert isinstance(said("promise", "--count", "2")["seed"], int)


def test_whoever_tries_nothing_has_shown_nothing(promise: ModuleType) -> None:
    with pytest.raises(ValueError, match="nothing was tried"):
        said("promise", "--count", "0")
