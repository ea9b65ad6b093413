"""Wraps the library's pages in our own doors, before they are given an address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from requests import RequestException

from gatepost.config.signin import single
from gatepost.config.signin.factors import SecondFactors, has_second_factor
from gatepost.org import session
from gatepost.org.actor import Request
from gatepost.org.door import account_page, public_page

type View = Callable[..., HttpResponseBase]


def factor_page(view: View) -> View:
    """A page that adds or shows a second factor: only after a fresh proof, and by a factor where there is one."""

    @account_page
    @wraps(view)
    def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        weak = not session.is_proved(request) and has_second_factor(request.user)  # type: ignore[arg-type]
        if weak or not session.is_fresh(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return opened


def removing_page(view: View) -> View:
    """A page that takes a passkey away, unless it is the last second factor."""

    @factor_page
    @wraps(view)
    def opened(request: Request, pk: int) -> HttpResponseBase:
        passkey = get_object_or_404(Authenticator, pk=pk, user_id=request.actor.person_id, type="webauthn")
        if not SecondFactors().can_delete_authenticator(passkey):
            messages.error(request, _("This is your only second factor. Add another one first."))
            return redirect("mfa_index")
        return view(request, pk=pk)

    return opened


def codes_page(view: View) -> View:
    """A page that shows recovery codes, where there are any."""

    @factor_page
    @wraps(view)
    def opened(request: Request) -> HttpResponseBase:
        get_object_or_404(Authenticator, user_id=request.actor.person_id, type="recovery_codes")
        return view(request)

    return opened


def forms(view: View) -> View:
    """A page that is read or filled in: the library would take other methods for the latter."""
    return require_http_methods(["GET", "HEAD", "POST"])(view)


def sign_on_page(view: View) -> View:
    """A step of single sign-on. When the provider does not answer, people are told, not shown an error."""

    @public_page
    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except RequestException:
            return single.no_entry(request, status=503)

    return opened


def sign_out_page(view: View) -> View:
    """Signing out, after which the browser forgets what it kept of us, words that were not saved included."""

    @public_page
    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponseBase:
        leaves = request.method == "POST"
        response = view(request)
        if leaves:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return opened


@account_page
def again(request: HttpRequest) -> HttpResponse:
    """Show once more that it is you, at the school's own sign-on: it asks anew, and you come back."""
    if "done" in request.GET and session.is_fresh(request):
        return resume_request(request) or redirect("mfa_index")
    then = get_next_redirect_url(request) or reverse("mfa_index")
    ways = get_adapter().get_reauthentication_methods(request.user)
    if ways and ways[0]["id"] != "again":
        return redirect(f"{ways[0]['url']}?{urlencode({'next': then})}")
    if not single.is_set_up():
        return single.no_entry(request)
    back = f"{reverse('account_again')}?{urlencode({'done': '1', 'next': then})}"
    return redirect(single.address(process="redirect", next=back, auth_params="prompt=login&max_age=0"))
