"""Runs every check and every test: `make test`, and its fast half: `make check`.

Two stages at a time, which is what two cores carry. What is missing on this machine is installed where
that may be done; what could not run is said plainly at the end, and is a failure where CI=true.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from tools import machine, postgres
from tools.stages import BIN, Runner, Stage

LANES = 2
UNIT = ["src", "tests/test_architecture.py", "tests/test_documented.py", "tests/test_words.py"]
DATABASES = ("DATABASE_URL", "DATABASE_OWNER_URL")


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
    unit = _tests("unit tests on SQLite", "not browser and not oidc and not page", {})
    unit.command += ["-n", str(LANES), *UNIT]
    stages = [*_lint(), unit]
    types = _types()
    _side_by_side(runner, [lambda: _each(runner, [types, *stages[:-1]]), lambda: runner.run(stages[-1])])
    return [*stages[:-1], types, stages[-1]]


def _run_all(runner: Runner) -> list[Stage]:
    """Everything, in two lanes of about the same length; what needs the packager waits for it, nothing else does."""
    read, types = _lint(), _types()
    sqlite = _tests("tests on SQLite", "not browser and not oidc", {})
    server = _tests("tests on PostgreSQL", "not browser and not oidc and not once", {})
    browser = _tests("journeys in the browser", "browser", {})
    sign_on = _tests("single sign-on against a provider", "oidc", {})
    with ExitStack() as held:
        needs = [machine.POSTGRES, machine.CHROMIUM, machine.FONTS]
        if os.environ.get("DATABASE_URL"):
            needs.remove(machine.POSTGRES)
        packager = ThreadPoolExecutor(1)
        obtained = packager.submit(machine.obtain, needs)
        held.callback(packager.shutdown, wait=False, cancel_futures=True)

        def on_postgres() -> None:
            _each(runner, [*read, types])
            obtained.result()
            server.missing = _prepare_database(server, held)
            if not server.missing:
                runner.run(server)

        def all_else() -> None:
            runner.run(sqlite)
            obtained.result()
            browser.missing = "; ".join(machine.why_not(need) for need in needs[-2:] if not need.find())
            if not browser.missing:
                runner.run(browser)
            sign_on.missing = machine.obtain_provider()
            if not sign_on.missing:
                runner.run(sign_on)

        _side_by_side(runner, [all_else, on_postgres])
        said = obtained.result()
    if said and (server.missing or browser.missing):
        print(f"The packager said: {said}")
    return [*read, types, sqlite, server, browser, sign_on]


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


def _tests(name: str, marker: str, environment: dict[str, str]) -> Stage:
    """One run of the tests that bear this marker."""
    command = [str(BIN / "python"), "-m", "pytest", "-q", "-m", marker, "--color=no", "-r", "fEs"]
    return Stage(name, command, environment, without=DATABASES)


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
