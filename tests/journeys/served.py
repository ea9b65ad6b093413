"""A real `gatepost serve` for a test: its own data folder or database, prepared by commands, stopped afterwards."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
GATEPOST = [sys.executable, "-m", "gatepost"]


@dataclass
class Served:
    """A running school: where it is, and how to give it commands."""

    origin: str
    environment: dict[str, str]
    pid: int = 0  # of its first process

    def command(self, *words: str, said: str = "") -> str:
        """Run one `gatepost` command in its data folder; `said` is typed in."""
        return self._run([*GATEPOST, *words], said)

    def script(self, *words: str) -> Any:
        """Run one of our own modules there, and read the JSON that it prints."""
        return json.loads(self._run([sys.executable, "-m", *words]).splitlines()[-1])

    def _run(self, words: list[str], said: str = "") -> str:
        done = subprocess.run(
            words, env=self.environment, cwd=ROOT, input=said, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    data: Path, *, prepare: list[list[str]], mode: str = "GATEPOST_DEMO", database: dict[str, str] | None = None
) -> Iterator[Served]:
    """Prepare a data folder (or database) with commands, serve it, and stop it afterwards. No mode: a real school."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GATEPOST_", "DATABASE_"))}
    environment |= {"GATEPOST_DATA": str(data), "GATEPOST_ORIGIN": origin} | ({mode: "1"} if mode else {})
    environment |= {"DJANGO_SETTINGS_MODULE": "gatepost.config.settings"} | (database or {})
    noted = data / "called-out"
    paths = [str(Path(__file__).parent / "guard"), os.environ.get("PYTHONPATH", "")]
    environment |= {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "CALLED_OUT": str(noted)}
    school = Served(origin, environment)
    empty = os.environ.get("EMPTY_DATABASE")
    if empty and not database:
        shutil.copy(empty, data / "gatepost.sqlite3")
    for words in prepare:
        school.command(*words)
    with (data / "serve.log").open("w") as log:
        command = [*GATEPOST, "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"{origin}/healthz", server)
            school.pid = server.pid
            yield school
        finally:
            server.terminate()
            server.wait(timeout=15)
    assert not noted.exists(), f"the served school called {noted.read_text()}"


def wait_for(url: str, server: subprocess.Popen[Any]) -> None:
    """Wait until it answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return  # it answers, if only that there is no such page
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


@contextmanager
def database_of_its_own() -> Iterator[dict[str, str]]:
    """Where this run is on PostgreSQL: a new database beside the one that was given, with its tables where they are
    made already. On SQLite: nothing.
    """
    owner, app = os.environ.get("DATABASE_OWNER_URL", ""), os.environ.get("DATABASE_URL", "")
    if not owner:
        yield {}
        return
    import psycopg

    name = f"gatepost_{uuid.uuid4().hex[:12]}"
    template = os.environ.get("EMPTY_DATABASE") or "template1"
    with psycopg.connect(at(owner, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    try:
        yield {"DATABASE_URL": at(app, name), "DATABASE_OWNER_URL": at(owner, name)}
    finally:
        with psycopg.connect(at(owner, "postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def at(url: str, name: str) -> str:
    """The same server and role, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
