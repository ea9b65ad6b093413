"""Saying aloud, or signing, what was written to families; and hearing it again before they do."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods

from gatepost.core.levels import Level
from gatepost.know.queries import is_read_first
from gatepost.org.actor import Actor, Request
from gatepost.org.door import page_on
from gatepost.org.reading import opens
from gatepost.org.rules import may_know_of_orders
from gatepost.reach.aloud import HEARS_ITSELF, Words, record
from gatepost.reach.models import Broadcast, Message, Recording
from gatepost.reach.rules import recordings as rules
from gatepost.reach.rules.threads import may_open_thread
from gatepost.reach.services import recordings


@csp_override(HEARS_ITSELF)
@page_on(Message, may=rules.may_say_message)
@opens(Level.P3)
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: Request, message: Message) -> HttpResponse:
    """Say aloud what was written to one adult."""
    thread = message.thread
    first = is_read_first(thread.child) and not may_know_of_orders(request.actor)
    may_open = may_open_thread(request.actor, thread)
    back = reverse("reach:thread", args=[thread.pk]) if may_open else reverse("reach:words")
    return record(
        request,
        Words(message.pk, message.school_id, message.words, back, _tell, first, thread.adult.language),
    )


@csp_override(HEARS_ITSELF)
@page_on(Broadcast, may=rules.may_say_broadcast)
@require_http_methods(["GET", "HEAD", "POST"])
def broadcast(request: Request, sent: Broadcast) -> HttpResponse:
    """Say aloud what was written to many."""
    return record(request, Words(sent.pk, sent.school_id, sent.words, "/", _tell))


def _tell(recording: Recording, by: Actor) -> None:
    recordings.tell_of_message(recording, by=by)
