"""What every test has: the database as the product prepares it, the cast, and no way out."""

from __future__ import annotations

import atexit
import gc
import math
import os
import pickle
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from tempfile import mkdtemp
from typing import Any
from unittest import mock

_data = mkdtemp(prefix="gatepost-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["GATEPOST_DATA"] = f"{_data}/data"
os.environ["GATEPOST_KEYS"] = f"{_data}/keys"
_empty = os.environ.get("EMPTY_DATABASE", "")  # tables that `make test` has made once, for all its stages
for _name in ("GATEPOST_DEMO", "GATEPOST_DEBUG", "GATEPOST_ORIGIN"):
    os.environ.pop(_name, None)

import pytest
from django.conf import settings
from django.db import transaction
from django.middleware import csrf
from django.test import Client, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as properties
from pytest_django.plugin import DjangoDbBlocker

from gatepost.core import scope
from gatepost.selftest.stage import own_database, quick_hashing
from gatepost.testing import Cast, build_cast, cast_scope

# A busy machine is no reason to fail, nothing here is a timed test; nor is an example that nobody's change has brought
# about: the same tests try the same ones. `--hypothesis-profile=others` tries others each time.
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
properties.register_profile("others", deadline=None, suppress_health_check=SLOW)
properties.register_profile("the same", properties.get_profile("others"), derandomize=True, database=None)
properties.load_profile("the same")

DATABASE = {"db", "transactional_db", "cast", "cast_of_module", "django_db_setup"}  # whoever asks for one needs tables
LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Know the stories that open pages, which `make check` leaves to the whole run; and those that need tables."""
    gc.freeze()  # ten thousand tests stay to the end: not to be looked through again and again
    gc.set_threshold(200_000, 20, 100)
    for item in items:
        asks_for = set(getattr(item, "fixturenames", ()))
        if "client" in asks_for:
            item.add_marker("page")
        if asks_for & DATABASE or item.get_closest_marker("django_db"):
            item.add_marker("rows")


@pytest.fixture(autouse=True, scope="session")
def nobody_calls_out() -> Iterator[None]:
    """Any connection beyond this machine's loopback fails the test that tried it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def it_is_always_day() -> Iterator[None]:
    """Stories happen at any hour, and so does the suite; those about the night switch it on."""
    with override_settings(GATEPOST_QUIET_HOURS=False):
        yield


@pytest.fixture(autouse=True, scope="session")
def addresses_are_those_of_a_real_school() -> None:
    """Read the addresses once, before a test plays the demonstration and would have its addresses read instead."""
    import_module(settings.ROOT_URLCONF)


@pytest.fixture(autouse=True, scope="session")
def hashing_takes_no_time() -> Iterator[None]:
    """Nobody is protected here by a hash that takes long."""
    with quick_hashing():
        yield


@pytest.fixture(autouse=True, scope="session")
def no_token_spells_a_name() -> Iterator[None]:
    """Tokens of forms and links are made of few letters: who looks for "Kev", or a PIN, never finds it in one."""

    def token(size: int | None = None) -> str:
        """As long as a real one."""
        return "".join(secrets.choice("QZqz") for _each in range(math.ceil((size or 32) * 4 / 3)))

    with mock.patch.object(csrf, "CSRF_ALLOWED_CHARS", "QZ"), mock.patch.object(secrets, "token_urlsafe", token):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database as the product prepares it and uses it, for the whole session."""
    with ExitStack() as held:
        with django_db_blocker.unblock():
            held.enter_context(own_database(empty=_empty))
        yield
        with django_db_blocker.unblock():
            held.close()


class Browser(Client):
    """A test client whose requests start without a scope, as real ones do."""

    def request(self, **request: Any) -> Any:
        with scope.nobody():
            return super().request(**request)


@pytest.fixture
def client() -> Browser:
    return Browser()


@pytest.fixture(scope="module")
def cast_of_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Everybody of the tests, made once for all the stories of a module, in a transaction around them."""
    with ExitStack() as held:
        with django_db_blocker.unblock():
            held.enter_context(transaction.atomic())
            built = build_cast()
        yield built
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            held.close()


@pytest.fixture(scope="module")
def cast_as_made(cast_of_module: Cast) -> bytes:
    """The same to copy from: many times quicker than to copy each of them in turn."""
    return pickle.dumps(cast_of_module)


@pytest.fixture
def cast(cast_as_made: bytes, db: None) -> Iterator[Cast]:
    """Everybody of the tests, with their school in scope. What a story does to them ends with it."""
    with cast_scope(pickle.loads(cast_as_made)) as everybody:
        yield everybody
