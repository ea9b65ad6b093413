"""Accounts: made by the school, never by whoever finds the page; their mail goes over our own wire."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gatepost.config.signin import single
from gatepost.front.sessions import browser_in_words
from gatepost.reach.delivery.signin import send_signin_mail

BY_CODE = "mfa_reauthenticate"  # the library's names for ways to prove who one is
BY_PASSKEY = "mfa_reauthenticate:webauthn"


class StaffSignIn(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes sign-up, says how one proves who one is, and gives every mail of the library to `reach`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: `gatepost add_staff` makes accounts."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand a sign-in mail to the wire, like any other message."""
        message = self.render_mail(template_prefix, email, context)
        send_signin_mail(address=email, title=message.subject, body=message.body)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody what happened to their account, with words of ours about the browser it happened in."""
        browser = browser_in_words(self.get_http_user_agent(self.request))
        super().send_notification_mail(template_prefix, user, {"user_agent": browser, **(context or {})}, email)

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        """How this person can show once more that it is they, the best way first.

        A password counts only while there is no second factor: whoever sits at somebody else's open page
        may well know it.
        """
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        passkey = [way | {"description": _("Use my passkey")} for way in ways if way["id"] == BY_PASSKEY]
        code = [way | {"description": _("Use a code")} for way in ways if way["id"] == BY_CODE]
        if passkey or code:
            return passkey + code
        if single.is_set_up() and user.is_authenticated:
            return [{"id": "again", "description": _("Sign in again"), "url": reverse("account_again")}]
        return ways
