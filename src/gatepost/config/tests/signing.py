"""What the stories of signing in share: a password, an app that shows numbers, a browser at the door."""

from __future__ import annotations

import re
import time
from unittest.mock import patch

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from gatepost.org.models import Person

PASSWORD = "gate and orchard and tea"


def give_password(person: Person) -> Person:
    """Let somebody sign in with `PASSWORD`."""
    person.set_password(PASSWORD)
    person.save()
    return person


def knock(client: Client, person: Person, password: str = PASSWORD) -> str:
    """Type e-mail and password; where that leads."""
    answer = client.post("/sign-in/", {"login": person.email, "password": password})
    return str(answer.headers.get("Location", answer.status_code))


def number_of(secret: str, later: int = 0) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time() + later) // 30)))


def set_up_app(client: Client) -> str:
    """Set up an authenticator app; its secret."""
    page = client.get("/account/app/").content.decode()
    found = re.search(r'<code class="key">(\w+)</code>', page)
    assert found, page
    with patch("django.db.transaction.on_commit", lambda then, **_: then()):  # a test's own transaction never commits
        answer = client.post("/account/app/", {"code": number_of(found[1])})
    assert answer.headers["Location"] == "/account/codes/"
    return found[1]


def with_app(client: Client, person: Person) -> str:
    """Somebody signs in for the first time and sets up an app; its secret."""
    give_password(person)
    assert knock(client, person) == "/"
    return set_up_app(client)
