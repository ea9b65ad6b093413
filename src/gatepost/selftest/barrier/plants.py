"""Leaks made on purpose, one for each channel: a self test that does not find them has shown nothing.

Each lets the barred adult read how many lines the school's audit trail has: anything that happens adds one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock
from uuid import UUID

from django.http import HttpResponse

from gatepost.core.errors import Refused
from gatepost.core.models import AuditEvent
from gatepost.know.models import Channel
from gatepost.meet.queries.agenda import ShownPerson
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Recording, Translation
from gatepost.reach.queries.threads import Said
from gatepost.support.home_queries import ShownIdea

type Made = Callable[..., Any]


def _trace() -> str:
    return f"<{AuditEvent.objects.count()}>"


def _page(real: Made) -> Made:
    return lambda request, link, tag: real(request, link, tag) | {"office_name": _trace()}


def _other_language(real: Made) -> Made:
    def frame(request: Any, link: Any, tag: str) -> dict[str, Any]:
        made: dict[str, Any] = real(request, link, tag)
        return made | ({"office_name": _trace()} if tag != "en" else {})

    return frame


def _times(real: Made) -> Made:
    def times_for(*args: Any) -> Any:
        found = list(real(*args))
        number = AuditEvent.objects.count() % max(1, len(found))
        return tuple(found[number:] + found[:number])

    return times_for


def _waits(real: Made) -> Made:
    def page(*args: Any) -> HttpResponse:
        made: HttpResponse = real(*args)
        made.content += _trace().encode()
        return made

    return page


def _refusal(real: Made) -> Made:
    def refuse(*args: Any) -> None:
        try:
            real(*args)
        except Refused as refused:
            raise Refused(f"{refused} {_trace()}") from None

    return refuse


def _answer(change: Callable[[HttpResponse], object]) -> Callable[[Made], Made]:
    def wrap(real: Made) -> Made:
        def answered(*args: Any, **kwargs: Any) -> HttpResponse:
            made: HttpResponse = real(*args, **kwargs)
            change(made)
            return made

        return answered

    return wrap


def _header(answer: HttpResponse) -> None:
    answer.headers["X-Read-By"] = _trace()


def _size(answer: HttpResponse) -> None:
    answer.content += b"<!-- /i/" + b"a" * (30 + AuditEvent.objects.count()) + b" -->"


def _summary(answer: HttpResponse) -> None:
    answer.content += _trace().encode()


def _idea(real: Made) -> Made:
    return lambda *args: (*real(*args), ShownIdea(_trace(), "en", ""))


def _thread(real: Made) -> Made:
    return lambda thread: (*real(thread), Said("", _trace(), thread.begun_at))


def _extra(real: Made) -> Made:
    return lambda *args, **kwargs: replace(real(*args, **kwargs), who=_trace())


def _document(real: Made) -> Made:
    return lambda *args: replace(real(*args), title=_trace())


def _together(real: Made) -> Made:
    return lambda *args: replace(real(*args), next_at=_trace(), every="daily")


def _treated(real: Made) -> Made:
    def render(request: Any, template: str, context: dict[str, Any]) -> HttpResponse:
        made: HttpResponse = real(request, template, context)
        made.content += _trace().encode() if template.endswith("treated.html") else b""
        return made

    return render


def _translated(real: Made) -> Made:
    def translations_of(*args: Any) -> dict[UUID, Translation]:
        found: dict[UUID, Translation] = real(*args)
        for row in found.values():
            row.words += _trace()
        return found

    return translations_of


def _anything_plays(real: Made) -> Made:
    return lambda thread: Recording.objects.all()


def _agenda(real: Made) -> Made:
    return lambda *args, **kwargs: replace(real(*args, **kwargs), people=(ShownPerson(_trace(), ""),))


def _sheet(real: Made) -> Made:
    def rendered(request: Any, template: str, context: Any, **more: Any) -> HttpResponse:
        made: HttpResponse = real(request, template, context, **more)
        made.content += _trace().encode()
        return made

    return rendered


def _own(real: Made) -> Made:
    return lambda adult: replace(real(adult), name=_trace())


def _status(answer: HttpResponse) -> None:
    answer.status_code = 200 + AuditEvent.objects.count() % 90


def _calendar(real: Made) -> Made:
    return lambda *args, **kwargs: real(*args, **kwargs) + f"X-NOTE:{_trace()}".encode()


def _letter(channel: str) -> Callable[[Made], Made]:
    def wrap(real: Made) -> Made:
        def worded(*args: Any) -> Letter:
            made: Letter = real(*args)
            return replace(made, body=f"{made.body} {_trace()}") if made.channel == channel else made

        return worded

    return wrap


def _envelope(real: Made) -> Made:
    return lambda *args: replace(real(*args), recipient=f"Family {_trace()}")


def _spoken(real: Made) -> Made:
    return lambda *args: f"{real(*args)} {_trace()}"


def _on_paper(real: Made) -> Made:
    def all_of(*args: Any) -> dict[str, Any]:
        said: dict[str, Any] = real(*args)
        return said | {"office_name": _trace()}

    return all_of


PLANTS: dict[str, tuple[str, Callable[[Made], Made]]] = {
    "pages": ("gatepost.reach.door.family_frame", _page),
    "languages": ("gatepost.reach.door.family_frame", _other_language),
    "waiting list": ("gatepost.meet.views.family._page", _waits),
    "times": ("gatepost.meet.queries.choosing.times_for", _times),
    "errors": ("gatepost.meet.services.booking._refuse_bad_choice", _refusal),
    "summaries": ("gatepost.reach.steps._show", _answer(_summary)),
    "learning": ("gatepost.support.home_queries.other_families", _idea),
    "extra help": ("gatepost.support.extra_queries.shown", _extra),
    "recordings": ("gatepost.reach.queries.recordings.in_thread", _anything_plays),
    "documents": ("gatepost.reach.queries.documents.shown", _document),
    "together": ("gatepost.reach.together_page.shown", _together),
    "treated": ("gatepost.reach.views.thread_family.render", _treated),
    "translations": ("gatepost.reach.queries.threads.translations_of", _translated),
    "agenda": ("gatepost.meet.queries.agenda.shown_talk", _agenda),
    "sheet": ("gatepost.meet.views.sheets.render", _sheet),
    "help": ("gatepost.meet.views.helping.render", _sheet),
    "staff lists": ("gatepost.org.door._sign_in_first", _answer(_summary)),
    "thread": ("gatepost.reach.queries.threads.said_in", _thread),
    "own page": ("gatepost.front.own.shown", _own),
    "companion": ("gatepost.meet.views.companion.frame_of", _page),
    "kiosk": ("gatepost.meet.views.kiosk.frame_of", _page),
    "calendar": ("gatepost.meet.calendar.for_one", _calendar),
    "headers": ("gatepost.reach.door._in_their_language", _answer(_header)),
    "statuses": ("gatepost.reach.door._in_their_language", _answer(_status)),
    "sizes": ("gatepost.reach.door._in_their_language", _answer(_size)),
    "mails": ("gatepost.reach.delivery.preparing.letter_for", _letter(Channel.EMAIL)),
    "texts": ("gatepost.reach.delivery.preparing.letter_for", _letter(Channel.SMS)),
    "letters": ("gatepost.reach.delivery.letters.all_of", _on_paper),
    "envelopes": ("gatepost.reach.delivery.preparing.letter_for", _envelope),
    "in person": ("gatepost.front.saying._worded", _spoken),
}
"""By channel: what is broken, and how."""


@contextmanager
def planted(channel: str) -> Iterator[None]:
    """Let a little of what happened come out over this channel."""
    where, wrap = PLANTS[channel]
    module, _, name = where.rpartition(".")
    real = getattr(__import__(module, fromlist=[name]), name)
    with mock.patch(where, wrap(real)):
        yield
