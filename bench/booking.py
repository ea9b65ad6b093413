"""What a rush for times costs: Gatepost beside a bare Django app that writes the same rows, one after the other.

    .venv/bin/python -m bench.booking --families 600
    .venv/bin/python -m tools.postgres .venv/bin/python -m bench.booking --families 600

Processor time and memory are those of the server's processes, read from /proc; who books is a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from tests.journeys.served import ROOT, database_of_its_own, free_port, serving, wait_for

TICK = os.sysconf("SC_CLK_TCK")
PLACES = 500


@dataclass
class Side:
    """One of the two, running: where, which families, whom to ask afterwards, and its first process."""

    origin: str
    links: list[str]
    count: Any
    pid: int


def main() -> None:
    """Round after round, both sides by turns."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--families", type=int, default=600)
    reader.add_argument("--rounds", type=int, default=5)
    asked = reader.parse_args()
    rows: dict[str, list[dict[str, float]]] = {"bare": [], "gatepost": []}
    with tempfile.TemporaryDirectory() as folder:
        sides = ("bare", _bare), ("gatepost", partial(_gatepost, tables=tables_in(folder)))
        for number in range(asked.rounds):
            for name, stage in sides:
                with stage(asked.families) as side:
                    rows[name].append(_measured(side, seed=number))
                print(f"round {number + 1}, {name}: {json.dumps(rows[name][-1])}", flush=True)
    wrong = [each for each in rows["gatepost"] if each["double"] or each["errors"] or each["broken_chain"]]
    bare, own = (sorted(each["cpu_ms"] for each in rows[name])[asked.rounds // 2] for name in rows)
    slow = [sorted(each["p99_ms"] for each in rows[name])[asked.rounds // 2] for name in rows]
    print(
        json.dumps(
            {"cpu_ratio": round(own / bare, 2), "p99_ratio": round(slow[1] / slow[0], 2), "rounds_wrong": len(wrong)}
        )
    )
    sys.exit(bool(wrong))


def _measured(side: Side, seed: int) -> dict[str, float]:
    before = _cpu(side.pid)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as told:
        json.dump({"origin": side.origin, "links": side.links, "seed": seed}, told)
        told.flush()
        command = [sys.executable, "-m", "bench.rush.crowd", told.name]
        seen = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout)
    used, memory, counted = _cpu(side.pid) - before, _memory(side.pid), side.count()
    return {
        "booked": counted["booked"],
        "double": counted["double"],
        "broken_chain": counted.get("broken_chain", 0),
        "errors": len(side.links) - seen["ends"].get("booked", 0) - seen["ends"].get("nothing left", 0),
        "cpu_ms": round(1000 * used / max(counted["booked"], 1), 2),
        "p50_ms": seen["p50"],
        "p99_ms": seen["p99"],
        "took_s": seen["took"],
        "pages": seen["pages"],
        "memory_mb": memory,
    }


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _tree(int(child))
    return found


def _cpu(pid: int) -> float:
    """Seconds of processor time of a process and all it has started."""
    used = 0
    for each in _tree(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        used += sum(map(int, fields[11:15]))
    return used / TICK


def _memory(pid: int) -> int:
    """MB that they hold, each share of shared memory once."""
    held = 0
    for each in _tree(pid):
        lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        held += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return held // 1024


def tables_in(folder: str) -> str:
    """Make our tables once; each round begins with a copy. Returns where they are."""
    owner = os.environ.get("DATABASE_OWNER_URL", "")
    environment = os.environ | {"GATEPOST_DATA": folder} | ({"DATABASE_URL": owner} if owner else {})
    subprocess.run([sys.executable, "-m", "gatepost", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    return urlsplit(owner).path[1:] if owner else f"{folder}/gatepost.sqlite3"


@contextmanager
def _gatepost(families: int, tables: str) -> Iterator[Side]:
    with (
        patch.dict(os.environ, {"EMPTY_DATABASE": tables}),
        tempfile.TemporaryDirectory() as folder,
        database_of_its_own() as database,
        serving(Path(folder), prepare=[], mode="", database=database) as school,
    ):
        made = school.script("bench.rush.school", "make", str(families))
        ids = made["school"], made["organisation"]
        yield Side(school.origin, made["links"], lambda: school.script("bench.rush.school", "count", *ids), school.pid)


@contextmanager
def _bare(families: int) -> Iterator[Side]:
    with tempfile.TemporaryDirectory() as folder, database_of_its_own() as database:
        name = database.get("DATABASE_OWNER_URL") or f"{folder}/bare.sqlite3"
        environment = os.environ | {"BARE_DATABASE": name}

        def script(*words: str) -> Any:
            command = [sys.executable, "-m", "bench.rush.bare_run", *words]
            done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
            return json.loads(done.stdout)

        links, port = script("make", str(families))["links"], free_port()
        command = [sys.executable, "-m", "bench.rush.bare_run", "serve", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            wait_for(f"http://127.0.0.1:{port}/i/nobody/", server)
            yield Side(f"http://127.0.0.1:{port}", links, lambda: script("count"), server.pid)
        finally:
            server.terminate()
            server.wait(15)


if __name__ == "__main__":
    main()
