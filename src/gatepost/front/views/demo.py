"""The demonstration's stage: sign in as somebody with one tap. Not served, and not working, anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gatepost.front import demo
from gatepost.front.demo import PIN
from gatepost.front.rules import may_play
from gatepost.org import session
from gatepost.org.actor import Request

type View = Callable[..., HttpResponse]


def demo_page(view: View) -> View:
    """A page that does not exist outside the demonstration, even if somebody were to route to it."""

    @wraps(view)
    def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_play(request.actor):
            raise Http404
        return view(request, *args, **kwargs)

    opened.may = may_play  # type: ignore[attr-defined]  # the URL sweep and the middleware look for it
    return opened


@demo_page
@require_safe
def people(request: Request) -> HttpResponse:
    """Whose part to play; families need none, their letters lie in the post room."""
    return render(request, "front/people.html", {"personas": demo.personas(), "pin": PIN})


@demo_page
@require_POST
def become(request: Request, pk: UUID) -> HttpResponse:
    """Sign in as somebody of the story."""
    person = demo.player(pk)
    if person is None:
        raise Http404
    login(request, person)
    session.prove(request.session, session.Proof.DEMONSTRATION)
    return redirect("front:today")
