"""On SQLite, too, no statement reaches a guarded table while no scope is open, whatever road it takes."""

from __future__ import annotations

import pytest
from django.db import connection

from gatepost.core import rowsecurity, scope
from gatepost.core.scope import ScopeMissing
from gatepost.know.models import Child, Group
from gatepost.reach.models import FamilyLink
from gatepost.testing import Cast

pytestmark = pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL has policies of its own")


def test_neither_plain_sql_nor_another_manager_gets_past_it(cast: Cast) -> None:
    with scope.nobody():
        with pytest.raises(ScopeMissing, match="know_child"), connection.cursor() as cursor:
            cursor.execute('SELECT count(*) FROM "know_child"')
        with pytest.raises(ScopeMissing):
            Child._base_manager.count()
        with pytest.raises(ScopeMissing):
            Group.teachers.through.objects.count()
        with pytest.raises(ScopeMissing):
            list(cast.kingfishers.children.through.objects.all())
    assert Child._base_manager.count() > 5


def test_whoever_holds_a_link_reaches_links_and_nothing_else(cast: Cast) -> None:
    with scope.nobody(), scope.holding("0" * 64):
        assert not FamilyLink.by_token.filter(token_hash="0" * 64).exists()
        with pytest.raises(ScopeMissing):
            Child._base_manager.count()


def test_every_connection_has_the_guard(db: None) -> None:
    assert rowsecurity._refuse_first in connection.execute_wrappers
    assert {"know_child", "know_child_groups", "reach_familylink"} <= set(rowsecurity.policies())
