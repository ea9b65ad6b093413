"""One transaction for one deed: done as a whole or not at all, and begun anew where the database says that two crossed.

PostgreSQL ends one of two transactions that wait for each other, or that cannot be put in a row; SQLite may say that
it is locked. Nothing has been done then, and whoever pressed the button need not know: the deed is done again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import wraps

from django.db import OperationalError, connection, transaction

TRIES = 5
CROSSED = {"40001", "40P01"}  # SQLSTATE: serialization_failure, deadlock_detected
BUSY = {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"}


def whole[**P, R](deed: Callable[P, R]) -> Callable[P, R]:
    """Run a service in one transaction, again where it crossed another. Inside another deed, it is a part of that one.

    A deed may be begun several times: what it does outside the database it does in `transaction.on_commit`.
    """

    @wraps(deed)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        tried = TRIES if connection.in_atomic_block else 1  # the outermost begins again, with everything in it
        while True:
            try:
                with transaction.atomic():
                    return deed(*args, **kwargs)
            except OperationalError as problem:
                if tried >= TRIES or not has_crossed(problem):
                    raise
            wait(tried)
            tried += 1

    return done


def has_crossed(problem: OperationalError) -> bool:
    """Whether the same deed may well succeed if it is begun again; never where the database was away."""
    cause = problem.__cause__
    return getattr(cause, "sqlstate", None) in CROSSED or getattr(cause, "sqlite_errorname", None) in BUSY


def wait(tried: int) -> None:
    """A moment that grows, and is never the same for two who crossed."""
    time.sleep(random.uniform(0.5, 1.5) * 0.005 * 2**tried)  # noqa: S311  # a pause, not a secret
