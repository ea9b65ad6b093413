"""What the sweeps over pages share: everybody is invited, Amina has a time, and her conversation has begun."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from gatepost.testing import cast_scope
from tests.pages import World, world


@pytest.fixture(scope="module")
def world_of_module(cast_as_made: bytes, django_db_blocker: DjangoDbBlocker) -> World:
    """A world that the stories of a module share; what one does to it ends with it."""
    with django_db_blocker.unblock(), cast_scope(pickle.loads(cast_as_made)) as cast:
        return world(cast)


@pytest.fixture(scope="module")
def world_as_made(world_of_module: World) -> bytes:
    """The same to copy from."""
    return pickle.dumps(world_of_module)


@pytest.fixture
def made(world_as_made: bytes, db: None) -> Iterator[World]:
    """The world, with its school in scope."""
    own: World = pickle.loads(world_as_made)
    with cast_scope(own.cast):
        yield own
