"""`gatepost worker`: does the work that nobody waits for, and wakes what is due."""

import logging
import os
import signal
import socket
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, close_old_connections, transaction
from django.tasks import TaskResultStatus
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from gatepost.config.stage import stay_apart
from gatepost.core import clock

logger = logging.getLogger(__name__)

POLL = 0.5  # seconds between two looks at an empty queue
TICK = 1.0  # seconds; a tick is one indexed look for each school
TIDY_EACH = 60  # ticks
LOST_AFTER = timedelta(hours=1)  # a task of another host that has run this long is taken for lost
MOST_TRIES = 5  # a task that takes the worker down with it is not tried for ever
KEEP = timedelta(days=14)  # finished tasks are kept this long, for whoever asks what happened


def worker_name() -> str:
    """A name that says on which host and in which process a task ran."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


@transaction.atomic
def requeue_lost() -> int:
    """Put back what a crashed worker left running. Tasks may run twice, so this is safe.

    Lost is what a dead process of this host left behind, and what another host began long ago.
    """
    put_back = 0
    for task in DBTaskResult.objects.running().select_for_update(skip_locked=True):
        if not _is_lost(task):
            continue
        if len(task.worker_ids) >= MOST_TRIES:
            task.set_failed(RuntimeError("The worker stopped each time this task was tried."))
            continue
        task.status, task.started_at = TaskResultStatus.READY, None
        task.save(update_fields=["status", "started_at"])
        put_back += 1
    return put_back


def forget_old() -> int:
    """Remove the finished tasks that nobody will ask about any more."""
    removed, _ = DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - KEEP).delete()
    return removed


def _is_lost(task: DBTaskResult[Any, Any]) -> bool:
    """Whether the process that took this task up can no longer finish it."""
    host, _, pid = str(task.worker_ids[-1] if task.worker_ids else "").rpartition(":")
    if pid.isdigit() and host == worker_name().rpartition(":")[0]:
        return int(pid) == os.getpid() or not _is_alive(int(pid))
    return task.started_at is None or task.started_at < clock.now() - LOST_AFTER


def _is_alive(pid: int) -> bool:
    """Whether a process with this number exists on this host."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Ticker(threading.Thread):
    """Calls each function in settings.GATEPOST_TICKS each second, and each in GATEPOST_TIDYING each minute, apart from
    the tasks.

    A tick only looks whether something is due and enqueues it: what somebody waits for. Tidying, for which nobody
    waits, may write each time; on SQLite it would keep families waiting. A mistake in one of them is logged and stops
    neither the others nor the worker.
    """

    def __init__(self, ticks: list[str], tidying: list[str], parent: int | None) -> None:
        """Name what to call and, where a parent started us, the process to go down with."""
        super().__init__(name="ticker", daemon=True)
        self.ticks = [(path, import_string(path)) for path in ticks]
        self.tidying = [(path, import_string(path)) for path in tidying]
        self.parent = parent

    def run(self) -> None:
        """Tick until the process ends."""
        for number in count():
            if self.parent is not None and os.getppid() != self.parent:
                break
            for path, call in [*self.ticks, *([] if number % TIDY_EACH else self.tidying)]:
                _once(path, call)
            time.sleep(TICK)
        logger.warning("The process that started this worker is gone: stopping too.")
        os.kill(os.getpid(), signal.SIGTERM)


def _once(path: str, tick: Callable[[], object]) -> None:
    """Call a tick, and log what went wrong under its name; its database connection is kept while it works."""
    try:
        tick()
    except Exception:  # the other ticks go on, and this one has its turn again
        logger.exception("Failed: %s", path)
    finally:
        close_old_connections()


class Command(BaseCommand):
    """One process that runs background tasks; any number of them may run at once."""

    help = "Do the work in the background: send what waits, and start what is due."
    requires_system_checks = ()  # whoever started this one has looked already, and they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer what the command can be told."""
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="stop when the process that started this one is gone (gatepost serve uses it)",
        )
        parser.add_argument("--once", action="store_true", help="do what waits now, then stop")

    def handle(self, *, with_parent: bool, once: bool, skip_checks: bool = False, **_: Any) -> None:
        """Put back what a crash left, then work until told to stop."""
        if not (with_parent or skip_checks):
            self.check()
        try:
            stay_apart()
            put_back = requeue_lost()
        except (OperationalError, ProgrammingError) as problem:
            raise CommandError(f"The database is not ready: {problem}. Has `gatepost migrate` been run?") from None
        if put_back:
            logger.warning("Put back %d tasks that a stopped worker had left unfinished.", put_back)
        forget_old()
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=POLL,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_name(),
        )
        worker.configure_signals()
        if not once:
            parent = os.getppid() if with_parent else None
            Ticker(settings.GATEPOST_TICKS, settings.GATEPOST_TIDYING, parent).start()
        worker.run()
