"""Nothing that a family told us or was given stands in a log or on an error page, whatever happens."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client
from django.urls import get_resolver, resolve

from gatepost.agree import queries
from gatepost.core.logs import JsonLines, redact
from gatepost.know.models import Adult, Child, ContactPoint
from gatepost.meet.models import Booking
from gatepost.meet.services.agenda import add_for_family
from tests.pages import FAMILY_PAGES, PAGES, World
from tests.test_pages import sign_in

TALK = "Zugzwang at bedtime"


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Every line that any logger writes, at its most talkative, as the product would write it."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler, root = Keep(), logging.getLogger()
    handler.setFormatter(JsonLines())
    loggers = [root, *(logging.getLogger(name) for name in ("django", "django.request", "django.server", "gatepost"))]
    before = [(logger, logger.level) for logger in loggers]
    root.addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    for logger, level in before:
        logger.setLevel(level)


def secrets_of(made: World) -> set[str]:
    """All that must not be found: names, addresses, numbers, words, links, keys of sessions."""
    for booking in Booking.objects.all():
        add_for_family(booking.invitation, TALK, by=made.cast.family_actor(booking.invitation))
    found = {TALK, "Zugzwang", settings.SECRET_KEY}
    for model, fields in ((Adult, ["name"]), (Child, ["name"]), (ContactPoint, ["value"])):
        found |= {str(value) for row in model.objects.values_list(*fields) for value in row}
    found |= set(re.findall(r"/[is]/([\w-]{20,})", "\n".join(made.cast.letters(made.cast.amina))))
    return found | {person.email for person in (made.cast.ode, made.cast.finch, made.cast.bell)}


def stands_in(text: str, secrets: set[str]) -> list[str]:
    return sorted(secret for secret in secrets if secret.lower() in text.lower())


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


@pytest.mark.once
def test_no_address_that_opens_something_by_itself_stands_in_the_log() -> None:
    secret, opening = "k3y-Ab_0123456789abcdef", re.compile(r"<(str|slug):(token|key)>")
    found = [route for route in routes(get_resolver().url_patterns) if opening.search(route)]
    assert {route.split("<")[0] for route in found} >= {"i/", "l/", "t/", "r/", "u/", "h/", "gateway/"}
    for route in found:
        assert secret not in redact(f"Not Found: /{opening.sub(secret, route)}"), route


@pytest.mark.once
def test_no_page_writes_a_family_into_the_log(made: World, client: Client, logged: list[str]) -> None:
    cast = made.cast
    addresses = [address(made) for address, _expected in PAGES.values()]
    secrets = secrets_of(made)
    for who in ("ode", "bell", "nobody"):
        sign_in(cast, client, who)
        for url in addresses:
            client.get(url)
    client.get(f"/nowhere/?name={cast.amina.name}")  # a path of ours holds ids only
    client.post("/sign-in/", {"login": cast.ode.email, "password": "not the password"})
    assert stands_in("\n".join(logged), secrets) == []


@pytest.mark.parametrize("name", [name for name in FAMILY_PAGES if not name.startswith("guide:")])  # no secret opens it
def test_nor_does_a_familys_page(made: World, client: Client, logged: list[str], name: str) -> None:
    url = FAMILY_PAGES[name](made, client)
    secrets = secrets_of(made) | {next(iter(resolve(url.partition("?")[0]).kwargs.values()))}
    client.get(url)
    client.post(url, {"talk_about": TALK, "slot": "nonsense"})
    client.get(url.rstrip("/")[:-3] + "xxx/")
    assert stands_in("\n".join(logged), secrets) == []


def test_an_error_names_nobody_in_the_log_or_on_its_page(
    made: World, client: Client, logged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = made.cast
    secrets = secrets_of(made)

    def broken(*_: Any, **__: Any) -> None:
        raise IntegrityError(f"DETAIL: Key (name)=({cast.amina.name}, {TALK}) 07700 900123 amina@example.org")

    monkeypatch.setattr(queries, "promised_last_time", broken)
    client.raise_request_exception = False
    sign_in(cast, client, "ode")
    answer = client.get(PAGES["agree:talk"][0](made))
    assert answer.status_code == 500
    assert any("IntegrityError" in line for line in logged)
    assert stands_in("\n".join(logged), secrets) == []
    assert stands_in(answer.content.decode(), secrets - {cast.ode.name}) == []


@pytest.mark.parametrize("url", ["/nowhere/Amina/", "/i/{token}x/", "/agree/records/{foreign}/"])
def test_what_is_not_there_names_nobody(made: World, client: Client, url: str) -> None:
    cast = made.cast
    token = cast.link(cast.amina).split("/")[2]
    secrets = secrets_of(made) | {token}
    client.cookies.clear()
    answer = client.get(url.format(token=token, foreign=made.booking.pk))
    assert answer.status_code in (302, 404)
    assert stands_in(answer.content.decode().replace(url.format(token=token, foreign=""), ""), secrets - {token}) == []
