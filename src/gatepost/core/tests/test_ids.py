"""Ids stand in the order in which they were made, and nobody guesses one."""

from __future__ import annotations

import time
from functools import reduce
from operator import or_
from uuid import RFC_4122, UUID

from gatepost.core.ids import id_of, new_id, new_ids


def test_ids_say_their_kind_and_their_moment() -> None:
    before = time.time_ns() // 1_000_000
    made = new_ids(500)
    after = time.time_ns() // 1_000_000

    assert {(each.version, each.variant) for each in made} == {(7, RFC_4122)}
    assert all(before <= each.int >> 80 <= after for each in made)
    assert made == sorted(made)
    assert len(set(made)) == 500


def test_all_other_bits_are_left_to_chance() -> None:
    """Of five hundred each bit is set in some and not in others: by mere chance once in 2 to the 499th."""
    made = [each.int for each in new_ids(500)]
    differ = reduce(or_, (one ^ made[0] for one in made))

    assert (differ & ((1 << 80) - 1)).bit_count() == 74


def test_later_ones_come_after() -> None:
    first = new_id()
    time.sleep(0.002)

    assert first < new_id()


def test_an_id_is_read_as_it_was_written() -> None:
    one = new_id()

    assert id_of(one.hex) == one == UUID(one.hex)
    assert id_of(None) is None
