"""SQLite finds rows by their keys, however many rows their school has."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from gatepost.know.models import Care
from gatepost.reach.models import Delivery, Notice
from gatepost.testing import Cast

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts its rows itself")


def test_what_has_a_key_is_found_by_it_and_not_by_its_school(cast: Cast) -> None:
    keys = [uuid4() for _ in range(400)]
    asked = [
        (Notice.objects.filter(pk__in=keys), "autoindex"),
        (Delivery.objects.filter(pk__in=keys, state="queued"), "autoindex"),
        (Care.objects.filter(child__in=keys, ended_on=None), "child_id"),
        (Delivery.objects.filter(state="queued").order_by("not_before"), "delivery_due"),
    ]
    for rows, index in asked:
        assert index in rows.explain(), rows.explain()
