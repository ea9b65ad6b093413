"""What follows when somebody signs in or out, or when their second factors change."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import authentication_step_completed
from allauth.account.signals import user_logged_in as signed_in_by_page
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse

from gatepost.config.signin import devices
from gatepost.core import audit
from gatepost.org import session
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.org.session import Proof

PROOFS = {"mfa": Proof.SECOND_FACTOR, "socialaccount": Proof.SINGLE_SIGN_ON}


def connect() -> None:
    """Listen. Called once, when the process starts."""
    user_logged_in.connect(_begin)
    user_logged_out.connect(_end)
    signed_in_by_page.connect(_greet)
    authentication_step_completed.connect(_proved_again)
    authenticator_added.connect(_factor_added)
    authenticator_removed.connect(_factor_removed)
    authenticator_reset.connect(_codes_made)


def _begin(sender: Any, request: HttpRequest, user: Person, **_: Any) -> None:
    """Start the clocks, and note how far this person has proved who they are."""
    methods = [record["method"] for record in get_authentication_records(request, user)]
    session.begin(request.session, next((PROOFS[name] for name in methods if name in PROOFS), Proof.PASSWORD))


def _end(sender: Any, request: HttpRequest, user: Person | None, **_: Any) -> None:
    """Take the session off the list of those that are open."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()


def _greet(sender: Any, request: HttpRequest, response: HttpResponse, user: Person, **_: Any) -> None:
    """Write down who signed in, and tell them when it was a device that we do not know."""
    audit.record("org.signed_in", user, by=_by(user), proof=request.session[session.PROVED_BY])
    if not devices.is_known(request, user):
        get_adapter().send_notification_mail("account/email/new_device", user)
    devices.remember(request, response, user)


def _proved_again(sender: Any, request: HttpRequest, user: Person, method: str, **more: Any) -> None:
    if more.get("reauthenticated") and user == request.user:
        session.prove(request.session, PROOFS.get(method))
        session.rotate(request)


def _factor_added(sender: Any, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Whoever sets up a second factor has it at hand: the session is proved from now on, under a new key."""
    audit.record("org.second_factor_added", user, by=_by(user), kind=authenticator.type)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        session.prove(request.session, Proof.SECOND_FACTOR)
        session.rotate(request)


def _factor_removed(sender: Any, user: Person, authenticator: Authenticator, **_: Any) -> None:
    audit.record("org.second_factor_removed", user, by=_by(user), kind=authenticator.type)


def _codes_made(sender: Any, user: Person, **_: Any) -> None:
    audit.record("org.recovery_codes_made", user, by=_by(user))


def _by(person: Person) -> Actor:
    return Actor(person_id=person.pk)
