"""What the sweeps over pages share: everybody is invited, Amina has a time, and her conversation has begun."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from pytest_django.plugin import DjangoDbBlocker

from gatepost.testing import Cast, cast_scope
from tests.pages import World, world


@pytest.fixture(scope="module")
def world_of_module(cast_of_module: Cast, django_db_blocker: DjangoDbBlocker) -> World:
    """A world that the stories of a module share; what one does to it ends with it."""
    with django_db_blocker.unblock(), cast_scope(deepcopy(cast_of_module)) as cast:
        return world(cast)


@pytest.fixture
def made(world_of_module: World, db: None) -> Iterator[World]:
    """The world, with its school in scope."""
    own = deepcopy(world_of_module)
    with cast_scope(own.cast):
        yield own
