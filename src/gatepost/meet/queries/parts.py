"""Which parts of the day the times of an event fall into: a family begins with when it can come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from gatepost.disclosure import Disclosed
from gatepost.know.models import TimeOfDay
from gatepost.meet.queries.choosing import ShownTime
from gatepost.meet.queries.suiting import part_of

MANY = 12  # times that fit on one look: with fewer, nobody need be asked first


@dataclass(frozen=True)
class ShownPart(Disclosed):
    """One part of the day in which there is a time to be had, and the address that shows those alone."""

    label: str
    address: str
    chosen: bool


def parts_of(times: Iterable[ShownTime], asked: Mapping[str, str]) -> tuple[ShownPart, ...]:
    """The parts to choose from; nothing where all times lie in one, or few are left. `asked`: the address as it is."""
    free = [part_of(time.starts_at) for time in times if not time.taken]
    found = [part for part in TimeOfDay if part.value in free]
    if len(free) <= MANY or len(found) < 2:
        return ()
    here = {name: value for name, value in asked.items() if name != "when"}
    chosen = asked.get("when")
    return tuple(
        ShownPart(str(part.label), f"?{urlencode(here | {'when': part.value})}", part.value == chosen) for part in found
    )
