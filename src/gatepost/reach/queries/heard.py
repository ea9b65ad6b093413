"""What a family wrote in its language, in English beside it, with who read it: wherever staff meet the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from gatepost.core import clock
from gatepost.reach.models import Translation


class Written(Protocol):
    """Anything that a family wrote."""

    pk: UUID


@dataclass(frozen=True)
class English:
    """What it says, and who read it; or by when somebody will have."""

    words: str
    who: str
    by_day: date | None
    late: bool
    because: str  # why nobody can say what it is


def english_of(written: Iterable[Written | Any]) -> dict[UUID, English]:
    """The English of these words, by their ids; nothing of those that need none. One query."""
    wanted = [each.pk for each in written]
    rows = Translation.objects.filter(of__in=wanted, incoming=True).select_related("reviewed_by") if wanted else ()
    return {row.of: _english(row) for row in rows}


def _english(row: Translation) -> English:
    read = row.state == Translation.State.REVIEWED
    return English(
        words=row.words if read else "",
        who=row.reviewed_by.name if row.reviewed_by else "",
        by_day=row.due_on if row.is_open else None,
        late=row.is_late(clock.today()),
        because=row.because,
    )


def with_english[W](written: Iterable[W]) -> list[tuple[W, English | None]]:
    """Each with its English, for a template."""
    rows = list(written)
    found = english_of(rows)
    return [(each, found.get(each.pk)) for each in rows]  # type: ignore[attr-defined]
