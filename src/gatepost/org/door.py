"""The page door: a view says who may open it, or it is not served."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from gatepost.core import scope
from gatepost.org import session
from gatepost.org.actor import NOBODY, Actor, Request, Tier
from gatepost.org.models import Person
from gatepost.org.queries import Hat, hat_of

ACTING_AS = "acting_as"  # session key: the job or the strand somebody acts in
FORM_METHODS = ("GET", "HEAD", "POST")  # all that a page without script can send


class RuleMissing(RuntimeError):
    """A view without a rule was about to be served."""


def anybody(actor: Actor) -> bool:
    """The rule of public pages."""
    return True


def any_staff(actor: Actor) -> bool:
    """Somebody who works at the school."""
    return actor.is_staff


def signed_in(actor: Actor) -> bool:
    """Somebody who has signed in, also without a job today or a second factor: for their own account only."""
    return actor.person_id is not None


def page_on[M: models.Model](
    model: type[M], may: Callable[[Actor, M], bool], *, step_up: bool = False
) -> Callable[[Callable[[Request, M], HttpResponse]], Callable[..., HttpResponse]]:
    """Load the thing in scope (404 outside it), ask the rule (403), then open the page.

    With `step_up`, whoever has not shown in the last minutes that it is they is asked to, and comes back.
    """

    def decorate(view: Callable[[Request, M], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: Request, pk: UUID) -> HttpResponse:
            if not request.actor.is_staff:
                return _sign_in_first(request)
            thing = get_object_or_404(model._default_manager.all(), pk=pk)
            if not may(request.actor, thing):
                raise PermissionDenied
            _step_up(request, step_up)
            return view(request, thing)

        opened.may = may  # type: ignore[attr-defined]  # the URL sweep and the middleware look for it
        opened.step_up = step_up  # type: ignore[attr-defined]  # a sweep looks for it
        return opened

    return decorate


def page(
    rule: Callable[[Actor], bool], *, step_up: bool = False
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Ask the rule about the actor alone, then open the page. For `step_up` see `page_on`."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.is_staff:
                return _sign_in_first(request)
            if not rule(request.actor):
                raise PermissionDenied
            _step_up(request, step_up)
            return view(request, *args, **kwargs)

        opened.may = rule  # type: ignore[attr-defined]  # see page_on
        opened.step_up = step_up  # type: ignore[attr-defined]  # see page_on
        return opened

    return decorate


def account_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page about one's own account: for whoever has signed in, also before there is a second factor."""

    @wraps(view)
    def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not signed_in(request.actor):
            return _sign_in_first(request)
        if request.method not in FORM_METHODS:
            return HttpResponseNotAllowed(FORM_METHODS)
        return view(request, *args, **kwargs)

    opened.may = signed_in  # type: ignore[attr-defined]  # see page_on
    return opened


def public_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page for everybody. Also wraps what others wrote (sign-in), in `config/urls.py`, which take PUT for a POST."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in FORM_METHODS:
            return HttpResponseNotAllowed(FORM_METHODS)
        return view(request, *args, **kwargs)

    opened.may = anybody  # type: ignore[attr-defined]  # see page_on
    return opened


def _sign_in_first(request: Request) -> HttpResponse:
    if request.user.is_authenticated and not session.is_proved(request):
        return redirect("mfa_index")  # a password alone opens nothing
    if request.user.is_authenticated:  # signed in, but without a job today: the first page says so
        return redirect("/")
    return redirect(f"{reverse('account_login')}?next={request.path}")


def _step_up(request: Request, wanted: bool) -> None:
    """Ask for a proof first. The sign-in library catches this, asks, and plays the request again."""
    if wanted and not session.is_fresh(request):
        raise ReauthenticationRequired


def actor_of(request: HttpRequest) -> Actor:
    """The member of staff who is signed in, in the one role they act in now; or nobody.

    Asked anew for every request: whoever leaves, loses a role or has shown a password only acts no longer.
    """
    person = request.user
    if not isinstance(person, Person) or not person.is_active:
        return NOBODY
    if not session.is_proved(request):
        return Actor(person_id=person.pk)
    hat = hat_of(person, request.session.get(ACTING_AS))
    return acting(person, hat) if hat else Actor(person_id=person.pk)


def acting(person: Person, hat: Hat) -> Actor:
    """The actor that somebody is under one of their hats."""
    return Actor(
        person_id=person.pk,
        schools=frozenset([hat.school.pk] if hat.school else []),
        organisation=hat.organisation,
        acting_role=hat.role,
        tier=Tier.STAFF,
    )


@contextmanager
def work_of(actor: Actor) -> Iterator[None]:
    """Open the actor's scope, if they have one."""
    opened = scope.only(actor.schools, organisation=actor.organisation) if actor.organisation else nullcontext()
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
