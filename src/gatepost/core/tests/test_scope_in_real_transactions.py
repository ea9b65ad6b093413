"""Fences and plans where a commit is a commit: a file of its own, as no story may stand in a transaction around it."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from django.db import connection, transaction

from gatepost.core.tests.test_planned import kept, named_of
from gatepost.core.tests.test_rowsecurity import Interrupted, count, wander
from gatepost.testing import build_cast, cast_scope

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row security")


@pytest.mark.django_db(transaction=True)
def test_no_order_of_them_leaves_a_scope_behind() -> None:
    cast = build_cast()
    with cast_scope(cast):
        for seed in range(12, 18):
            wander(cast, random.Random(seed), steps=8)
    assert count("know_child") == 0
    with suppress(Interrupted), transaction.atomic(), cast_scope(cast):
        assert count("know_child") == 12
        raise Interrupted
    assert count("know_child") == 0


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_told_its_plans_anew() -> None:
    cast = build_cast()
    with cast_scope(cast):
        assert named_of(cast.zara.pk, cast.zara.year) == [cast.zara.called]
        connection.connection.close()
        assert not connection.is_usable()
        connection.close()
        assert named_of(cast.zara.pk, cast.zara.year) == [cast.zara.called]
        assert kept() == 1
