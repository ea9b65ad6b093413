"""No scope, no rows; and no writing into somebody else's school."""

from __future__ import annotations

import pytest

from gatepost.core import scope
from gatepost.core.scope import OutOfScope, ScopeMissing
from gatepost.know.models import Adult, Child
from gatepost.testing import Cast


def test_without_a_scope_there_are_no_rows(cast: Cast) -> None:
    with scope.nobody():
        for ask in (Child.objects.all, Child.objects.count, Adult.objects.first):
            with pytest.raises(ScopeMissing):
                ask()
        assert list(Child.objects.none()) == []


def test_a_scope_shows_its_own_school_only(cast: Cast) -> None:
    assert not Child.objects.filter(pk=cast.stranger_child.pk).exists()
    assert not Adult.objects.filter(pk=cast.stranger.pk).exists()
    with scope.only([cast.other_school.pk], organisation=cast.other_organisation.pk):
        assert Child.objects.get() == cast.stranger_child


def test_writing_into_another_school_is_refused_one_by_one_and_in_bulk(cast: Cast) -> None:
    foreign = Child(school=cast.other_school, name="X", called="X")
    with pytest.raises(OutOfScope):
        foreign.save()
    with pytest.raises(OutOfScope):
        Child.objects.bulk_create([foreign])
    with pytest.raises(OutOfScope):
        cast.stranger_child.delete()
    with pytest.raises(OutOfScope):
        Child.objects.update(school=cast.other_school)


def test_lists_fetch_their_peers_together(cast: Cast, django_assert_num_queries: object) -> None:
    cast.invite_all()
    from gatepost.meet.models import Invitation

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert all(invitation.child.name for invitation in Invitation.objects.all())
