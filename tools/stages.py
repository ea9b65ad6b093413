"""One stage of the checks: a program that runs, its words kept aside, its result told in one line."""

import os
import re
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
COUNTED = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|xpassed)")
LAST_LINE = re.compile(
    r"^=*[ \t]*(?:\d+ \w+(?:, )?)+.* in [\d.]+s.*$|^=*[ \t]*no tests (?:ran|collected).*$", re.MULTILINE
)
GRACE = 8.0  # seconds a stopped stage gets to put its own servers away
LIMIT = 1800.0  # seconds after which a stage hangs: it is stopped, and shown with what it had said
HUNG = re.compile(r"^.*Timeout \(\d+:\d\d:\d\d\)!$", re.MULTILINE)  # how the test runner ends a test that hangs


@dataclass
class Stage:
    """Something to run, and how it went."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    can_hang: bool = False  # on a program that is not ours, such as a browser: it is then begun again, once
    code: int | None = None
    seconds: float = 0.0
    output: str = ""
    missing: str = ""  # why it could not run

    @property
    def state(self) -> str:
        """How it went, in one word or two."""
        if self.missing or self.code is None:
            return "NOT RUN"
        return "ok" if self.code == 0 else "FAILED"

    def counts(self) -> dict[str, int]:
        """How many tests passed, failed and were skipped; a broken stage without tests is one failure."""
        found = {"passed": 0, "failed": 0, "skipped": 0}
        if line := self.last_line():
            for number, word in COUNTED.findall(line):
                kind = {"error": "failed", "errors": "failed", "xfailed": "passed", "xpassed": "failed"}
                found[kind.get(word, word)] += int(number)
        if self.state == "FAILED" and not found["failed"]:
            found["failed"] = 1
        return found

    def last_line(self) -> str:
        """What the test runner said at its end."""
        lines = LAST_LINE.findall(self.output)
        return lines[-1].strip("= ") if lines else ""


class Runner:
    """Runs stages, and can stop all that run now."""

    def __init__(self, folder: Path) -> None:
        """Nothing runs yet; each stage will keep its data in a folder of its own in this one."""
        self.folder = folder
        self.lock = threading.Lock()
        self.processes: set[subprocess.Popen[bytes]] = set()
        self.stopped = False

    def data_of(self, stage: Stage) -> Path:
        """The folder of its own in which a stage keeps its data."""
        return self.folder / re.sub(r"\W+", "-", stage.name)

    def run(self, stage: Stage) -> None:
        """Run a stage to its end, if nothing that it needs is missing; show its words when it failed.

        Where it hung and may be begun again, that is told with what it had said: a test that fails is not run twice.
        """
        if stage.missing:
            return
        data = self.data_of(stage)
        data.mkdir(exist_ok=True)
        environment = _plain_environment(stage.without) | {"GATEPOST_DATA": str(data)} | stage.environment
        self._once(stage, environment, data.with_suffix(".said"))
        if stage.can_hang and stage.state == "FAILED" and HUNG.search(stage.output) and not self.stopped:
            print(f"  HUNG     {stage.name}: begun again\n{stage.output.rstrip()}", flush=True)
            self._once(stage, environment, data.with_suffix(".again"))
        with self.lock:
            if stage.code is not None and not self.stopped:
                print(_told(stage), flush=True)

    def _once(self, stage: Stage, environment: dict[str, str], said: Path) -> None:
        """Run it, and put away whatever it leaves behind."""
        began = time.monotonic()
        with said.open("wb") as words, self.lock:  # a file: what a stage leaves behind cannot hold its end up
            if self.stopped:
                return
            print(f"  ...      {stage.name}", flush=True)
            process = subprocess.Popen(
                stage.command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                process_group=0,  # with whatever it starts, so that nothing is left behind
            )
            self.processes.add(process)
        late = _wait(process)
        stage.code, stage.seconds = process.returncode, stage.seconds + time.monotonic() - began
        stage.output = said.read_text(errors="replace") + late
        with self.lock:
            self.processes.discard(process)
        _end_group(process.pid, signal.SIGKILL)

    def stop(self) -> None:
        """Stop what runs: first as Ctrl-C would, so that servers of tests are put away, then for good."""
        with self.lock:
            self.stopped = True
            running = list(self.processes)
        for process in running:
            _end_group(process.pid, signal.SIGINT)
        deadline = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _end_group(process.pid, signal.SIGKILL)


def _wait(process: subprocess.Popen[bytes]) -> str:
    """Wait for the end of a stage; say so where it had to be stopped."""
    try:
        process.wait(LIMIT)
    except subprocess.TimeoutExpired:
        _end_group(process.pid, signal.SIGINT)
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            _end_group(process.pid, signal.SIGKILL)
            process.wait()
        return f"\nIt had not ended after {LIMIT / 60:.0f} minutes, and was stopped.\n"
    return ""


def _plain_environment(without: tuple[str, ...]) -> dict[str, str]:
    """This process's environment, less what would set Gatepost up in a way of its own."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in without and not name.startswith(("GATEPOST_", "DJANGO_", "PYTEST_"))
    }


def _told(stage: Stage) -> str:
    """How a stage went, in one line; with all its words when it failed."""
    line = f"  {stage.state:8} {stage.name}  {stage.seconds:.0f} s  {stage.last_line()}".rstrip()
    return line if stage.code == 0 else f"{line}\n{stage.output.rstrip()}\n  ^^^^^^^^ {stage.name}"


def _end_group(group: int, number: signal.Signals) -> None:
    """Signal a stage and whatever it has started."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return
