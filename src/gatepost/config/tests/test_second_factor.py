"""A password alone opens nothing: a second factor is set up first, and asked for from then on."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from gatepost.config.tests.signing import PASSWORD, give_password, knock, number_of, set_up_app, with_app
from gatepost.core import clock
from gatepost.core.models import AuditEvent
from gatepost.org import session
from gatepost.org.door import actor_of, anybody, signed_in
from gatepost.testing import Cast

LATER = 31  # seconds: the app shows the next number


def routes(patterns: list | None = None, prefix: str = "/"):
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry


def staff_routes() -> list[tuple[str, URLPattern]]:
    """Every page that asks a rule about a member of staff."""
    rest = {anybody, signed_in}
    return [(url, entry) for url, entry in routes() if entry.callback.may not in rest and "token" not in url]


@pytest.mark.parametrize(("url", "entry"), staff_routes(), ids=lambda value: value if isinstance(value, str) else "")
def test_no_page_of_staff_opens_after_a_password_alone(cast: Cast, url: str, entry: URLPattern):
    request = RequestFactory().get(url)
    request.user = cast.bell
    request.session = {}
    session.begin(request.session, session.Proof.PASSWORD)
    request.actor = actor_of(request)
    given = {name: uuid4() for name in entry.pattern.converters}
    answer = entry.callback(request, **given)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/")


def test_the_sweep_finds_the_pages():
    assert len(staff_routes()) >= 25


def test_the_first_sign_in_sets_up_an_app_and_then_the_day_opens(cast: Cast, client: Client):
    give_password(cast.ode)
    assert knock(client, cast.ode) == "/"
    assert client.get("/", follow=True).redirect_chain == [("/account/", 302)]
    assert "One more thing" in client.get("/account/").content.decode()
    assert client.get("/meet/").url == "/account/"
    set_up_app(client)
    codes = client.get("/account/codes/").content.decode()
    assert codes.count('<code class="key">') == 10
    assert client.get("/meet/").status_code == 200
    assert "org.second_factor_added" in AuditEvent.objects.values_list("verb", flat=True)


def test_from_then_on_the_number_is_asked_for_and_works_once(cast: Cast, client: Client):
    with time_machine.travel(clock.now(), tick=False) as now:
        secret = with_app(client, cast.ode)
        client.post("/sign-out/")
        now.shift(LATER)
        assert knock(client, cast.ode) == "/sign-in/second-factor/"
        assert client.get("/meet/").url.startswith("/sign-in/")
        page = client.post("/sign-in/second-factor/", {"code": "000000"}).content.decode()
        assert "Please look at this again" in page
        assert client.post("/sign-in/second-factor/", {"code": number_of(secret)}).url == "/"
        assert client.get("/meet/").status_code == 200
        other = Client()
        knock(other, cast.ode)
        assert other.post("/sign-in/second-factor/", {"code": number_of(secret)}).status_code == 200
        assert other.get("/meet/").url.startswith("/sign-in/")


def test_a_recovery_code_opens_once(cast: Cast, client: Client):
    with_app(client, cast.ode)
    codes = client.get("/account/codes/file/").content.decode().split()
    code = codes[-1]
    client.post("/sign-out/")
    for expected in (302, 200):
        knock(client, cast.ode)
        assert client.post("/sign-in/second-factor/", {"code": code}).status_code == expected
        client.post("/sign-out/")


def test_the_secret_of_an_app_does_not_lie_open_in_the_database(cast: Cast, client: Client):
    secret = with_app(client, cast.ode)
    assert secret not in str(Authenticator.objects.filter(user=cast.ode).values_list("data", flat=True))


def test_the_last_second_factor_stays(cast: Cast, client: Client):
    with_app(client, cast.ode)
    assert "only second factor" in client.get("/account/app/remove/").content.decode()
    client.post("/account/app/remove/")
    assert Authenticator.objects.filter(user=cast.ode, type="totp").exists()
    Authenticator.objects.filter(user=cast.ode, type="totp").delete()
    passkey = Authenticator.objects.create(user=cast.ode, type="webauthn", data={"name": "Telephone"})
    assert client.post(f"/account/passkeys/{passkey.pk}/remove/").url == "/account/"
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_a_colleagues_passkey_is_not_there(cast: Cast, client: Client):
    passkey = Authenticator.objects.create(user=cast.nye, type="webauthn", data={"name": "Telephone"})
    with_app(client, cast.ode)
    assert client.post(f"/account/passkeys/{passkey.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_who_knows_the_password_cannot_add_a_factor_beside_the_one_there_is(cast: Cast, client: Client):
    """A thief who signed in with the password before the owner set up an app must show the app's number."""
    thief = Client()
    give_password(cast.ode)
    knock(thief, cast.ode)
    with_app(client, cast.ode)
    cast.ode.refresh_from_db()
    thief.force_login(cast.ode)  # the session of before, with the new password
    for path in ("/account/app/", "/account/passkeys/add/", "/account/codes/", "/account/codes/file/"):
        assert thief.get(path).url.startswith("/account/again/code/")
    assert thief.get("/account/again/password/").url.startswith("/account/again/code/")


def test_a_lost_device_is_reset_by_command(cast: Cast, client: Client):
    with_app(client, cast.ode)
    assert client.get("/meet/").status_code == 200
    said = io.StringIO()
    call_command("reset_mfa", email=cast.ode.email, stdout=said)
    assert "signed out everywhere" in said.getvalue()
    assert client.get("/meet/").url.startswith("/sign-in/")
    assert knock(client, cast.ode) == "/"
    assert client.get("/meet/").url == "/account/"


@pytest.mark.parametrize(("demonstration", "status"), [(True, 200), (False, 302)])
def test_the_mark_of_a_played_part_counts_in_the_demonstration_only(cast: Cast, client: Client, demonstration, status):
    client.force_login(cast.ode)
    mine = client.session
    session.prove(mine, session.Proof.DEMONSTRATION)
    mine.save()
    with override_settings(GATEPOST_DEMO=demonstration, ROOT_URLCONF="gatepost.reach.tests.stage"):
        assert client.get("/meet/").status_code == status


@override_settings(GATEPOST_SMTP_URL="smtp://localhost")
def test_whoever_owns_the_account_hears_of_it(cast: Cast, client: Client, mailoutbox):
    with_app(client, cast.ode)
    first, second = mailoutbox
    assert first.subject == "Somebody signed in to Gatepost as you"
    assert second.subject == "An authenticator app was added"
    assert first.to == [cast.ode.email]
    client.post("/sign-out/")
    mailoutbox.clear()
    with time_machine.travel(clock.now().timestamp() + LATER):
        knock(client, cast.ode)  # the same browser: nothing new
    assert mailoutbox == []
    assert PASSWORD not in second.body
