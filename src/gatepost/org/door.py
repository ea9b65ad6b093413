"""The page door: a view says who may open it, or it is not served."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from gatepost.core import scope
from gatepost.org.actor import NOBODY, Actor, Request, Tier
from gatepost.org.models import Person, Staff
from gatepost.org.queries import jobs_now

ACTING_AS = "acting_as"  # session key: the `Staff` row of the role somebody acts in


class RuleMissing(RuntimeError):
    """A view without a rule was about to be served."""


def anybody(actor: Actor) -> bool:
    """The rule of public pages."""
    return True


def any_staff(actor: Actor) -> bool:
    """Somebody who works at the school."""
    return actor.is_staff


def page_on[M: models.Model](
    model: type[M], may: Callable[[Actor, M], bool]
) -> Callable[[Callable[[Request, M], HttpResponse]], Callable[..., HttpResponse]]:
    """Load the thing in scope (404 outside it), ask the rule (403), then open the page."""

    def decorate(view: Callable[[Request, M], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: Request, pk: UUID) -> HttpResponse:
            if not request.actor.is_staff:
                return _sign_in_first(request)
            thing = get_object_or_404(model._default_manager.all(), pk=pk)
            if not may(request.actor, thing):
                raise PermissionDenied
            return view(request, thing)

        opened.may = may  # type: ignore[attr-defined]  # the URL sweep and the middleware look for it
        return opened

    return decorate


def page(
    rule: Callable[[Actor], bool],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Ask the rule about the actor alone, then open the page."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.is_staff:
                return _sign_in_first(request)
            if not rule(request.actor):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        opened.may = rule  # type: ignore[attr-defined]  # see page_on
        return opened

    return decorate


def public_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page for everybody. Also wraps what others wrote (sign-in), in `config/urls.py`."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    opened.may = anybody  # type: ignore[attr-defined]  # see page_on
    return opened


def _sign_in_first(request: Request) -> HttpResponse:
    if request.user.is_authenticated:  # signed in, but without a job today: the first page says so
        return redirect("/")
    return redirect(f"{reverse('account_login')}?next={request.path}")


def actor_of(request: HttpRequest) -> Actor:
    """The member of staff who is signed in, in the one role they act in now; or nobody."""
    person = request.user
    if not isinstance(person, Person) or not person.is_active:
        return NOBODY
    jobs = list(jobs_now(person))
    chosen = request.session.get(ACTING_AS)
    job: Staff | None = next((job for job in jobs if str(job.pk) == chosen), jobs[0] if jobs else None)
    if job is None:
        return Actor(person_id=person.pk)
    return Actor(
        person_id=person.pk,
        schools=frozenset([job.school_id]),
        organisation=job.school.organisation_id,
        acting_role=job.role,
        tier=Tier.STAFF,
    )


@contextmanager
def work_of(actor: Actor) -> Iterator[None]:
    """Open the actor's scope, if they have one."""
    opened = scope.only(actor.schools, organisation=actor.organisation) if actor.schools else nullcontext()
    with opened:
        yield


class ActorMiddleware:
    """Says who acts and opens their scope; refuses to serve a view that declares no rule."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve one request in the scope of its actor."""
        request.actor = actor_of(request)  # type: ignore[attr-defined]  # org.actor.Request declares it
        with work_of(request.actor):  # type: ignore[attr-defined]  # as above
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Stop here if nobody said who may open this view."""
        if not hasattr(view, "may"):
            raise RuleMissing(f"{view.__module__}.{view.__name__} declares no rule.")
