"""How staff sign in: accounts are made by the school, never by whoever finds the page; mail goes over our own wire."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from gatepost.reach.signin import send_signin_mail


class StaffSignIn(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes sign-up, and gives every mail of the sign-in library to `reach`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: `gatepost add_staff` makes accounts."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand a sign-in mail to the wire, like any other message."""
        message = self.render_mail(template_prefix, email, context)
        send_signin_mail(address=email, title=message.subject, body=message.body)
