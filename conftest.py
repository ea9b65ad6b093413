"""What every test has: the database as the product prepares it, the cast, and no way out."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
from collections.abc import Iterator
from importlib import import_module
from tempfile import mkdtemp
from typing import Any

_data = mkdtemp(prefix="gatepost-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["GATEPOST_DATA"] = _data
for _name in ("GATEPOST_DEMO", "GATEPOST_DEBUG", "GATEPOST_ORIGIN"):
    os.environ.pop(_name, None)

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from gatepost.config.database import from_url
from gatepost.core import scope
from gatepost.testing import Cast, build_cast, cast_scope

LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Know the stories that open pages, which `make check` leaves to the whole run."""
    for item in items:
        if "client" in getattr(item, "fixturenames", ()):
            item.add_marker("page")


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
def addresses_are_those_of_a_real_school() -> None:
    """Read the addresses once, before a test plays the demonstration and would have its addresses read instead."""
    import_module(settings.ROOT_URLCONF)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Make the test database as its owner and use it as the product does: as a role that may not go past its rights."""
    mine = connection.settings_dict
    app = {key: mine[key] for key in ("USER", "PASSWORD")}
    owner = app
    if settings.DATABASE_OWNER_URL:
        of_owner = from_url(settings.DATABASE_OWNER_URL, settings.GATEPOST_DATA)
        owner = {key: of_owner[key] for key in app}
    with django_db_blocker.unblock():
        mine.update(owner)
        made = setup_databases(verbosity=0, interactive=False)
        connection.close()
        mine.update(app)
    yield
    with django_db_blocker.unblock():
        connection.close()
        mine.update(owner)
        teardown_databases(made, verbosity=0)
        mine.update(app)


class Browser(Client):
    """A test client whose requests start without a scope, as real ones do."""

    def request(self, **request: Any) -> Any:
        with scope.nobody():
            return super().request(**request)


@pytest.fixture
def client() -> Browser:
    return Browser()


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Everybody of the tests, with their school in scope."""
    built = build_cast()
    with cast_scope(built):
        yield built
