"""Rows that are written in bulk are checked like single ones, and sealed words never pass that way."""

from __future__ import annotations

import pytest

from gatepost.core import bulk
from gatepost.core.scope import OutOfScope
from gatepost.meet.models import Event
from gatepost.reach.models import PrintRun
from gatepost.testing import Cast


def test_a_row_of_another_school_is_refused_and_none_is_written(cast: Cast) -> None:
    row = Event(school=cast.other_school, kind="evening", title="E", place="H", minutes=10)
    with pytest.raises(OutOfScope):
        bulk.insert(Event, [row])


def test_what_is_sealed_is_never_written_in_bulk(cast: Cast) -> None:
    with pytest.raises(TypeError, match="sealed"):
        bulk.insert(PrintRun, [])
