"""What is written for every message of thousands has no index that another one makes needless."""

from __future__ import annotations

import pytest
from django.db import connection, models

from gatepost.core.models import AuditEvent
from gatepost.reach.models import Delivery, Notice, Thread


def alone(model: type[models.Model], column: str) -> list[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    return sorted(name for name, said in found.items() if said["index"] and said["columns"] == [column])


@pytest.mark.once
@pytest.mark.django_db
def test_no_index_stands_twice_where_thousands_of_rows_are_written_at_once() -> None:
    for model in (Notice, Delivery, Thread, AuditEvent):
        assert alone(model, "school_id") == []
    assert alone(Thread, "adult_id") == [] and alone(Delivery, "along_id") == ["delivery_along"]
