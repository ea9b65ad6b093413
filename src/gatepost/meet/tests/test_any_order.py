"""Whatever families and staff press, in whatever order and from however old a page: the promises of `meet` hold.

And where one of them is broken on purpose, a few presses at random show it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from gatepost.meet import queries
from gatepost.meet.models import Event
from gatepost.meet.services import booking, coming_along, eligibility, holding, interpreting, together
from gatepost.meet.services.interpreting import along
from gatepost.meet.tests.any_order import WHO, Evening
from gatepost.testing import Cast

EXAMPLES = 3  # in the suite: each takes a few seconds


def test_the_promises_hold_in_any_order(cast: Cast) -> None:
    Evening.cast = cast
    run_state_machine_as_test(
        Evening,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # an act takes a while: what was found is not made shorter
            suppress_health_check=list(HealthCheck),
        ),
    )


# ── what is broken on purpose ────────────────────────────────────────────────────────────────────

ACTS: dict[str, dict[str, tuple[Any, ...]]] = {
    "look": {"who": WHO, "window": (0, 1), "shared": (True, False)},
    "choose": {"who": WHO, "at": (0, 1, 2, 3, 4, 5), "window": (0, 1), "speaks": (True, False)},
    "bring": {"at": (0, 1, 2, 3, 4, 5), "along": (True, True, False)},
    "come_along": {"comes": (True, True, False)},
    "come": {"who": WHO, "window": (0, 1)},
    "wait": {"who": WHO, "stays": (True, True, False)},
    "change": {
        "who": WHO,
        "window": (0, 1),
        "shared": (True, False),
        "act": ("back", "undo", "wish", "no", "withdraw"),
    },
    "find": {"who": WHO, "shared": (True, False), "which": (0, 1)},
    "invite": {"some": (True, True, False), "without": WHO},
    "remind": {},
}
AMINA, DAWN = {"who": ("amina",)}, {"who": ("dawn",)}
IN_CLASS = {"who": ("amina", "dawn"), "shared": (True,), "act": ("back", "no"), "stays": (True,)}
HINA_BACK = {"who": ("hina",), "shared": (False,), "act": ("back",), "along": (True,)}
MOST = 20  # acts until it must be found


def _nothing(*_: Any, **__: Any) -> None:
    """Leave it out."""


def _left_out(where: Any, name: str) -> Callable[[], AbstractContextManager[Any]]:
    return partial(mock.patch.object, where, name, _nothing)


def _instead(where: Any, name: str, answer: object) -> Callable[[], AbstractContextManager[Any]]:
    return partial(mock.patch.object, where, name, lambda *_, **__: answer)


def _any_page(invitation: Any, seen: int | None = None) -> None:
    """Nobody looks how old a page is."""


type Plant = Callable[[], AbstractContextManager[Any]]

PLANTS: dict[str, tuple[Plant, str, dict[str, tuple[Any, ...]], int]] = {  # who presses what; a seed that finds it soon
    "a time that was given back stays taken": (_left_out(booking, "_free"), "choose change", AMINA, 6),
    "what was kept for it stays kept": (_left_out(holding, "let_go"), "choose change", AMINA, 6),
    "it is reminded of": (_left_out(booking, "forget"), "choose remind change", AMINA, 5),
    "its interpreter comes": (_left_out(interpreting, "release"), "choose change", AMINA, 1),
    "the interpreter does not move with it": (_left_out(along, "_move"), "choose", AMINA, 1),
    "a second time is lost": (_left_out(along, "give_next_back"), "choose change", {"who": ("ruth",)}, 1),
    "nobody's own time is kept": (_left_out(booking, "_hold_adult"), "choose", DAWN, 1),
    "nobody is told": (_left_out(booking, "_tell_booked"), "choose", DAWN, 1),
    "nobody gets what becomes free": (_instead(booking, "promote", []), "come wait change", IN_CLASS, 7),
    "whoever has a place waits for it": (_instead(booking, "end_waiting", False), "come wait change", IN_CLASS, 7),
    "an old page acts": (partial(mock.patch.object, booking, "one_at_a_time", _any_page), "look choose", DAWN, 3),
    "who lives apart meets": (_instead(queries, "too_close", []), "choose", {"who": ("jo", "mark")}, 1),
    "who comes along is not kept free": (_left_out(coming_along, "_hold"), "bring come_along", {}, 1),
    "who was asked along thinks it stands": (_left_out(together, "release"), "bring change", HINA_BACK, 1),
    "anybody may come": (_instead(Event, "is_for", True), "invite come", {"who": ("amina", "dawn")}, 2),
    "who is not asked is asked": (_left_out(eligibility, "forget"), "invite", {}, 2),
}


def found_after(cast: Cast, plant: Plant, acts: str, only: dict[str, tuple[Any, ...]], seed: int) -> int | None:
    """After how many presses it shows; None: it does not."""
    Evening.cast = cast
    dice, evening = random.Random(seed), Evening()
    try:
        with plant():
            for number in range(1, MOST + 1):
                act = dice.choice(acts.split())
                args = {name: dice.choice(only.get(name, values)) for name, values in ACTS[act].items()}
                try:
                    getattr(evening, act)(**args)
                    evening.every_promise_holds()
                except AssertionError:
                    return number
    finally:
        evening.teardown()
    return None


@pytest.mark.once
@pytest.mark.parametrize("plant", PLANTS)
def test_what_is_broken_on_purpose_is_found(plant: str, cast: Cast) -> None:
    assert found_after(cast, *PLANTS[plant])
