"""Sessions end by themselves, can be seen and ended, and end when somebody leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY
from django.test import Client

from gatepost.config.signin.single import SchoolSignOn
from gatepost.config.tests.signing import give_password, knock, number_of, set_up_app, with_app
from gatepost.core import clock
from gatepost.front import sessions
from gatepost.testing import Cast

MINUTE, HOUR = 60, 3600
LATER = 31


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.now().replace(hour=8, minute=0), tick=False) as traveller:
        yield traveller


@pytest.mark.parametrize(("seconds", "status"), [(15 * MINUTE - 1, 200), (15 * MINUTE, 302)])
def test_after_fifteen_minutes_without_anybody_the_page_closes(cast: Cast, client: Client, now, seconds, status):
    cast.sign_in(client, cast.ode)
    now.shift(seconds)
    assert client.get("/meet/").status_code == status
    assert ("_auth_user_id" in client.session) is (status == 200)


def test_somebody_who_works_stays_signed_in_but_not_beyond_the_day(cast: Cast, client: Client, now):
    cast.sign_in(client, cast.ode)
    for _ in range(60 - 1):
        now.shift(10 * MINUTE)
        assert client.get("/meet/").status_code == 200
    now.shift(10 * MINUTE)
    answer = client.get("/meet/", follow=True)
    assert "You were signed out" in answer.content.decode()


def test_a_page_that_saves_again_by_itself_keeps_nobody_signed_in(cast: Cast, client: Client, now):
    cast.sign_in(client, cast.ode)
    for header, expected in (("again", 302), ("1", 200)):
        cast.sign_in(client, cast.ode)
        for _ in range(4):
            now.shift(5 * MINUTE)
            answer = client.get("/meet/", headers={"X-Autosave": header})
        assert answer.status_code == expected


def test_a_session_without_its_marks_is_over(cast: Cast, client: Client):
    cast.sign_in(client, cast.ode)
    mine = client.session
    del mine["session_began"]
    mine.save()
    assert client.get("/meet/").url.startswith("/sign-in/")


def test_an_upgrade_signs_nobody_out_and_lets_nobody_stay(cast: Cast, client: Client, now):
    """Sessions that were begun under 0.2 say so; they go on until their own end, a new password, or a leaving."""
    over = {
        "in their own time": lambda: now.shift(15 * MINUTE),
        "with another password": lambda: give_password(cast.ode),
        "when somebody leaves": lambda: type(cast.ode).objects.filter(pk=cast.ode.pk).update(is_active=False),
    }
    for name, end in over.items():
        cast.sign_in(client, cast.ode)
        before = client.session
        before[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        before.save()
        assert [client.get("/meet/").status_code for _ in range(2)] == [200, 200], name
        end()
        assert client.get("/meet/").status_code == 302, name


def test_setting_a_second_factor_up_gives_the_session_a_new_key(cast: Cast, client: Client):
    give_password(cast.ode)
    knock(client, cast.ode)
    before = client.session.session_key
    set_up_app(client)
    assert client.session.session_key != before
    assert [each.session_key for each in UserSession.objects.all()] == [client.session.session_key]


def test_i_see_where_i_am_signed_in_and_end_it(cast: Cast, client: Client, now):
    desk, telephone, library = client, Client(), Client()
    agents = {
        desk: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0",
        telephone: "Mozilla/5.0 (iPhone) AppleWebKit Safari/605",
        library: "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140.0",
    }
    for browser, agent in agents.items():
        cast.sign_in(browser, cast.ode)
        now.shift(MINUTE)
        browser.get("/meet/", headers={"User-Agent": agent})
    cast.sign_in(Client(), cast.nye)
    page = desk.get("/account/signed-in/").content.decode()
    for words in ("Chrome on Linux", "Safari on iPhone", "Firefox on Windows", "this one"):
        assert words in page
    number = re.search(r'name="number" value="(\d+)"', page)[1]
    desk.post("/account/signed-in/", {"number": number})
    assert [browser.get("/meet/").status_code for browser in agents] == [200, 200, 302]  # the one used last stood first
    desk.post("/account/signed-in/")
    assert [browser.get("/meet/").status_code for browser in agents] == [200, 302, 302]


def test_nobody_ends_a_colleagues_session(cast: Cast, client: Client, now):
    other = Client()
    cast.sign_in(other, cast.nye)
    now.shift(MINUTE)
    other.get("/meet/")
    cast.sign_in(client, cast.ode)
    client.post("/account/signed-in/", {"number": UserSession.objects.get(user=cast.nye).pk})
    assert other.get("/meet/").status_code == 200


@pytest.mark.parametrize("agent", ["", "x" * 400, "<b>Call 0900</b>", "Mozilla http://bad.example/Chrome"])
def test_what_a_browser_says_of_itself_is_never_shown(agent: str):
    assert re.fullmatch(r"(a browser|Chrome) on an unknown device", sessions.browser_in_words(agent))


def test_signing_out_takes_the_browser_off_the_list(cast: Cast, client: Client):
    with_app(client, cast.ode)
    assert UserSession.objects.count() == 1
    client.post("/sign-out/")
    assert UserSession.objects.count() == 0


# Leaving


class Access:
    """The twelve ways in that one member of staff holds open on the day they leave."""

    def __init__(self, cast: Cast, now: time_machine.Traveller) -> None:
        self.cast, self.person, self.now = cast, cast.ode, now
        self.desk, self.fresh, self.waiting, self.suspended = Client(), Client(), Client(), Client()
        self.event = cast.event()
        self.secret = with_app(self.desk, self.person)
        self.codes = self.desk.get("/account/codes/file/").content.decode().split()
        now.shift(LATER)
        knock(self.waiting, self.person)  # the password is typed, the number is not
        cast.sign_in(self.suspended, self.person)

    def ways(self) -> dict[str, Callable[[], bool]]:
        return {
            "an open page": lambda: self.open(self.desk, "/meet/"),
            "one thing by its address": lambda: self.open(self.desk, f"/meet/events/{self.event.pk}/"),
            "a form": lambda: self.desk.post("/meet/plan/evening/", {}).status_code == 200,
            "words that are saved while somebody writes": lambda: (
                self.desk.post("/meet/plan/evening/", {}, headers={"X-Autosave": "1"}).status_code == 200
            ),
            "a second browser": lambda: self.open(self.suspended, "/meet/"),
            "another job": lambda: self.open(self.desk, "/acting-as/"),
            "a file": lambda: self.open(self.desk, "/measure/not-heard/counts.csv", 403),
            "a sign-in that had begun": self.finish,
            "the password": lambda: self.through(lambda other: other.post("/sign-in/second-factor/", self.number())),
            "a recovery code": lambda: self.through(
                lambda other: other.post("/sign-in/second-factor/", {"code": self.codes.pop()})
            ),
            "a new passkey": self.add_passkey,
            "single sign-on": lambda: SchoolSignOn().authenticate_by_email(self.sign_on()) is not None,
        }

    def open(self, browser: Client, path: str, allowed: int = 200) -> bool:
        return browser.get(path).status_code in {200, allowed}

    def number(self) -> dict[str, str]:
        self.now.shift(LATER)
        return {"code": number_of(self.secret)}

    def finish(self) -> bool:
        self.waiting.post("/sign-in/second-factor/", self.number())
        return self.open(self.waiting, "/meet/")

    def through(self, second: Callable[[Client], object]) -> bool:
        other = Client()
        knock(other, self.person)
        second(other)
        return self.open(other, "/meet/")

    def add_passkey(self) -> bool:
        other = Client()
        self.cast.sign_in(other, self.person)
        return self.open(other, "/account/passkeys/add/") and self.open(other, "/meet/")

    def sign_on(self) -> object:
        address = EmailAddress(email=self.person.email, verified=True)
        return SocialLogin(account=SocialAccount(provider="openid_connect"), email_addresses=[address])


def stop_account(cast: Cast) -> None:
    cast.ode.is_active = False
    cast.ode.save()


def end_job(cast: Cast) -> None:
    cast.ode.jobs.update(until_on=clock.today() - timedelta(days=1))


@pytest.mark.parametrize("leave", [stop_account, end_job])
def test_leaving_ends_twelve_kinds_of_access_within_a_minute(cast: Cast, now, leave: Callable[[Cast], None]):
    access = Access(cast, now)
    ways = access.ways()
    assert len(ways) == 12
    assert {name: way() for name, way in ways.items()} == dict.fromkeys(ways, True)
    knock(access.waiting, cast.ode)  # and once more the password is typed
    leave(cast)
    now.shift(59)
    assert {name: way() for name, way in access.ways().items()} == dict.fromkeys(ways, False)
