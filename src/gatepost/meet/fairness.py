"""Who gets a place that becomes free. Pure: the rule, as it stands in plain words on the family's page.

Families who have not had such a place lately come first; then whoever asked first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

LATELY = timedelta(days=365)


@dataclass(frozen=True)
class Waiter:
    """One invitation that waits: since when, and whether this child had a place of this kind lately."""

    key: UUID
    since: datetime
    had_one: bool


def in_order(waiting: Iterable[Waiter]) -> list[Waiter]:
    """The fair order. Nothing else about a family moves it: neither who they are nor whom they know."""
    return sorted(waiting, key=lambda each: (each.had_one, each.since, each.key))
