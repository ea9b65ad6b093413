"""The pages about words in two languages, in the same columns as `tests/pages.py`, which joins them to its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client

from gatepost.core import clock
from gatepost.core.media import Media
from gatepost.reach import notices
from gatepost.reach.audience import lines_for
from gatepost.reach.models import Delivery, Message, Translation
from gatepost.reach.services import broadcasts, documents, recordings, threads
from gatepost.support.models import HomeNote
from gatepost.testing.sounds import VOICE
from tests.pages_of_strengths import home_note, learning_page, opened_thread

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


def _aloud(w: World) -> str:
    """Where Ms Ode says aloud what she wrote to Amina; she has said it in Somali."""
    by = w.cast.actor_of(w.cast.ode)
    said = threads.write(w.cast.amina, "He read aloud.", about=w.cast.ayan, by=by)
    recordings.add(said.pk, Media("audio/mp4", VOICE), "so", school_id=said.school_id, by=by)
    return f"/reach/messages/{said.pk}/aloud/"


def _aloud_to_many(w: World) -> str:
    by, lines = w.cast.actor_of(w.cast.ode), lines_for(notices.broadcast, [w.cast.ayan])
    sent = broadcasts.send("No school.", lines, urgent=False, school_id=w.cast.school.pk, by=by)
    return f"/reach/many/{sent.pk}/aloud/"


def _home_aloud(w: World) -> str:
    return f"/home-learning/notes/{home_note(w).pk}/aloud/"


def heard_message(w: World, client: Client) -> str:
    """What was said aloud in Amina's thread, after the code."""
    link = opened_thread(w, client)
    said = Message.objects.filter(thread__adult=w.cast.amina, by__isnull=False).latest("at")
    by = w.cast.actor_of(w.cast.ode)
    made = recordings.add(said.pk, Media("audio/mp4", VOICE), "so", school_id=said.school_id, by=by)
    return f"{link}hear/{made.pk}/"


def heard_note(w: World) -> str:
    """A note for home, read out in English."""
    link, by = learning_page(w), w.cast.actor_of(w.cast.ode)
    note = HomeNote.objects.latest("sent_at")
    made = recordings.add(note.pk, Media("audio/mp4", VOICE), "en", school_id=note.school_id, by=by)
    return f"{link}hear/{made.pk}/"


PAGES_OF_WORDS = {
    "reach:aloud": (_aloud, (200, 403, 403, 200, 200, 404, 302)),
    "reach:aloud_to_many": (_aloud_to_many, (200, 403, 403, 403, 403, 404, 302)),
    "home:aloud": (_home_aloud, (200, 403, 403, 403, 403, 404, 302)),
    "reach:budget": (lambda w: "/reach/budget/", (403, 403, 403, 200, 200, 200, 302)),
    "reach:documents": (lambda w: "/reach/documents/", (403, 403, 403, 200, 200, 200, 302)),
    "reach:document": (lambda w: f"/reach/documents/{_text(w)}/", (403, 403, 403, 200, 200, 404, 302)),
    "reach:words": (lambda w: "/reach/words/", (403, 403, 403, 200, 200, 200, 302)),
    "reach:word": (lambda w: f"/reach/words/{_word(w)}/", (403, 403, 403, 200, 200, 404, 302)),
    "reach:explain": (lambda w: "/reach/to-explain/", (200, 200, 200, 200, 200, 200, 302)),
    "staff:languages": (lambda w: "/staff/words/", (200, 200, 200, 200, 200, 200, 302)),
    "staff:language": (lambda w: "/staff/words/pl/", (200, 200, 200, 200, 200, 200, 302)),
    "staff:catalogue": (lambda w: "/staff/words/pl/file/", (200, 200, 200, 200, 200, 200, 302)),
    "staff:readers": (lambda w: "/staff/readers/", (403, 403, 403, 403, 200, 200, 302)),
}

POSTS_OF_WORDS = {"reach:explained", "reach:hurry", "reach:paragraph", "staff:end_reading"}
