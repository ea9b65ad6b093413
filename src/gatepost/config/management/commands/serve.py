"""`gatepost serve`: brings the tables up to date, and hands over to `config.serving`."""

import errno
import os
import signal
import socket
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from gatepost.config import serving
from gatepost.config.checks import LOOPBACK
from gatepost.config.serving import address
from gatepost.config.stage import stay_apart, stay_on

MIGRATION_LOCK = 0x6761_7465  # "gate": one host at a time changes the tables


def run(
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    worker: bool = True,
    say: Callable[[str], object] = print,
) -> None:
    """Serve until told to stop (Ctrl-C or SIGTERM).

    This process becomes the one that watches the others: for that it needs nothing of all that was loaded.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop_now)  # until the web server has its own: while tables are changed
    refuse_taken(host, port)
    if host in LOOPBACK:
        os.environ.setdefault("GATEPOST_ORIGIN", address(host, port))  # the links in messages lead here
    migrate(say)
    stay_apart()
    connections.close_all()
    sys.stdout.flush()
    words = [f"--host={host}", f"--port={port}", *([] if worker else ["--no-worker"])]
    os.execv(sys.executable, [sys.executable, "-m", serving.__name__, *words])  # noqa: S606  our own words, no shell


def refuse_taken(host: str, port: int) -> None:
    """Say in plain words when this address cannot be used, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
    except OverflowError:
        raise CommandError(f"{port} is not a port. A port is a number from 1 to 65535.") from None
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            reason = f"Something else, perhaps another Gatepost, already uses port {port}."
        elif problem.errno == errno.EACCES:
            reason = f"This account may not use port {port}."
        else:
            raise CommandError(f"Cannot listen on {host}, port {port}: {problem.strerror}.") from None
        raise CommandError(f"{reason} Stop it, or choose another port, for example {_other(port)}.") from None


def migrate(say: Callable[[str], object] = print) -> None:
    """Bring the tables up to date, where they are not. One host at a time, as the owner of the tables."""
    with _one_host_at_a_time():
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        say("Bringing the database up to date.")
        environment = os.environ | {"DATABASE_URL": owner} if (owner := _owner()) else None
        command = [sys.executable, "-m", "gatepost", "migrate", "--no-input", "--verbosity", "0"]
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise CommandError("The database could not be brought up to date: see above. Nothing was started.")


@contextmanager
def _one_host_at_a_time() -> Iterator[None]:
    """On PostgreSQL, wait until no other host changes the tables."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def _owner() -> str:
    """The address of the database for the owner of the tables, where there is one."""
    return str(getattr(settings, "DATABASE_OWNER_URL", "") or os.environ.get("DATABASE_OWNER_URL", ""))


def _other(port: int) -> int:
    """A port to suggest instead of this one."""
    return port + 1 if 1024 <= port < 65535 else 8000


def _stop_now(*_: Any) -> None:
    """End at once, well: nothing that must be stopped has been started yet."""
    sys.exit(0)


class Command(BaseCommand):
    """Everything one school needs, in one command."""

    help = "Serve the pages and do the background work, until Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer what the command can be told."""
        parser.add_argument("--port", type=int, default=8000, help="where to listen (default: %(default)s)")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
        parser.add_argument(
            "--no-worker",
            action="store_false",
            dest="worker",
            help="serve pages only; run `gatepost worker` elsewhere",
        )

    def handle(self, *, host: str, port: int, worker: bool, **_: Any) -> None:
        """Serve until told to stop."""
        stay_on(host)
        run(host=host, port=port, worker=worker, say=self.stdout.write)
