"""Pages that show what was said in confidence: whoever opens one leaves a line in the audit trail.

@page_on(Record, may=rules.may_read)
@opens(Level.P3)
def record(request, record): …
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import models
from django.http import HttpResponse

from gatepost.core import audit
from gatepost.core.levels import Level
from gatepost.org.actor import Actor, Request
from gatepost.org.models import Organisation, School

SHOWN_AGAIN = {400, 409, 422}  # a form that came back with its page around it


def opens(
    level: Level, of: Callable[[Any], models.Model | None] | None = None
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Stands under a door. Each time this page is shown, one line says who opened which thing.

    The thing is the one that the door loaded, or what `of` makes of it; without one it is the actor's school. The line
    is written before the page leaves: where it cannot be written, nothing is shown.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if _shows(response):
                found = next((each for each in args if isinstance(each, models.Model)), None)
                thing = (of(found) if of and found else found) or found or _house_of(request.actor)
                audit.read(thing, by=request.actor)
            return response

        opened.reads = level  # type: ignore[attr-defined]  # the sweep of all pages looks for it
        return opened

    return decorate


def _shows(response: HttpResponse) -> bool:
    """Whether a page or a file goes out: not for a redirect, a refusal, or the word that something was saved."""
    shown = response.status_code < 300 or response.status_code in SHOWN_AGAIN
    return shown and not response.headers.get("Content-Type", "").startswith("application/json")


def _house_of(actor: Actor) -> models.Model:
    """What a list belongs to: the one school, or the organisation of somebody who works for several."""
    return School(pk=actor.school_id) if len(actor.schools) == 1 else Organisation(pk=actor.organisation)
