"""What stories say when a talk is written down and shared."""

from __future__ import annotations

from gatepost.agree import services as agree
from gatepost.agree.models import Action, Record
from gatepost.core import clock
from gatepost.testing import Cast


def write_and_share(cast: Cast, record: Record) -> None:
    """Ms Ode writes what was said, promises reading cards, and shares it."""
    by = cast.actor_of(cast.ode)
    typed = {
        "parent_says": "She reads.",
        "summary_plain": "We will find books. The SENCO helps.",
        "no_next_because": "Soon.",
    }
    agree.write_down(record, typed, seen_version=record.version, by=by)
    agree.promise(record, agree.Promise("Reading cards", Action.Side.SCHOOL, cast.ode, clock.today()), by=by)
    agree.share(record, by=by)
