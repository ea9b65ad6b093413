"""Whatever becomes of one, the others have their turn; and nobody overlooks that it failed."""

from __future__ import annotations

import pytest

from gatepost.core.each import do_each


def test_one_that_fails_takes_no_turn_from_the_others() -> None:
    done: list[int] = []

    def deed(number: int) -> None:
        if number % 2:
            raise ValueError(number)
        done.append(number)

    with pytest.raises(ExceptionGroup) as found:
        do_each(range(5), deed)
    assert done == [0, 2, 4] and [str(each) for each in found.value.exceptions] == ["1", "3"]


def test_what_came_of_each_comes_back_in_order() -> None:
    assert do_each("abc", str.upper) == ["A", "B", "C"]
