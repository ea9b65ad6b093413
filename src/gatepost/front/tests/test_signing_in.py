"""Staff sign in on pages that look like ours; families are told that they need no account."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings

from gatepost.testing import Cast

PASSWORD = "gate and orchard and tea"


def test_a_member_of_staff_signs_in_and_out(cast: Cast, client: Client):
    cast.ode.set_password(PASSWORD)
    cast.ode.save()
    answer = client.post("/sign-in/", {"login": cast.ode.email, "password": PASSWORD})
    assert answer.url == "/"
    assert client.get("/").url == "/account/"  # a second factor first
    out = client.post("/sign-out/")
    assert out.status_code == 302
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/").url == "/sign-in/"


def test_a_wrong_password_says_so_and_no_more(cast: Cast, client: Client):
    page = client.post("/sign-in/", {"login": cast.ode.email, "password": "wrong"}).content.decode()
    other = client.post("/sign-in/", {"login": "nobody@example.org", "password": "wrong"}).content.decode()
    assert "Please look at this again" in page
    assert "Please look at this again" in other


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/sign-in/", "Families need no account"),
        ("/sign-up/", "The school makes the accounts"),
        ("/password/reset/", "A new password"),
        ("/password/reset/done/", "Look into your mailbox"),
        ("/password/reset/key/1-nonsense/", "does not work any more"),
        ("/password/reset/key/done/", "Your new password works now"),
    ],
)
def test_every_page_of_signing_in_is_ours(db: None, client: Client, path: str, words: str):
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "gatepost.css" in page
    assert not re.search(r"<script(?! src=)", page)


@override_settings(GATEPOST_SMTP_URL="smtp://localhost")
def test_a_forgotten_password_is_replaced_by_mail(cast: Cast, client: Client, mailoutbox):
    client.post("/password/reset/", {"email": cast.ode.email})
    (letter,) = mailoutbox
    mailoutbox.clear()
    assert letter.subject.endswith("A new password for Gatepost")
    path = next(word for word in letter.body.split() if "/password/reset/key/" in word).split("testserver")[-1]
    form = client.get(path, follow=True)
    address = form.redirect_chain[-1][0]
    assert "Choose a new password" in form.content.decode()
    done = client.post(address, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert "Your new password works now" in done.content.decode()
    cast.ode.refresh_from_db()
    assert cast.ode.check_password(PASSWORD)
    assert [each.subject for each in mailoutbox] == ["Your password for Gatepost was changed"]
