"""The watch sees every change, however it is written, and takes a note about who came for none."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.db import connection, transaction

from gatepost.core import bulk, clock
from gatepost.know.models import Child
from gatepost.reach.models import Thread
from gatepost.selftest.watch import Watch
from gatepost.testing import Cast


def _raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _in_bulk(cast: Cast) -> None:
    row = (uuid4(), cast.jo.pk, cast.ella.pk)
    alike = {"school_id": cast.school.pk, "begun_at": clock.now()}
    bulk.write(Thread, ("id", "adult_id", "child_id"), [row], **alike)


WRITTEN: dict[str, tuple[Callable[[Cast], object], set[str]]] = {
    "nothing": (lambda cast: Child.objects.count(), set()),
    "what changes nothing": (lambda cast: Child.objects.filter(pk=cast.ella.pk).update(name=cast.ella.name), set()),
    "raw words": (lambda cast: _raw("  update know_child set year = 'Year 9'"), {"know_child"}),
    "behind a list": (
        lambda cast: _raw("WITH gone AS (SELECT id FROM know_child) DELETE FROM know_care"),
        {"know_care"},
    ),
    "with what hangs on it": (lambda cast: cast.owls.delete(), {"know_group", "know_group_teachers"}),
    "rows in bulk": (_in_bulk, {"reach_thread"}),
}


def test_the_watch_sees_what_was_written_and_where(cast: Cast) -> None:
    watch = Watch()
    for name, (write, tables) in WRITTEN.items():
        with transaction.atomic():
            with watch.listening():
                write(cast)
            assert set(watch.changed()) == tables, name
            transaction.set_rollback(True)
