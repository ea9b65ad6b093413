"""The audit trail shows that it was touched, and says where."""

from __future__ import annotations

import pytest

from gatepost.core import audit
from gatepost.core.models import AuditEvent
from gatepost.testing import Cast


def some_lines(cast: Cast) -> None:
    cast.invite_all()
    assert AuditEvent.objects.filter(school_id=cast.school.pk).count() > 5
    assert audit.first_bad_line(cast.school.pk) is None


def test_a_changed_line_is_named(cast: Cast) -> None:
    some_lines(cast)
    AuditEvent.objects.filter(school_id=cast.school.pk, number=3).update(verb="nothing.happened")
    assert audit.first_bad_line(cast.school.pk) == 3


def test_a_missing_line_is_named(cast: Cast) -> None:
    some_lines(cast)
    AuditEvent.objects.filter(school_id=cast.school.pk, number=2).delete()
    assert audit.first_bad_line(cast.school.pk) == 2


def test_a_line_cannot_be_changed_or_deleted_by_hand(cast: Cast) -> None:
    some_lines(cast)
    line = AuditEvent.objects.filter(school_id=cast.school.pk).earliest("number")
    with pytest.raises(TypeError):
        line.save()
    with pytest.raises(TypeError):
        line.delete()


def test_lines_hold_ids_and_no_names(cast: Cast) -> None:
    some_lines(cast)
    written = str(list(AuditEvent.objects.values()))
    for name in ("Amina", "Ayan", "@example.org"):
        assert name not in written
