"""Single sign-on from the button to the day and back, against a certified OpenID provider that runs beside the test."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings

from gatepost.config.signin.provider import school_sign_on
from gatepost.config.tests.signing import give_password, knock, with_app
from gatepost.core import clock
from gatepost.org.models import Person, Staff
from gatepost.testing import Cast

pytestmark = pytest.mark.oidc

HERE = Path(__file__).parent
BEGIN = "/sign-in/with/school/"
FILE = "/measure/not-heard/counts.csv"
ACCOUNTS = {
    "bell": {"email": "bell@elmpark.example.org", "email_verified": True, "name": "Mrs Bell"},
    "shouted": {"email": "BELL@ElmPark.example.org", "email_verified": True},
    "claimed": {"email": "bell@elmpark.example.org", "email_verified": False},
    "worded": {"email": "bell@elmpark.example.org", "email_verified": "false"},
    "unsaid": {"email": "bell@elmpark.example.org"},
    "ode": {"email": "ode@elmpark.example.org", "email_verified": True},
    "stranger": {"email": "somebody@elsewhere.example", "email_verified": True},
    "without": {"name": "Nobody in particular"},
}


class Provider:
    """The provider that runs, and somebody's browser there."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.browser = requests.Session()

    def settings(self, domains: str = "") -> override_settings:
        secret = "not a secret, but long enough"
        apps = school_sign_on(url=self.address, name="Elm Park", client="gatepost", secret=secret, domains=domains)
        return override_settings(GATEPOST_OIDC_URL=self.address, SOCIALACCOUNT_PROVIDERS=apps)

    def is_asked_by(self, who: str) -> None:
        requests.get(f"{self.address}/test/next", params={"who": who}, timeout=5)

    def seen(self) -> list[dict[str, str]]:
        return list(requests.get(f"{self.address}/test/seen", timeout=5).json())

    def walk(self, client: Client, path: str) -> str:
        """From a page of ours through the provider and back, until a page of ours stands still; its path."""
        answer = client.get(path)
        for _ in range(20):
            if answer.status_code != 302:
                return path
            where = answer.headers["Location"]
            while where.startswith(self.address) or (where.startswith("/") and path.startswith(self.address)):
                path = where if where.startswith("http") else self.address + where
                away = self.browser.get(path, allow_redirects=False, timeout=5)
                assert away.status_code in (302, 303), away.text
                where = away.headers["Location"]
            path = where.removeprefix("http://testserver")
            answer = client.get(path)
        raise AssertionError("they never came back")


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    node = shutil.which("node")
    assert node, "node is not installed"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {"port": port, "redirect": "http://testserver/sign-in/with/school/back/", "accounts": ACCOUNTS}
    command = [node, "provider.mjs", json.dumps(told)]
    with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline().strip() == "ready"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture
def provider(running: str) -> Iterator[Provider]:
    made = Provider(running)
    with made.settings():
        yield made


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, Staff, SocialAccount, EmailAddress))


@pytest.mark.parametrize("who", ["bell", "shouted"])
def test_somebody_who_works_here_comes_in_and_keeps_their_password(cast: Cast, client, provider: Provider, who: str):
    give_password(cast.bell)
    assert "Sign in with Elm Park" in client.get("/sign-in/").content.decode()
    provider.is_asked_by(who)
    before = counts()
    assert provider.walk(client, f"{BEGIN}?next=/measure/attendance/") == "/measure/attendance/"
    assert client.get("/measure/attendance/").status_code == 200
    assert client.session["proved_by"] == "single_sign_on"
    assert counts() == before
    assert knock(Client(), cast.bell) == "/"  # the password works on


@pytest.mark.parametrize("who", ["claimed", "worded", "unsaid", "stranger", "without", "nobody"])
def test_anybody_else_sees_one_page_and_nobody_is_made(cast: Cast, client, provider: Provider, who: str):
    provider.is_asked_by(who)
    before = counts()
    end = provider.walk(client, BEGIN)
    assert end.startswith("/sign-in/with/school/back/")
    assert "_auth_user_id" not in client.session
    assert client.get("/meet/").status_code == 302
    assert counts() == before


def test_the_page_says_the_same_to_everybody(cast: Cast, provider: Provider):
    pages = set()
    for who in ("stranger", "claimed", "without", "nobody"):
        other, provider.browser = Client(), requests.Session()
        provider.is_asked_by(who)
        answer = other.get(BEGIN)
        assert answer.status_code == 302
        path, where = answer.headers["Location"], ""
        while not where.startswith("http://testserver"):
            where = provider.browser.get(path, allow_redirects=False, timeout=5).headers["Location"]
            path = where if where.startswith("http") else provider.address + where
        answer = other.get(where.removeprefix("http://testserver"))
        pages.add((answer.status_code, answer.content))
    assert len(pages) == 1
    assert "That did not work" in pages.pop()[1].decode()


def test_where_the_school_hands_out_the_addresses_they_count(cast: Cast, client, provider: Provider):
    provider.is_asked_by("unsaid")
    with provider.settings(domains="elmpark.example.org, other.example"):
        assert provider.walk(client, BEGIN) == "/"
    assert client.get("/meet/").status_code == 200


def test_who_has_left_does_not_come_in(cast: Cast, client, provider: Provider):
    cast.bell.jobs.update(until_on=clock.today().replace(year=2020, month=10, day=1))
    provider.is_asked_by("bell")
    assert provider.walk(client, BEGIN).startswith("/sign-in/with/school/back/")


def test_who_has_a_second_factor_here_is_asked_for_it_too(cast: Cast, client, provider: Provider):
    with_app(client, cast.bell)
    other = Client()
    provider.is_asked_by("bell")
    assert provider.walk(other, BEGIN) == "/sign-in/second-factor/"


def test_before_a_file_leaves_the_provider_asks_anew(cast: Cast, client, provider: Provider):
    provider.is_asked_by("bell")
    provider.walk(client, BEGIN)
    with time_machine.travel(clock.now().timestamp() + 601, tick=True):
        assert client.get(FILE).url.startswith("/account/again/")
    session = client.session
    session["proved_at"] -= 601  # the provider keeps real time, so the proof grows old instead
    session.save()
    before = client.session.session_key
    assert provider.walk(client, FILE) == FILE
    assert client.get(FILE).status_code == 200
    assert client.session.session_key != before
    assert len([each for each in provider.seen() if each["asked"] == "login"]) == 1


def test_a_colleagues_answer_does_not_count_for_me(cast: Cast, client, provider: Provider):
    provider.is_asked_by("bell")
    provider.walk(client, BEGIN)
    session = client.session
    session["proved_at"] -= 601
    session.save()
    provider.is_asked_by("ode")
    provider.browser = requests.Session()
    assert provider.walk(client, FILE).startswith("/sign-in/with/school/back/")
    assert client.get(FILE).status_code == 302
    assert client.session["_auth_user_id"] == str(cast.bell.pk)


def test_an_old_memory_of_the_provider_is_no_fresh_proof(cast: Cast, client, provider: Provider):
    """Whoever leaves out that the provider must ask anew is told no: it says when it last asked."""
    provider.is_asked_by("bell")
    provider.walk(client, BEGIN)
    with time_machine.travel(clock.now().timestamp() + 601, tick=True):
        session = client.session
        session["session_seen"] += 601
        session.save()
        end = provider.walk(client, f"{BEGIN}?process=redirect&next={FILE}")
        assert end.startswith("/sign-in/with/school/back/")
        assert client.get(FILE).status_code == 302


def test_nothing_is_linked(cast: Cast, client, provider: Provider):
    provider.is_asked_by("bell")
    cast.sign_in(client, cast.ode)
    assert provider.walk(client, f"{BEGIN}?process=connect").startswith("/sign-in/with/school/back/")
    assert SocialAccount.objects.count() == 0


def test_a_provider_that_is_away_is_told_kindly(cast: Cast, client):
    with Provider("http://127.0.0.1:9").settings():
        answer = client.get(BEGIN)
    assert answer.status_code == 503
    assert "That did not work" in answer.content.decode()


def test_an_answer_that_nobody_asked_for_leads_nowhere(cast: Cast, client, provider: Provider):
    answer = client.get("/sign-in/with/school/back/?code=made-up&state=made-up")
    assert answer.status_code == 403
