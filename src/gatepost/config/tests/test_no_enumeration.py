"""Nobody learns at our door who has an account, and nobody tries for long."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client, override_settings

from gatepost.config.tests.signing import give_password, knock
from gatepost.testing import Cast

STRANGER = "nobody@elmpark.example.org"


def answer_of(path: str, typed: dict[str, str]) -> tuple[int, str, dict[str, str]]:
    """The answer to somebody at a browser of their own, without what differs in every answer."""
    answer = Client().post(path, typed)
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    page = page.replace(typed.get("login", "-"), "ADDRESS")
    headers = {name: value for name, value in answer.headers.items() if name not in {"Content-Length", "Expires"}}
    return answer.status_code, page, headers


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a password is hashed: what takes the time of an answer."""
    done: list[str] = []
    for name in ("encode", "verify"):
        real: Callable[..., object] = getattr(Argon2PasswordHasher, name)

        def counted(self, *given, real=real, name=name, **more):
            done.append(name)
            return real(self, *given, **more)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    return done


def test_a_wrong_password_and_an_unknown_address_look_alike_and_take_alike(cast: Cast, hashed: list[str]):
    give_password(cast.ode)
    hashed.clear()
    known = answer_of("/sign-in/", {"login": cast.ode.email, "password": "wrong and long enough"})
    first = len(hashed)
    hashed.clear()
    assert answer_of("/sign-in/", {"login": STRANGER, "password": "wrong and long enough"}) == known
    assert len(hashed) == first == 1
    hashed.clear()
    answer_of("/sign-in/", {"login": cast.nye.email, "password": "wrong and long enough"})  # has no password yet
    assert len(hashed) == 1


@override_settings(GATEPOST_SMTP_URL="smtp://localhost")
def test_asking_for_a_new_password_looks_alike_and_sends_alike(cast: Cast, mailoutbox):
    known = answer_of("/password/reset/", {"email": cast.ode.email})
    assert len(mailoutbox) == 1
    assert answer_of("/password/reset/", {"email": STRANGER}) == known
    assert len(mailoutbox) == 2


def test_somebody_who_left_is_told_apart_only_with_the_right_password(cast: Cast):
    give_password(cast.ode)
    cast.ode.is_active = False
    cast.ode.save()
    wrong = answer_of("/sign-in/", {"login": cast.ode.email, "password": "wrong and long enough"})
    assert wrong == answer_of("/sign-in/", {"login": STRANGER, "password": "wrong and long enough"})


def test_after_five_wrong_passwords_the_right_one_waits_from_anywhere(cast: Cast):
    give_password(cast.ode)
    for number in range(5):
        other = Client(REMOTE_ADDR=f"192.0.2.{number}")
        assert knock(other, cast.ode, "wrong and long enough") == "200"
    late = Client(REMOTE_ADDR="192.0.2.99")
    assert knock(late, cast.ode) == "200"
    give_password(cast.nye)
    assert knock(late, cast.nye) == "/"  # a colleague is not locked out


def test_an_address_without_account_is_held_back_in_the_same_words(cast: Cast):
    give_password(cast.ode)
    pages = []
    for login in (cast.ode.email, STRANGER):
        typed = {"login": login, "password": "wrong and long enough"}
        pages.append([answer_of("/sign-in/", typed) for _ in range(7)])
    assert pages[0] == pages[1]
    assert pages[0][0] != pages[0][6]


def test_the_counts_lie_in_the_database_for_all_processes(db: None):
    cache.set("tried", [1, 2], 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM gatepost_cache")
        assert cursor.fetchone()[0] >= 1
    del caches["default"]  # another process begins with nothing of its own
    assert caches["default"].get("tried") == [1, 2]
