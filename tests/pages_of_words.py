"""The pages about words in two languages, in the same columns as `tests/pages.py`, which joins them to its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gatepost.core import clock
from gatepost.reach import documents, threads
from gatepost.reach.models import Delivery, Translation

if TYPE_CHECKING:
    from tests.pages import World


def _word(w: World) -> str:
    """The id of what nobody at the school can read: the office has it read to it."""
    by = w.cast.actor_of(w.cast.ode)
    said = threads.write(w.cast.amina, "He read aloud.", about=w.cast.ayan, by=by)
    threads.receive(said.thread, "কাল আসব", by=by)
    return str(Translation.objects.get(incoming=True).pk)


def _text(w: World) -> str:
    """The id of a long text for every family."""
    by, school = w.cast.actor_of(w.cast.finch), w.cast.school.pk
    text = "Pupil premium pays for books.\n\nIt pays for trips."
    return str(documents.put_up("What we spend", text, group=None, school_id=school, by=by).pk)


def text_page(w: World) -> str:
    """Amina's link to it."""
    _text(w)
    Delivery.objects.filter(notice__kind="reach.document").update(not_before=clock.now())
    return w.cast.link(w.cast.amina)


PAGES_OF_WORDS = {
    "reach:documents": (lambda w: "/reach/documents/", (403, 403, 403, 200, 200, 200, 302)),
    "reach:document": (lambda w: f"/reach/documents/{_text(w)}/", (403, 403, 403, 200, 200, 404, 302)),
    "reach:words": (lambda w: "/reach/words/", (403, 403, 403, 200, 200, 200, 302)),
    "reach:word": (lambda w: f"/reach/words/{_word(w)}/", (403, 403, 403, 200, 200, 404, 302)),
    "reach:explain": (lambda w: "/reach/to-explain/", (200, 200, 200, 200, 200, 200, 302)),
    "staff:readers": (lambda w: "/staff/readers/", (403, 403, 403, 403, 200, 200, 302)),
}

POSTS_OF_WORDS = {"reach:explained", "reach:hurry", "reach:paragraph", "staff:end_reading"}
