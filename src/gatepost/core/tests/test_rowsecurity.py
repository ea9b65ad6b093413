"""The second fence: PostgreSQL itself shows nothing without a scope, and nothing of another school within one."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from gatepost.core import scope
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Child
from gatepost.testing import Cast

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row security")

SCOPED = [model for model in apps.get_models() if isinstance(model._default_manager, ScopedManager)]


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_every_scoped_table_is_protected(db: None, model: type) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = %s", [model._meta.db_table]
        )
        assert cursor.fetchone()[0]


def test_nobody_sees_anything_without_a_scope_even_in_plain_sql(cast: Cast) -> None:
    cast.invite_all()
    assert count("know_child") == Child.objects.count() > 5
    with scope.nobody():
        for model in SCOPED:
            assert count(model._meta.db_table) == 0


def test_plain_sql_sees_its_own_school_only_and_writes_to_no_other(cast: Cast) -> None:
    with scope.only([cast.other_school.pk], organisation=cast.other_organisation.pk):
        assert count("know_child") == 1
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute('UPDATE "know_child" SET school_id = %s', [cast.school.pk])


def test_the_scope_is_told_again_after_a_rollback(cast: Cast) -> None:
    there = scope.only([cast.other_school.pk], organisation=cast.other_organisation.pk)
    with pytest.raises(ZeroDivisionError), transaction.atomic(), there:
        assert count("know_child") == 1
        raise ZeroDivisionError
    assert count("know_child") > 5
    with scope.nobody():
        assert count("know_child") == 0


def test_a_link_shows_itself_and_no_other_before_any_school_is_known(cast: Cast) -> None:
    cast.invite_all()
    cast.deliver()
    from gatepost.reach import links
    from gatepost.reach.models import FamilyLink

    token = cast.link(cast.jo).split("/")[2]
    with scope.nobody():
        found = links.link_of(token, "invite:open")
        assert found and found.adult_id == cast.jo.pk
        with scope.holding(links.token_hash(token)):
            assert FamilyLink.by_token.count() == 1
