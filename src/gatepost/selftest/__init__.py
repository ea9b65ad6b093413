"""The product tests itself: promises about people's safety that anybody can have checked again, and get a figure.

`gatepost selftest NAME` builds a made-up school in a database of its own, tries to break one promise many times, and
prints one line of JSON. The figures in our reports come from here; whoever looks after a school can repeat them.

A self test is a module of this package with a docstring, a `COUNT` (what it tries when nobody says how often) and
`run(wanted: Wanted) -> Outcome`. A new one is one line in `SELFTESTS`.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

SELFTESTS: dict[str, str] = {
    "audit": "gatepost.selftest.audit",
    "barrier": "gatepost.selftest.barrier",
    "booking": "gatepost.selftest.booking",
    "disclosure": "gatepost.selftest.disclosure",
    "fairness": "gatepost.selftest.fairness",
    "killsend": "gatepost.selftest.killsend",
    "matrix": "gatepost.selftest.matrix",
}
"""Every self test by its name on the command line, and the module that holds it."""


def _silent(words: str) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asked a self test to try."""

    seed: int
    count: int
    start: int = 0  # take up a run at this number: the tries before it are not repeated
    plant: str = ""  # break this on purpose, to see that the test finds it
    gateway: str = ""  # the address of a text gateway that texts go through, in place of ours
    network: str = ""  # the file in which the mobile network behind it notes what its telephones get
    restart: str = ""  # the command that stops the database and starts it again, to be run under load
    say: Callable[[str], None] = _silent  # how far we are, for people who wait


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of it."""

    count: int  # how often we tried
    failures: int
    example: str = ""  # the first failure, in words that lead to it
    figures: dict[str, Any] = field(default_factory=dict)  # whatever else is worth a number

    def __post_init__(self) -> None:
        """A test that tried nothing has shown nothing."""
        if not self.count:
            raise ValueError("nothing was tried")


def default_count(name: str) -> int:
    """How often a self test tries when nobody says."""
    return int(import_module(SELFTESTS[name]).COUNT)


def run(name: str, **wanted: Any) -> dict[str, Any]:
    """Run one self test in the database that is open now, and say what came of it in plain values."""
    module = import_module(SELFTESTS[name])
    asked = Wanted(**{"seed": secrets.randbelow(2**32), "count": module.COUNT} | wanted)
    begun = time.monotonic()
    outcome: Outcome = module.run(asked)
    return {
        "selftest": name,
        "count": outcome.count,
        "failures": outcome.failures,
        "seed": asked.seed,
        "seconds": round(time.monotonic() - begun, 1),
        "example": outcome.example,
        **outcome.figures,
    }


__all__ = ["SELFTESTS", "Outcome", "Wanted", "default_count", "run"]
