"""Nothing that leaves the school lets a reader work out a small number."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.measure.suppression import MIN_CELL, Count, Sheet, Sum, published, suppress


def partition(*values: int) -> Sheet:
    parts = tuple(Count(f"p{number}", value) for number, value in enumerate(values))
    return Sheet((Count("all", sum(values)), *parts), (Sum("all", tuple(part.name for part in parts)),))


def grid(rows: list[list[int]]) -> Sheet:
    counts, sums = [], []
    for r, row in enumerate(rows):
        counts += [Count(f"{r},{c}", value) for c, value in enumerate(row)]
        counts.append(Count(f"row {r}", sum(row)))
        sums.append(Sum(f"row {r}", tuple(f"{r},{c}" for c in range(len(row)))))
    for c in range(len(rows[0])):
        counts.append(Count(f"column {c}", sum(row[c] for row in rows)))
        sums.append(Sum(f"column {c}", tuple(f"{r},{c}" for r in range(len(rows)))))
    return Sheet(tuple(counts), tuple(sums))


def test_the_threshold_is_ten():
    assert MIN_CELL == 10


def test_nine_is_hidden_and_ten_is_shown():
    sheet = Sheet((Count("nine", 9), Count("ten", 10), Count("none", 0)))
    assert published(sheet) == {"nine": None, "ten": 10, "none": None}


def test_large_counts_stay_as_they_are():
    assert published(partition(12, 40, 200)) == {"all": 252, "p0": 12, "p1": 40, "p2": 200}


def test_a_lone_small_count_takes_the_smallest_other_with_it():
    assert published(partition(3, 30, 50)) == {"all": 83, "p0": None, "p1": None, "p2": 50}


def test_small_counts_whose_sum_is_small_take_another_with_them():
    assert published(partition(3, 4, 50, 60)) == {"all": 117, "p0": None, "p1": None, "p2": None, "p3": 60}


def test_one_who_did_not_come_is_hidden_with_those_who_did():
    assert published(partition(48, 2)) == {"all": 50, "p0": None, "p1": None}


def test_a_part_that_is_the_whole_hides_the_whole():
    assert published(partition(7)) == {"all": None, "p0": None}


def test_sums_that_are_wrong_are_refused():
    with pytest.raises(ValueError, match="not the sum"):
        suppress(Sheet((Count("all", 5), Count("a", 4)), (Sum("all", ("a",)),)))


def could_be(sheet: Sheet, shown: dict[str, int | None]) -> dict[str, set[int]]:
    """By brute force: every number that each hidden part could be, for somebody who sees the rest."""
    totals = {each.total for each in sheet.sums}
    parts = [count.name for count in sheet.counts if count.name not in totals]
    most = max(count.value for count in sheet.counts)
    choices = [[value] if (value := shown[name]) is not None else range(most + 2) for name in parts]
    found: dict[str, set[int]] = {name: set() for name in parts}
    for values in product(*choices):
        guess = dict(zip(parts, values, strict=True))
        if all(shown[each.total] in (None, sum(guess[part] for part in each.parts)) for each in sheet.sums):
            for name, value in guess.items():
                found[name].add(value)
    return found


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_no_hidden_part_of_a_whole_can_be_computed(values: list[int]):
    sheet = partition(*values)
    shown = published(sheet, least=3)
    for name, numbers in could_be(sheet, shown).items():
        assert shown[name] is not None or len(numbers) > 1, (values, shown)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2))
def test_no_hidden_cell_of_a_grid_can_be_computed(rows: list[list[int]]):
    sheet = grid(rows)
    shown = published(sheet, least=2)
    for name, numbers in could_be(sheet, shown).items():
        assert shown[name] is not None or len(numbers) > 1, (rows, shown)


@given(st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_is_shown_is_true_and_never_small(rows: list[list[int]]):
    sheet = grid(rows)
    shown = published(sheet)
    for count in sheet.counts:
        assert shown[count.name] in (None, count.value)
        assert (shown[count.name] or MIN_CELL) >= MIN_CELL


@given(st.lists(st.integers(0, 80), min_size=1, max_size=8))
def test_what_can_be_subtracted_is_never_small(values: list[int]):
    shown = published(partition(*values))
    if shown["all"] is not None:
        rest = shown["all"] - sum(shown[f"p{n}"] or 0 for n in range(len(values)))
        assert rest == 0 or rest >= MIN_CELL
