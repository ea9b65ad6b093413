"""The second fence: PostgreSQL itself shows nothing without a scope, and nothing of another school within one."""

from __future__ import annotations

import random
from contextlib import nullcontext, suppress
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from gatepost.core import rowsecurity, scope
from gatepost.core.scope import ScopedManager
from gatepost.know.models import Child
from gatepost.testing import Cast

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row security")

MODELS = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
SCOPED = [model for model in MODELS if isinstance(model._default_manager, ScopedManager)]
BEFORE_ANY_SCOPE = {  # what is read before anybody knows whose school it is, and why
    "auth_group",  # Django's own and empty: our rights hang on roles
    "auth_group_permissions",
    "auth_permission",
    "core_limit",  # counted before sign-in; who, is a keyed hash
    "django_content_type",
    "django_migrations",
    "django_session",  # found by a random key that only its browser holds
    "gatepost_cache",  # counts of sign-ins, under keyed names
    "django_tasks_database_dbtaskresult",  # jobs carry ids and words of ours, and open their own scope
    "org_adviser",
    "org_organisation",
    "org_person",
    "org_school",
    "org_staff",
    "org_strandlead",
}
OF_SIGN_IN = ("account_", "mfa_", "socialaccount_", "django_site", "usersessions_")  # of a person, not of a school


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


def tables() -> dict[str, bool]:
    """Every table that there is, and whether it is guarded."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class "
            "WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace"
        )
        return dict(cursor.fetchall())


def test_every_table_is_guarded_or_has_a_reason_not_to_be(db: None) -> None:
    open_ones = {name for name, guarded in tables().items() if not guarded and not name.startswith(OF_SIGN_IN)}
    assert open_ones <= BEFORE_ANY_SCOPE


def test_a_table_that_is_new_takes_what_a_later_migration_carries_into_it(db: None) -> None:
    """As from 0.2 to 0.3: sessions were made from times that schools had, in the same run that made their table."""
    state = SimpleNamespace(apps=apps)
    with connection.schema_editor(collect_sql=True) as editor:
        rowsecurity.ProtectRows("Session").database_forwards("meet", editor, state, state)
    assert [line for line in editor.collected_sql if "for_migrations" in line and "CREATE POLICY" in line]


def test_the_role_that_serves_sees_no_row_of_any_guarded_table(cast: Cast) -> None:
    cast.invite_all()
    guarded = [name for name, is_guarded in tables().items() if is_guarded]
    assert {"know_group_teachers", "know_child_groups", "meet_event_groups", "core_auditevent"} <= set(guarded)
    filled = {name for name in guarded if count(name)}
    assert {"know_child", "know_child_groups", "know_group_teachers", "meet_event_groups", "reach_notice"} <= filled
    with scope.nobody():
        assert {name for name in guarded if count(name)} == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone()[0] is False


def test_the_policies_are_those_the_code_means_and_a_changed_rule_is_noticed(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rowsecurity.stale_policies(connection) == []
    monkeypatch.setattr(rowsecurity, "OF_MIGRATIONS", "false")
    assert "know_child" in rowsecurity.stale_policies(connection)


def test_tables_that_join_are_written_within_the_school_only(cast: Cast) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        cast.kingfishers.children.through.objects.create(group=cast.kingfishers, child=cast.stranger_child)


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


def leave_behind(cast: Cast) -> None:
    """Set what an earlier piece of work might have left on this connection, behind our back."""
    connection.ensure_connection()
    connection.connection.execute(rowsecurity.TELL, [str(cast.school.pk), str(cast.organisation.pk), ""])


def test_a_setting_left_behind_on_a_new_connection_changes_nothing(cast: Cast) -> None:
    """As with a pool: the server's session has had another user, the wrapper around it is new."""
    leave_behind(cast)
    rowsecurity.follow_scope(object, connection)
    with scope.nobody():
        assert count("know_child") == 0
    leave_behind(cast)
    rowsecurity.follow_scope(object, connection)
    with scope.only([cast.other_school.pk], organisation=cast.other_organisation.pk):
        assert count("know_child") == 1


def test_a_request_trusts_nothing_that_was_told_before_it(cast: Cast) -> None:
    with scope.nobody():
        assert count("know_child") == 0
        leave_behind(cast)
        rowsecurity.new_page()
        assert count("know_child") == 0


class Interrupted(Exception):
    pass


def wander(cast: Cast, dice: random.Random, steps: int) -> None:
    """Open and leave scopes, transactions and exceptions in any order; look after each step."""
    if not steps:
        return
    whose, expected = dice.choice(
        [
            (scope.nobody(), 0),
            (scope.only([cast.other_school.pk], organisation=cast.other_organisation.pk), 1),
            (scope.only([cast.school.pk], organisation=cast.organisation.pk), 12),
            (scope.only([cast.school.pk, cast.other_school.pk]), 13),
        ]
    )
    before = count("know_child")
    with suppress(Interrupted), transaction.atomic() if dice.random() < 0.6 else nullcontext():
        with suppress(Interrupted), whose:
            assert count("know_child") == expected
            if dice.random() < 0.3:
                with suppress(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SELECT nothing_of_the_kind")
                assert count("know_child") == expected
            wander(cast, dice, steps - 1)
            assert count("know_child") == expected
            if dice.random() < 0.5:
                raise Interrupted
        assert count("know_child") == before
        if dice.random() < 0.5:
            raise Interrupted
    assert count("know_child") == before


@pytest.mark.parametrize("seed", range(12))
def test_no_order_of_scopes_mistakes_and_rollbacks_leaves_a_scope_behind(cast: Cast, seed: int) -> None:
    wander(cast, random.Random(seed), steps=8)
