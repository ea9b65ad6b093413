"""Work on many things of which each has its own transaction: one that goes wrong takes no turn from the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def do_each[T, R](things: Iterable[T], deed: Callable[[T], R]) -> list[R]:
    """Do it for each of these, whatever becomes of the one before. Returns what came of each.

    Where some failed, an `ExceptionGroup` of their mistakes is raised, once all have had their turn: so it is logged.
    """
    came: list[R] = []
    failed: list[Exception] = []
    for thing in things:
        try:
            came.append(deed(thing))
        except Exception as problem:  # raised below
            failed.append(problem)
    if failed:
        raise ExceptionGroup("Some failed, and the others had their turn", failed)
    return came
