"""The pages about strengths and texts, who opens them and with what answer. See `pages.py`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from unittest import mock

from django.test import Client

from gatepost.core import clock
from gatepost.know import services as know
from gatepost.reach import services as reach
from gatepost.reach.delivery import mailtokens
from gatepost.reach.models import Delivery, Notice, Touch
from gatepost.reach.services import celebrating, threads, treated
from gatepost.support import extra, home
from gatepost.support import notices as support_notices
from gatepost.support import services as support
from gatepost.support.models import HomeNote, HomeTry

if TYPE_CHECKING:
    from tests.pages import World


AIM = extra.Words("Lexia", said=[{"say": "aim_reading"}])


def _strength(w: World) -> str:
    by = w.cast.actor_of(w.cast.finch)
    return str(know.add_strength(w.cast.amina, "I bake", language="en", by=by).pk)


def _help(w: World) -> str:
    by = w.cast.actor_of(w.cast.ode)
    strength = know.add_strength(w.cast.amina, "I bake", language="en", by=by)
    return str(support.ask_for_help(strength, what="Bake", when_words="", place="", by=by).pk)


def home_note(w: World) -> HomeNote:
    """Something to try at home for Ms Ode's class; its minute is over."""
    words = home.Words("Telling the time", "Look at a clock together.", "What time is it?")
    children, by = list(w.cast.kingfishers.children.all()), w.cast.actor_of(w.cast.ode)
    note = home.send_note(words, children, group=w.cast.kingfishers, school_id=w.cast.school.pk, by=by)
    Delivery.objects.filter(notice__batch=note.pk).update(not_before=clock.now())
    return note


def learning_page(w: World) -> str:
    """Jo's link to it; Hina's idea stands beside it."""
    tried = HomeTry.objects.get(note=home_note(w), adult=w.cast.hina)
    by = w.cast.actor_of(w.cast.ode)
    home.read_idea(home.tell_idea(tried, "We count the stairs.", by=by), show=True, by=by)
    return w.cast.link(w.cast.jo)


def extra_page(w: World, client: Client) -> str:
    """Amina's page of extra help for her son, after the code."""
    extra.begin(w.cast.ayan, AIM, led_by=w.cast.ode, by=w.cast.actor_of(w.cast.ode))
    return _opened(w, client)


def page_to_stop(w: World) -> str:
    """Where the mail program of an adult ends notes for home."""
    learning_page(w)
    note = Notice.objects.filter(kind=support_notices.home_note.name, adult=w.cast.jo)[0]
    return f"/u/{mailtokens.token(mailtokens.For.STOP, note.pk)}/"


def thread(w: World) -> str:
    """The id of what Ms Ode and Amina write to each other."""
    by = w.cast.actor_of(w.cast.ode)
    said = threads.write(w.cast.amina, "He read aloud.", about=w.cast.ayan, by=by)
    threads.receive(said.thread, "Thank you.", by=by)
    return str(said.thread_id)


def opened_thread(w: World, client: Client) -> str:
    """Amina's page of it, after the code."""
    thread(w)
    return _opened(w, client)


def _opened(w: World, client: Client) -> str:
    link = w.cast.link(w.cast.amina)
    client.post(link, {"send": "1"})
    client.post(link, {"code": w.cast.code(w.cast.amina)})
    return link


def unopened_thread(w: World) -> str:
    """The same, before it."""
    thread(w)
    return w.cast.link(w.cast.amina)


def all_together(w: World) -> str:
    """Jo's link to what can wait for her: one thing is sent, another is not."""
    by = w.cast.actor_of(w.cast.ode)
    celebrating.praise(w.cast.ella, "Ella helped.", by=by)
    w.cast.deliver()
    know.say_wishes(w.cast.jo, {"together": "weekly"}, by=by)
    link = w.cast.link(w.cast.jo)
    celebrating.praise(w.cast.ella, "Ella read.", by=by)
    return link


def treated_page(w: World) -> str:
    """Jo's link to the question how she was treated."""
    by, way, school = w.cast.actor_of(w.cast.ode), Touch.Way.DOOR, w.cast.school.pk
    talk = reach.touch(w.cast.jo, child=w.cast.ella, way=way, two_way=True, school_id=school, by=by)
    Touch.objects.filter(pk=talk.pk).update(at=clock.now() - timedelta(days=2))
    with mock.patch.object(treated, "ONE_IN", 1):
        treated.ask_some()
    return w.cast.link(w.cast.jo)


def _classroom(w: World) -> str:
    learning_page(w)
    return str(w.cast.kingfishers.pk)


PAGES_OF_STRENGTHS: dict[str, tuple[Callable[[World], str], tuple[int, ...]]] = {
    "support:strengths": (lambda w: "/support/?q=bake", (200, 200, 200, 200, 200, 200, 302)),
    "support:ask_everybody": (lambda w: "/support/ask/", (403, 403, 403, 200, 200, 200, 302)),
    "support:ask_for_help": (lambda w: f"/support/strengths/{_strength(w)}/ask/", (200, 403, 403, 200, 200, 404, 302)),
    "support:thank": (lambda w: f"/support/helps/{_help(w)}/thank/", (200, 403, 403, 200, 200, 404, 302)),
    "reach:write": (lambda w: f"/reach/adults/{w.cast.amina.pk}/write/", (200, 403, 403, 200, 200, 404, 302)),
    "reach:praise_parent": (lambda w: f"/reach/adults/{w.cast.amina.pk}/letter/", (200, 403, 403, 200, 200, 404, 302)),
    "reach:unpraised": (lambda w: "/reach/parents-to-praise/", (200, 200, 200, 200, 200, 200, 302)),
    "reach:praise": (lambda w: f"/reach/children/{w.cast.ayan.pk}/praise/", (200, 403, 403, 200, 200, 404, 302)),
    "reach:thread": (lambda w: f"/reach/threads/{thread(w)}/", (200, 403, 403, 200, 200, 404, 302)),
    "front:write_to_many": (lambda w: "/many/", (200, 200, 200, 200, 200, 200, 302)),
    "reach:repairs": (lambda w: "/reach/to-put-right/", (403, 403, 403, 200, 200, 200, 302)),
    "reach:to_pass": (lambda w: "/reach/messages/", (403, 403, 403, 200, 200, 200, 302)),
    "home:page": (lambda w: "/home-learning/", (200, 200, 200, 200, 200, 200, 302)),
    "home:write": (lambda w: "/home-learning/write/", (200, 200, 200, 200, 200, 200, 302)),
    "extra:of_child": (
        lambda w: f"/extra-help/children/{w.cast.ayan.pk}/",
        (200, 403, 403, 200, 200, 404, 302),
    ),
    "home:classroom": (
        lambda w: f"/home-learning/classes/{_classroom(w)}/",
        (200, 403, 403, 200, 200, 404, 302),
    ),
}

POSTS_OF_STRENGTHS = {
    "front:text_read",
    "reach:pass_on",
    "front:take_back",
    "reach:repaired",
    "together:read",
    "extra:end",
    "extra:key_in",
    "home:undo",
    "home:helped",
    "home:idea",
}
