"""Runs every check and every test: `make test`, and its fast half: `make check`.

Two stages at a time, which is what two cores carry. What is missing on this machine is installed where
that may be done; what could not run is said plainly at the end, and is a failure where CI=true.
"""

import argparse
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from tools import machine, postgres
from tools.stages import BIN, Runner, Stage

LANES = 2
UNIT = ["src", "tests/test_architecture.py", "tests/test_documented.py", "tests/test_words.py"]
LONG = [f"--ignore=src/gatepost/selftest/tests/test_{name}.py" for name in ("killsend", "booking")]  # many processes
HERE_ALONE = "not browser and not oidc and not ical and not gateway"  # needs nothing but this environment
DATABASES = ("DATABASE_URL", "DATABASE_OWNER_URL")
PAGES = ["src/gatepost/design/tests", "tests/journeys/test_access.py"]
JOURNEYS = ["tests/journeys", "--deselect=tests/journeys/test_access.py"]
EMPTY, TABLES = "EMPTY_DATABASE", "gatepost.sqlite3"  # tells stories where to find tables that are made already
ON_SQLITE, ON_POSTGRES = "all migrations on SQLite", "all migrations on PostgreSQL"


def main() -> None:
    """Run what was asked for, tell how it went, and say so in the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true", help="lint, types, contracts and the tests on SQLite")
    fast = parser.parse_args().fast
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the shell that began this ignored it
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGHUP, _end)
    began = time.monotonic()
    try:
        with TemporaryDirectory(prefix="gatepost-test-") as folder:
            runner = Runner(Path(folder))
            stages = _run_fast(runner) if fast else _run_all(runner)
    except (KeyboardInterrupt, SystemExit):
        print("Stopped.", file=sys.stderr)
        sys.exit(130)
    sys.exit(_sum_up(stages, time.monotonic() - began))


def _run_fast(runner: Runner) -> list[Stage]:
    """The fast half: what needs nothing but the environment. Stories and sweeps of pages wait for the whole run."""
    read, types, tables = _lint(), _types(), _tables()
    marker = f"{HERE_ALONE} and not page"
    plain = _tests("unit tests without a database", f"{marker} and not rows", UNIT)
    rows = _tests("unit tests on SQLite", f"{marker} and rows", ["-n", str(LANES), *UNIT, *LONG])
    rows.environment[EMPTY] = str(runner.data_of(tables) / TABLES)
    _side_by_side(runner, [lambda: _each(runner, [types, *read, plain]), lambda: _each(runner, [tables, rows])])
    return [*read, types, tables, plain, rows]


def _run_all(runner: Runner) -> list[Stage]:
    """Everything, in two lanes."""
    with ExitStack() as held:
        return Whole(runner, held).run()


class Whole:
    """The whole run. What needs the packager waits for it; whichever lane is free takes what is left."""

    def __init__(self, runner: Runner, held: ExitStack) -> None:
        """All stages, none of which has run. `held` puts away at the end what they needed."""
        self.runner, self.held = runner, held
        self.read, self.types, self.tables = _lint(), _types(), _tables()
        self.copied = _tables(ON_POSTGRES)
        self.sqlite = _tests("tests on SQLite", HERE_ALONE, [])
        self.server = _tests("tests on PostgreSQL", f"{HERE_ALONE} and not once", [])
        self.pages = _browser("pages in the browser", PAGES)
        self.journeys = _browser("journeys in the browser", JOURNEYS)
        self.sign_on = _tests("single sign-on against a provider", "oidc", ["tests/oidc"])
        self.calendars = _tests("calendar files in ical.js", "ical", ["tests/calendar"])
        self.texts = _tests("texts through Kannel", "gateway", ["tests/gateway"])
        self.left = deque([self.journeys, self.pages, self.texts, self.sign_on, self.calendars, self.types])

    def run(self) -> list[Stage]:
        """Run it; return how each stage went."""
        packager = ThreadPoolExecutor(1)
        self.held.callback(packager.shutdown, wait=False, cancel_futures=True)
        self.obtained = packager.submit(self._obtain)
        _side_by_side(self.runner, [self._on_sqlite, self._on_postgres])
        said = self.obtained.result()
        if said and (self.server.missing or self.pages.missing or self.texts.missing):
            print(f"The packager said: {said}")
        tests = [self.sqlite, self.server, self.pages, self.journeys, self.texts, self.sign_on, self.calendars]
        copied = [self.copied] if self.server.environment else []
        return [*self.read, self.types, self.tables, *copied, *tests]

    def _obtain(self) -> str:
        """Have everything that can be had, and know why the rest cannot; return what the packager said."""
        needs = [machine.POSTGRES, machine.CHROMIUM, machine.FONTS, machine.PANGO, machine.HARFBUZZ]
        others = [machine.KANNEL, machine.APY, machine.ENG_SPA]  # the machines that our words go through
        needs += others
        said = machine.obtain(needs[1:] if os.environ.get("DATABASE_URL") else needs)
        self.server.missing = _prepare_database(self.server, self.held)
        missing = "; ".join(machine.why_not(need) for need in needs[1:3] if not need.find())
        self.pages.missing = self.journeys.missing = missing
        self.texts.missing = "; ".join(machine.why_not(need) for need in others if not need.find())
        self.sign_on.missing = machine.obtain_from_npm("oidc", "oidc-provider")
        self.calendars.missing = machine.obtain_from_npm("calendar", "ical.js")
        return said

    def _on_sqlite(self) -> None:
        self.runner.run(self.tables)
        for stage in (self.sqlite, self.pages, self.journeys, self.texts):
            stage.environment[EMPTY] = str(self.runner.data_of(self.tables) / TABLES)
        self.runner.run(self.sqlite)
        self._what_is_left()

    def _on_postgres(self) -> None:
        _each(self.runner, self.read)
        self.obtained.result()
        if ours := self.server.environment:  # a server that was given to us keeps its databases as they are
            self.copied.environment |= ours
            self.runner.run(self.copied)
            ours[EMPTY] = postgres.DATABASE
        self.runner.run(self.server)
        self._what_is_left()

    def _what_is_left(self) -> None:
        self.obtained.result()
        with suppress(IndexError):
            while True:
                self.runner.run(self.left.popleft())


def _prepare_database(stage: Stage, held: ExitStack) -> str:
    """Start a PostgreSQL for this stage, unless one was given; say why where it cannot be had."""
    if os.environ.get("DATABASE_URL"):
        stage.without = ()
        return ""
    if not machine.POSTGRES.find():
        return machine.why_not(machine.POSTGRES)
    try:
        stage.environment |= held.enter_context(postgres.running()).environment()
    except (RuntimeError, OSError, KeyError) as problem:
        return str(problem)
    return ""


def _lint() -> list[Stage]:
    """What reads the code without running it."""
    return [
        Stage("lint (ruff)", [str(BIN / "ruff"), "check", "."]),
        Stage("format (ruff)", [str(BIN / "ruff"), "format", "--check", "."]),
        Stage("one way down (import-linter)", [str(BIN / "lint-imports")]),
        Stage(
            "migrations are complete",
            [str(BIN / "gatepost"), "makemigrations", "--check", "--dry-run"],
            without=DATABASES,
        ),
    ]


def _types() -> Stage:
    """The slowest reader."""
    return Stage("types (mypy)", [str(BIN / "mypy")], without=DATABASES)


def _tables(name: str = ON_SQLITE) -> Stage:
    """All migrations, one after the other, on a new database: once for all the stories that begin with an empty one."""
    return Stage(name, [str(BIN / "gatepost"), "migrate", "-v0"], without=DATABASES)


def _tests(name: str, marker: str, words: list[str]) -> Stage:
    """One run of the tests that bear this marker; `words` say which, or how."""
    command = [str(BIN / "python"), "-m", "pytest", "-q", "-m", marker, "--color=no", "-r", "fEs", *words]
    return Stage(name, command, without=DATABASES)


def _browser(name: str, words: list[str]) -> Stage:
    """Tests in Chromium, each named before it begins: a browser that hangs shows where, and is begun again once."""
    stage = _tests(name, "browser", [*words, "-v", "-v"])
    stage.can_hang = True
    return stage


def _each(runner: Runner, stages: list[Stage]) -> None:
    """One stage after the other."""
    for stage in stages:
        runner.run(stage)


def _side_by_side(runner: Runner, lanes: list[Callable[[], None]]) -> None:
    """Run lanes at once; when we are stopped, stop them all."""
    with ThreadPoolExecutor(LANES) as pool:
        running: list[Future[None]] = [pool.submit(lane) for lane in lanes]
        try:
            for lane in running:
                lane.result()
        except BaseException:
            runner.stop()
            raise


def _sum_up(stages: list[Stage], seconds: float) -> int:
    """Tell how each stage went and how long it took; return the exit code."""
    print("\nWhat ran:")
    total = {"passed": 0, "failed": 0, "skipped": 0}
    for stage in stages:
        print(f"  {stage.state:8} {stage.name:32} {stage.seconds:5.0f} s  {stage.last_line()}".rstrip())
        for kind, number in stage.counts().items():
            total[kind] += number
    for stage in stages:
        if stage.missing:
            print(f"\nNOT RUN: {stage.name}: {stage.missing}.")
    print(f"\nAll of it took {seconds:.0f} s.")
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    failed = any(stage.state == "FAILED" for stage in stages)
    incomplete = any(stage.state == "NOT RUN" for stage in stages) and os.environ.get("CI") == "true"
    return 1 if failed or incomplete else 0


def _end(number: int, _frame: FrameType | None) -> None:
    """Let everything that was started be stopped."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
