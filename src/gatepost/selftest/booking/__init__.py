"""Everybody presses at once: no time, nobody and no room is given twice, and whatever is promised is written down.

Four processes book, move, wish, give back, take back, decline and withdraw through the services of `meet`, at few
and much wanted times. Afterwards `oracle.py` reads the rows and counts by its own arithmetic.
"""

from __future__ import annotations

import json
import os
import random
import shlex
import subprocess
import time
import traceback
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from django.db import InterfaceError, OperationalError, connection

from gatepost.core import audit, whole
from gatepost.selftest import Outcome, Wanted
from gatepost.selftest.booking.acts import ACTS, PLANTS, Unlucky
from gatepost.selftest.booking.oracle import wrong_in
from gatepost.selftest.booking.world import World, at, make
from gatepost.selftest.stage import shared_by_processes

COUNT = 20_000
PROCESSES = 4
RESTARTS = 3  # in one run, spread over it
PATIENCE = 60.0  # seconds that a database may be away


def run(wanted: Wanted) -> Outcome:
    """Let them press, and hold the rows against the promises."""
    with TemporaryDirectory(prefix="gatepost-booking-") as folder, shared_by_processes(Path(folder)):
        world = make()
        connection.close()  # no process inherits a connection
        told = [Path(folder) / f"told-{number}" for number in range(PROCESSES)]
        running = [_fork(world, wanted, number, file) for number, file in enumerate(told)]
        restarts = _watch(running, wanted, told)
        seen = _added_up(told)
        with at(world):
            wrong = wrong_in(world.event_ids())
            broken = audit.first_bad_line(world.school.pk)
        wrong += [f"the audit trail is broken at line {broken}"] if broken else []
        wrong += [f"a process ended early: {seen['tried']} of {wanted.count}"] if seen["tried"] < wanted.count else []
        wrong += shown_to_people(seen)
    figures = {name: often for name, often in sorted(seen.items()) if name != "tried"}
    return Outcome(
        count=seen["tried"],
        failures=len(wrong),
        example="; ".join(wrong[:3]),
        figures={"database": connection.vendor, "restarts": restarts, "came": figures},
    )


def shown_to_people(seen: Counter[str]) -> list[str]:
    """What a person saw of locks, or of a database that was away for too long: that is wrong, too."""
    return [f"shown to a person: {name} ({often} times)" for name, often in sorted(seen.items()) if ": ! " in name]


def _fork(world: World, wanted: Wanted, number: int, told: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        share = len(range(number, wanted.count, PROCESSES))
        with at(world), PLANTS[wanted.plant]():
            _press(world, random.Random(f"{wanted.seed}:{number}"), share, told)
        code = 0
    finally:
        if code:
            traceback.print_exc()  # the parent finds that this one ended early; here stands why
        os._exit(code)  # nothing of the parent's is tidied away by its child


def _press(world: World, dice: random.Random, share: int, told: Path) -> None:
    """One process: act after act, as a family would; what came of it is written down now and then."""
    seen: Counter[str] = Counter()
    names, weights = list(ACTS), [each.often for each in ACTS.values()]

    def wait(tried: int) -> None:
        seen[f"again {tried}"] += 1
        pause(tried)

    pause = whole.wait
    with mock.patch.object(whole, "wait", wait):
        for done in range(1, share + 1):
            (name,) = dice.choices(names, weights)
            seen[f"{name}: {_once(world, dice, name)}"] += 1
            seen["tried"] += 1
            if done % 50 == 0 or done == share:
                told.with_suffix(".new").write_text(json.dumps(seen))
                told.with_suffix(".new").rename(told)


def _once(world: World, dice: random.Random, name: str) -> str:
    """What came of it. Where the database is away, a page says so and the person tries again."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            ACTS[name].do(world, dice)
        except Unlucky:
            return "refused"
        except (OperationalError, InterfaceError) as problem:
            if has_locked(problem):
                return f"! {problem}"
            if time.monotonic() > until:
                return "! away for too long"
            connection.close()
            time.sleep(0.2)
        else:
            return "done"


def has_locked(problem: Exception) -> bool:
    """Whether a person would have seen an error of locking, and not that the database is away."""
    words = str(problem).lower()
    return any(word in words for word in ("locked", "deadlock", "serialize"))


def _watch(running: list[int], wanted: Wanted, told: list[Path]) -> int:
    """Say how far they are, and stop and start the database where that was asked for."""
    left, restarts = set(running), 0
    while left:
        time.sleep(0.1)
        left -= {pid for pid in left if os.waitpid(pid, os.WNOHANG)[0]}
        tried = _added_up(told)["tried"]
        if left and wanted.restart and restarts < RESTARTS and tried * (RESTARTS + 1) >= wanted.count * (restarts + 1):
            restarts += 1
            subprocess.run(shlex.split(wanted.restart), check=True)  # whoever runs the test named it
            wanted.say(f"{tried} tried, the database was restarted")
    return restarts


def _added_up(told: list[Path]) -> Counter[str]:
    seen: Counter[str] = Counter()
    for file in told:
        seen.update(json.loads(file.read_text()) if file.exists() else {})
    return seen
