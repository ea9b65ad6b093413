"""The process that `gatepost serve` becomes: starts the web server and the background worker, watches and stops them.

It loads nothing of the product, so that a small machine has room for those that do the work.
"""

from __future__ import annotations

import argparse
import gc
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from gatepost.core.logs import JsonLines

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

logger = logging.getLogger(__name__)

WEB_WORKERS = 2  # two processes with one thread each were the fastest of all we measured
WEB_PATIENCE = 2  # seconds a web worker gets to finish its page when we stop
BEHIND = 10  # how far the background worker stands back behind the web workers
WORKER_PATIENCE = 2.5  # seconds the background worker gets to finish its task
LONGEST_PAUSE = 30.0  # seconds between two tries to start a worker that keeps dying
SETTLED = 60.0  # seconds after which a worker counts as running well
PRELOADED = "gatepost.config.preloaded"
GARBAGE = (10_000, 10, 20)  # a page makes some ten thousand things: most are gone before they are looked for


def main() -> None:
    """Serve until told to stop (Ctrl-C or SIGTERM), then stop everything that was started.

    Holds afterwards: no process started here is alive, and the port is free.
    """
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--host", required=True)
    reader.add_argument("--port", type=int, required=True)
    reader.add_argument("--no-worker", action="store_false", dest="worker")
    told = reader.parse_args()
    lines = logging.StreamHandler()
    lines.setFormatter(JsonLines())
    logging.basicConfig(handlers=[lines])
    keeper = Keeper(background_process) if told.worker else None
    try:
        serve_pages(told.host, told.port, keeper)
    finally:
        if keeper:
            keeper.stop()


class Keeper:
    """Keeps one process running: starts it again when it dies, after a pause that grows."""

    def __init__(self, new: Callable[[], BaseProcess]) -> None:
        """Say how the process to keep is made."""
        self.new = new
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.process: BaseProcess | None = None
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
        self.thread.join(WORKER_PATIENCE)
        if self.thread.is_alive():
            process.kill()  # its task is put back when a worker next starts
            self.thread.join()

    def _keep(self) -> None:
        pause = 1.0
        while True:
            with self.lock:
                if self.stopping.is_set():
                    return
                process = self.new()
                process.start()
                self.process = process
            began = time.monotonic()
            process.join()
            if self.stopping.is_set():
                return
            pause = 1.0 if time.monotonic() - began > SETTLED else min(pause * 2, LONGEST_PAUSE)
            logger.error("The background worker stopped (%s). Starting it again in %d s.", process.exitcode, pause)
            self.stopping.wait(pause)


@cache
def branching() -> BaseContext:
    """How all others are started: on Linux a process of its own loads the product once, and they branch off from it.

    They inherit no thread and no connection, since it has none. What is loaded lies in memory once. Elsewhere each of
    them loads its own.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOADED])
    return context


def background_process() -> BaseProcess:
    """The process that does the work nobody waits for, not started yet."""
    made: BaseProcess = branching().Process(name="worker", target=background_worker, daemon=True)  # type: ignore[attr-defined]  # each kind of context has its own
    return made


def background_worker() -> None:
    """Be `gatepost worker`, as long as the process that started this one is there."""
    os.setpgrp()  # Ctrl-C reaches it through us, once
    os.nice(BEHIND)  # while families wait for pages, messages may leave a little later
    follow_parent()
    from django.core.management import ManagementUtility

    keep_for_good()
    ManagementUtility(["gatepost", "worker", "--with-parent"]).execute()


def web_worker() -> WSGIHandler:
    """The pages, as one web worker serves them; it goes down with the process that started it."""
    follow_parent()
    from gatepost.config.wsgi import application

    keep_for_good()
    return application


def keep_for_good() -> None:
    """Look through what a page leaves behind, and not each time again through everything that was loaded before."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def branch_off() -> None:
    """Let the web workers branch off, too.

    The server itself offers no such way to start them; on Linux each of its workers opens its own socket, so that
    nothing else has to be handed over.
    """
    from granian.server.mp import WorkerProcess

    def spawn(worker: WorkerProcess, target: Callable[..., None], args: tuple[Any, ...]) -> None:
        worker.inner = branching().Process(name="granian-worker", target=target, args=args)  # type: ignore[attr-defined]  # as above

    WorkerProcess._spawn = spawn  # type: ignore[method-assign]  # see above


def follow_parent() -> None:
    """Stop this process when the one that started it is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), name="follow", daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def serve_pages(host: str, port: int, keeper: Keeper | None) -> None:
    """Run the web server in this process until a signal ends it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    multiprocessing.set_start_method("spawn", force=True)  # a web worker inherits no thread and no connection
    if sys.platform == "linux":
        branch_off()
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
        print(f"Gatepost is at {address(host, port)} – Ctrl-C stops it.", flush=True)

    server.on_startup(begin)
    server.serve()


def address(host: str, port: int) -> str:
    """What to type into a browser."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


if __name__ == "__main__":
    main()
