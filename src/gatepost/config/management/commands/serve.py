"""`gatepost serve`: the web server and the background worker, started, watched and stopped together."""

import errno
import gc
import logging
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from gatepost.config.checks import LOOPBACK
from gatepost.config.stage import stay_apart, stay_on

logger = logging.getLogger(__name__)

WEB_WORKERS = 2  # two processes with one thread each were the fastest of all we measured
WEB_PATIENCE = 2  # seconds a web worker gets to finish its page when we stop
WORKER_PATIENCE = 2.5  # seconds the background worker gets to finish its task
LONGEST_PAUSE = 30.0  # seconds between two tries to start a worker that keeps dying
SETTLED = 60.0  # seconds after which a worker counts as running well
GARBAGE = (20_000, 20, 50)  # a page makes some ten thousand things: most are gone before they are looked for
MIGRATION_LOCK = 0x6761_7465  # "gate": one host at a time changes the tables


def run(
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    worker: bool = True,
    say: Callable[[str], object] = print,
) -> None:
    """Serve until told to stop (Ctrl-C or SIGTERM), then stop everything that was started.

    Holds afterwards: no process started here is alive, and the port is free.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop_now)  # until the web server has its own: while tables are changed
    refuse_taken(host, port)
    if host in LOOPBACK:
        os.environ.setdefault("GATEPOST_ORIGIN", _address(host, port))  # the links in messages lead here
    migrate(say)
    stay_apart()
    connections.close_all()
    keeper = Keeper([sys.executable, "-m", "gatepost", "worker", "--with-parent"]) if worker else None
    try:
        _serve_pages(host, port, keeper, say)
    finally:
        if keeper:
            keeper.stop()


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


class Keeper:
    """Keeps one process running: starts it again when it dies, after a pause that grows."""

    def __init__(self, command: list[str]) -> None:
        """Name the process to keep."""
        self.command = command
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def start(self) -> None:
        """Start it, and watch it from a thread."""
        self.thread.start()

    def stop(self) -> None:
        """Ask it to stop, and see that it does."""
        with self.lock:
            self.stopping.set()
            process = self.process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(WORKER_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()  # its task is put back when a worker next starts
            process.wait()

    def _keep(self) -> None:
        pause = 1.0
        while True:
            with self.lock:
                if self.stopping.is_set():
                    return
                # Its own group: Ctrl-C reaches it through us, once.
                self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, process_group=0)
            began = time.monotonic()
            code = self.process.wait()
            if self.stopping.is_set():
                return
            pause = 1.0 if time.monotonic() - began > SETTLED else min(pause * 2, LONGEST_PAUSE)
            logger.error("The background worker stopped (%d). Starting it again in %d s.", code, pause)
            self.stopping.wait(pause)


def web_worker() -> WSGIHandler:
    """The pages, as one web worker serves them; it goes down with the process that started it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), name="follow", daemon=True).start()
    from gatepost.config.wsgi import application

    keep_for_good()
    return application


def keep_for_good() -> None:
    """Look through what a page leaves behind, and not each time again through everything that was loaded before."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def _follow(parent: BaseProcess) -> None:
    """Stop this process when its parent is gone, however it went."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def _serve_pages(host: str, port: int, keeper: Keeper | None, say: Callable[[str], object]) -> None:
    """Run the web server in this process until a signal ends it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    multiprocessing.set_start_method("spawn", force=True)  # a web worker inherits no thread and no connection
    server = Granian(
        f"{__name__}:web_worker",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WEB_WORKERS,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,  # the path of a family's link is a secret
        respawn_failed_workers=True,
        workers_kill_timeout=WEB_PATIENCE,
    )

    def begin() -> None:
        signal.signal(signal.SIGHUP, signal.getsignal(signal.SIGTERM))  # a closed terminal stops us too
        if keeper:
            keeper.start()
        say(f"Gatepost is at {_address(host, port)} – Ctrl-C stops it.")

    server.on_startup(begin)
    server.serve()


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


def _address(host: str, port: int) -> str:
    """What to type into a browser."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


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
