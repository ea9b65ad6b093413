"""A PostgreSQL of our own for one run of the tests: in its own folder, on its own port, gone afterwards.

Two roles, neither a superuser nor allowed past row security: `gatepost_owner` owns and changes the tables,
`gatepost_app` only reads and writes rows. The superuser sets them up and is not used again. Databases that
the owner makes later are copies of `template1`, and so give the app role the same rights.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from tools.machine import postgres_programs

SUPERUSER, OWNER, APP, DATABASE = "gatepost_setup", "gatepost_owner", "gatepost_app", "gatepost"
UNSAFE_BUT_FAST = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=100",
    "autovacuum=off",
]
PATIENCE = 30.0  # seconds until it must answer

ROLES = [
    f"CREATE ROLE {OWNER} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE",
    f"CREATE ROLE {APP} LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE",
]
LATER = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT"
RIGHTS = [
    f"{LATER} SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON TABLES TO {APP}",
    f"{LATER} USAGE, SELECT ON SEQUENCES TO {APP}",
    f"GRANT USAGE ON SCHEMA public TO {APP}",
]


@dataclass
class Server:
    """Where the running server is."""

    port: int
    restart: Callable[[], None] = lambda: None

    def environment(self) -> dict[str, str]:
        """What Gatepost must be told to use it."""
        return {
            "DATABASE_URL": f"postgresql://{APP}@127.0.0.1:{self.port}/{DATABASE}",
            "DATABASE_OWNER_URL": f"postgresql://{OWNER}@127.0.0.1:{self.port}/{DATABASE}",
            "RESTART_POSTGRES": f"kill -USR1 {os.getpid()}",  # for tests that stop it under load
        }


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, hand it over, and stop and remove it however this ends."""
    programs = postgres_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL was not found.")
    user = _account()
    folder = Path(tempfile.mkdtemp(prefix="gatepost-pg-"))
    process: subprocess.Popen[bytes] | None = None
    try:
        if user:
            shutil.chown(folder, user["user"], user["group"])
        _make_cluster(programs, folder, user)
        server = Server(port=_free_port())
        process = _start(programs, folder, user, server)

        def restart() -> None:
            nonlocal process
            if process:
                _stop(process)
            process = _start(programs, folder, user, server)

        server.restart = restart
        _set_up(folder, server)
        yield server
    finally:
        if process:
            _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> dict[str, Any]:
    """The account to run as: PostgreSQL refuses root, so root lends it to Debian's own account."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _make_cluster(programs: Path, folder: Path, user: dict[str, Any]) -> None:
    """Lay out an empty cluster. Nobody outside this machine can reach it, so no passwords."""
    options = ["--no-locale", "--encoding=UTF8", "--auth=trust", "--no-sync", f"--username={SUPERUSER}"]
    done = subprocess.run(
        [programs / "initdb", *options, "-D", folder / "data"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **user,
    )
    if done.returncode:
        raise RuntimeError(f"PostgreSQL could not be laid out: {done.stderr.strip()}")


def _start(programs: Path, folder: Path, user: dict[str, Any], server: Server) -> subprocess.Popen[bytes]:
    """Start the server in its own group, so that Ctrl-C reaches it through us, after the tests."""
    settings = [*UNSAFE_BUT_FAST, "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(server.port)]
    for setting in settings:
        command += ["-c", setting]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, process_group=0, **user
        )


def _free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _set_up(folder: Path, server: Server) -> None:
    """Make the two roles and the database, as the superuser and for the last time as such."""
    with _connect(folder, server, "template1") as connection:
        for statement in [*ROLES, *RIGHTS, f"ALTER SCHEMA public OWNER TO {OWNER}"]:
            connection.execute(statement)
    with _connect(folder, server, "postgres") as connection:
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        connection.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}")


def _connect(folder: Path, server: Server, database: str) -> Any:
    """A connection as the superuser, as soon as the server answers."""
    import psycopg

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return psycopg.connect(host=str(folder), port=server.port, user=SUPERUSER, dbname=database, autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                log = (folder / "log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"PostgreSQL did not start: {log[-2000:]}") from None
            time.sleep(0.1)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server at once: what it holds is thrown away."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end(_number: int, _frame: FrameType | None) -> None:
    """Let the `finally` above run."""
    sys.exit(143)


def main() -> None:
    """Run a command with a database of its own: python -m tools.postgres .venv/bin/pytest."""
    signal.signal(signal.SIGTERM, _end)
    with running() as server:
        signal.signal(signal.SIGUSR1, lambda _number, _frame: server.restart())
        done = subprocess.run(sys.argv[1:], env=os.environ | server.environment(), check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
