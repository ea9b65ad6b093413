"""Rows that are written or changed in bulk are checked like single ones, and sealed words never pass that way."""

from __future__ import annotations

from uuid import uuid4

import pytest

from gatepost.core import bulk, clock, scope
from gatepost.core.scope import OutOfScope
from gatepost.meet.models import Event
from gatepost.reach.models import Notice, PrintRun, Thread
from gatepost.testing import Cast


def test_a_row_of_another_school_is_refused_and_none_is_written(cast: Cast) -> None:
    row = Event(school=cast.other_school, kind="evening", title="E", place="H", minutes=10)
    with pytest.raises(OutOfScope):
        bulk.insert(Event, [row])
    columns = ("id", "school_id", "adult_id", "child_id")
    ours, theirs = [uuid4(), cast.school.pk], [uuid4(), cast.other_school.pk]
    with pytest.raises(OutOfScope):
        bulk.write(
            Thread, columns, [(*each, cast.jo.pk, cast.ella.pk) for each in (ours, theirs)], begun_at=clock.now()
        )
    assert not Thread.objects.exists()


def test_what_is_there_already_is_passed_over(cast: Cast) -> None:
    columns = ("id", "adult_id", "child_id")
    for written in (1, 0):
        rows = [(uuid4(), cast.jo.pk, cast.ella.pk)]
        alike = {"school_id": cast.school.pk, "begun_at": clock.now()}
        assert bulk.write(Thread, columns, rows, pass_over_known=True, **alike) == written
    assert Thread.objects.get().adult == cast.jo


def test_only_what_is_in_scope_and_still_as_it_was_is_changed(cast: Cast) -> None:
    cast.invite_all()
    one, other, *_ = notices = list(Notice.objects.filter(state="queued"))
    Notice.objects.filter(pk=other.pk).update(state="by_hand")
    keys = [notice.pk for notice in notices]
    with scope.only([cast.other_school.pk], organisation=cast.other_organisation.pk):
        assert bulk.change(Notice, keys, was={"state": ["queued"]}, state="recalled") == 0
    assert bulk.change(Notice, keys, was={"state": ["queued"]}, state="recalled") == len(keys) - 1
    assert bulk.change(Notice, keys, was={"state": ["queued"]}, state="recalled") == 0
    assert (Notice.objects.get(pk=one.pk).state, Notice.objects.get(pk=other.pk).state) == ("recalled", "by_hand")


def test_what_is_sealed_is_never_written_in_bulk(cast: Cast) -> None:
    with pytest.raises(TypeError, match="sealed"):
        bulk.insert(PrintRun, [])
