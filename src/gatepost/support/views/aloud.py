"""Saying a note for home aloud, or signing it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods

from gatepost.org.actor import Actor, Request
from gatepost.org.door import page_on
from gatepost.reach.aloud import HEARS_ITSELF, Words, record
from gatepost.reach.models import Recording
from gatepost.support import home_rules, home_words
from gatepost.support.models import HomeNote


@csp_override(HEARS_ITSELF)
@page_on(HomeNote, may=home_rules.may_say_aloud)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: Request, note: HomeNote) -> HttpResponse:
    """What there is to hear of a note, and a form for one more."""

    def tell(recording: Recording, by: Actor) -> None:
        home_words.tell_of_recording(note, recording, by=by)

    text = "\n".join(filter(None, [note.try_this, note.say_this]))
    return record(request, Words(note.pk, note.school_id, text, reverse("home:page"), tell))
