"""The pages about words in two languages, in the same columns as `tests/pages.py`, which joins them to its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gatepost.reach import threads
from gatepost.reach.models import Translation

if TYPE_CHECKING:
    from tests.pages import World


def _word(w: World) -> str:
    """The id of what nobody at the school can read: the office has it read to it."""
    by = w.cast.actor_of(w.cast.ode)
    said = threads.write(w.cast.amina, "He read aloud.", about=w.cast.ayan, by=by)
    threads.receive(said.thread, "কাল আসব", by=by)
    return str(Translation.objects.get(incoming=True).pk)


PAGES_OF_WORDS = {
    "reach:words": (lambda w: "/reach/words/", (403, 403, 403, 200, 200, 200, 302)),
    "reach:word": (lambda w: f"/reach/words/{_word(w)}/", (403, 403, 403, 200, 200, 404, 302)),
    "staff:readers": (lambda w: "/staff/readers/", (403, 403, 403, 403, 200, 200, 302)),
}

POSTS_OF_WORDS = {"reach:hurry", "staff:end_reading"}
