"""A sample of the self test of the gate: the second reading agrees, shares nothing, and finds a mistake."""

from __future__ import annotations

import ast
from pathlib import Path
from random import Random

from gatepost.disclosure.table import TABLE
from gatepost.selftest import Wanted, disclosure, disclosure_oracle

SAMPLE = 3_000


def test_the_gate_answers_as_its_second_reading_does() -> None:
    found = disclosure.run(Wanted(seed=20270204, count=SAMPLE))
    assert (found.count, found.failures, found.example) == (SAMPLE, 0, "")


def test_a_mistake_is_found() -> None:
    found = disclosure.run(Wanted(seed=1, count=200, plant="orders end by themselves"))
    assert found.failures > 10 and "deny by ['order" in found.example


def test_a_case_is_drawn_again_by_its_number() -> None:
    said: list[str] = []
    whole = disclosure.run(Wanted(seed=3, count=60, plant="x"))
    rest = disclosure.run(Wanted(seed=3, start=30, count=30, plant="x", say=said.append))
    assert whole.failures > rest.failures > 0 and not said


def test_it_says_how_far_it_is() -> None:
    said: list[str] = []
    disclosure.run(Wanted(seed=3, start=99_999, count=1, say=said.append))
    assert said == ["100000 cases, 0 differ"]


def test_the_second_reading_shares_nothing_with_the_gate() -> None:
    tree = ast.parse(Path(disclosure_oracle.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names == {"__future__", "typing"}


def test_every_rule_is_drawn_and_every_betraying_rule_is_known_to_both() -> None:
    answers = [disclosure_oracle.every_reason(disclosure.draw(Random(f"7:{number}"))) for number in range(SAMPLE)]
    drawn = {reason for reasons in answers for each in reasons.values() for reason in each} | {"no-rule"}
    assert drawn == {rule.name for rule in TABLE}
    assert {rule.name for rule in TABLE if rule.betrays} == disclosure_oracle.BETRAYING
