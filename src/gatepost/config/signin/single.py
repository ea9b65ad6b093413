"""Single sign-on with the school's own accounts: lets in who already works here, and makes nobody."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gatepost.core import clock
from gatepost.org.models import Person
from gatepost.org.queries import jobs_on

PROVIDER = "school"  # the part of our addresses that names the provider; there is one


def is_set_up() -> bool:
    """Whether this installation has single sign-on."""
    return bool(settings.GATEPOST_OIDC_URL)


def no_entry(request: HttpRequest, status: int = 403) -> HttpResponse:
    """The one answer to every sign-on that does not work out: it says nothing about who has an account."""
    return render(request, "account/no_entry.html", status=status)


def address(**more: str) -> str:
    """Where single sign-on begins."""
    return f"{reverse('openid_connect_login', kwargs={'provider_id': PROVIDER})}?{urlencode(more)}"


class SchoolSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Knows people by the e-mail address that the school holds of them, and by nothing that the provider says else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody is made by signing on."""
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[Person, str] | None:
        """The one member of staff whose address the provider vouches for. Their password stays as it is."""
        vouched = {each.email.lower() for each in sociallogin.email_addresses if each.verified is True}
        found = list(Person.objects.filter(email__in=vouched, is_active=True)[:2]) if vouched else []
        if len(found) != 1 or not jobs_on(found[0].pk, clock.today()):
            return None
        return found[0], ""  # no address: with one, the library would take their password away

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Somebody comes back from the provider: to sign in, or to show once more that it is they."""
        process = sociallogin.state.get("process")
        if process == "login" and sociallogin.is_existing:
            return
        if (
            process == "redirect"
            and sociallogin.is_existing
            and sociallogin.user == request.user
            and _just(sociallogin)
        ):
            record_authentication(request, request.user, "socialaccount", reauthenticated=True)
            return
        raise ImmediateHttpResponse(no_entry(request))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:
        """The provider, or the way there, said no."""
        raise ImmediateHttpResponse(no_entry(request))


def _just(sociallogin: Any) -> bool:
    """Whether the provider asked the person just now, rather than remember them: it must say when it did."""
    token = sociallogin.account.extra_data.get("id_token") or {}
    asked_at = token.get("auth_time")
    limit = settings.GATEPOST_STEP_UP_MINUTES * 60
    return isinstance(asked_at, int) and clock.now().timestamp() - asked_at < limit
