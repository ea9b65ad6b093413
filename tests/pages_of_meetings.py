"""The pages of coming together, in the same columns as `tests/pages.py`, which joins them to its own."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from gatepost.core import clock
from gatepost.meet.models import Event

if TYPE_CHECKING:
    from tests.pages import World


def _lunch(w: World) -> str:
    """The id of a lunch that Ms Ode leads."""
    day = clock.today() + timedelta(days=200)
    return str(w.cast.event(kind=Event.Kind.LUNCH, days=[day], minutes=60, begins=time(12)).pk)


PAGES_OF_MEETINGS = {
    "meet:kitchen": (lambda w: f"/meet/events/{_lunch(w)}/kitchen/", (200, 403, 403, 200, 200, 404, 302)),
    "staff:days_off": (lambda w: "/staff/days-off/", (403, 403, 403, 200, 200, 200, 302)),
}

POSTS_OF_MEETINGS = {"staff:open_again"}
