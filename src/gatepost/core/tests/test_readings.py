"""A reading that is worded once answers everybody as if it had been worded for them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet

from gatepost.core import clock, scope
from gatepost.core.readings import changed_once, worded_once
from gatepost.core.scope import ScopeMissing
from gatepost.know.models import Care, Child
from gatepost.testing import Cast


@worded_once
def _named(name: str, others: tuple[UUID, ...] = ()) -> QuerySet[Child]:
    return Child.objects.filter(called=name).exclude(pk__in=others).order_by("called")


@worded_once
def _carers(child: UUID) -> QuerySet[Care, Any]:
    return Care.objects.filter(child=child).select_related("adult").order_by("rank", "id")


def test_each_asks_for_their_own_and_nobody_sees_another_school(cast: Cast) -> None:
    assert _named(cast.ayan.called) == [cast.ayan]
    assert _named(cast.zara.called) == [cast.zara]
    assert _named(cast.zara.called, (cast.zara.pk,)) == _named(cast.zara.called, (uuid4(), cast.zara.pk)) == []
    assert _named(cast.stranger_child.called, ()) == []
    with scope.only([cast.other_school.pk], organisation=cast.other_organisation.pk):
        assert _named(cast.stranger_child.called, ()) == [cast.stranger_child]
        assert _named(cast.ayan.called) == []
    with scope.only([cast.school.pk, cast.other_school.pk], organisation=cast.organisation.pk):
        assert [*_named(cast.ayan.called), *_named(cast.stranger_child.called)] == [cast.ayan, cast.stranger_child]
    with scope.nobody(), pytest.raises(ScopeMissing):
        _named(cast.ayan.called)


def test_several_words_are_asked_for_as_words_and_several_days_as_days(cast: Cast) -> None:
    @worded_once
    def called(names: tuple[str, ...]) -> QuerySet[Child]:
        return Child.objects.filter(called__in=names).order_by("called")

    @worded_once
    def born(days: set[date]) -> QuerySet[Child]:
        return Child.objects.filter(born_on__in=days).order_by("called")

    for some in ([cast.ayan], [cast.zara], [cast.ayan, cast.zara]):
        assert called(tuple(child.called for child in some)) == some
    assert called(("Nobody", "Anybody")) == called(()) == []
    Child.objects.filter(pk=cast.ayan.pk).update(born_on=date(2014, 2, 3))
    assert born({date(2014, 2, 3), date(2014, 2, 4)}) == [cast.ayan] and born({date(2014, 2, 4)}) == []


def test_what_is_read_with_it_is_there(cast: Cast, django_assert_num_queries: Any) -> None:
    for child in (cast.zara, cast.ayan):
        with django_assert_num_queries(1):
            found = [(care.pk, care.adult.name) for care in _carers(child.pk)]
        assert found == [(care.pk, care.adult.name) for care in Care.objects.filter(child=child).order_by("rank", "id")]


def test_a_change_is_made_in_the_open_school_only(cast: Cast) -> None:
    @changed_once
    def called(child: UUID, name: str) -> tuple[QuerySet[Child], dict[str, Any]]:
        return Child.objects.filter(pk=child), {"called": name}

    assert [called(child.pk, "Sam") for child in (cast.zara, cast.ayan, cast.stranger_child)] == [1, 1, 0]
    assert Child.objects.filter(called="Sam").count() == 2
    with pytest.raises(TypeError, match="order"):
        called(child=cast.zara.pk, name="Sam")


def test_nothing_of_one_caller_stays_for_the_next(cast: Cast) -> None:
    @worded_once
    def kept(name: str) -> QuerySet[Child]:
        return Child.objects.filter(called=name, pk=cast.ayan.pk)

    @worded_once
    def then(child: UUID) -> QuerySet[Care]:
        return Care.objects.filter(child=child, responsibility_until__gt=clock.today())

    @worded_once
    def like(name: str) -> QuerySet[Child]:
        return Child.objects.filter(called__contains=name)

    @worded_once
    def elsewhere(child: UUID) -> QuerySet[Child]:
        return Child.objects.filter(called=child)

    for reading, value in ((kept, "Ayan"), (then, cast.ayan.pk), (like, "Ayan"), (elsewhere, cast.ayan.pk)):
        with pytest.raises(TypeError, match="hand it in"):
            reading(value)  # type: ignore[operator]
