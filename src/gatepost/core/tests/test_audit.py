"""The audit trail shows that it was touched, and says where; the database does not let it be touched at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings

from gatepost.core import audit, clock, insertonly, keys, scope, trail
from gatepost.core.models import AuditEvent
from gatepost.testing import Cast

type Lines = list[AuditEvent]


def some_lines(cast: Cast) -> Lines:
    cast.invite_all()
    lines = list(AuditEvent.objects.filter(school_id=cast.school.pk).order_by("number"))
    assert len(lines) > 5
    assert audit.first_bad_line(cast.school.pk) is None
    return lines


def change(lines: Lines) -> None:
    lines[2].verb = "nothing.happened"


def remove(lines: Lines) -> None:
    del lines[2]


def swap(lines: Lines) -> None:
    lines[2], lines[3] = lines[3], lines[2]
    lines[2].number, lines[3].number = 3, 4


def say_another_key(lines: Lines) -> None:
    lines[2].key = 9


def say_the_oldest_key(lines: Lines) -> None:
    lines[2].key = trail.OLDEST


@pytest.mark.parametrize("tamper", [change, remove, swap, say_another_key, say_the_oldest_key])
def test_a_line_that_was_touched_is_named(cast: Cast, tamper: Callable[[Lines], None]) -> None:
    lines = some_lines(cast)
    tamper(lines)
    assert trail.first_bad_of(lines, cast.school.pk) == 3


def test_lines_cut_off_the_end_show_against_a_head_from_before(cast: Cast) -> None:
    lines = some_lines(cast)
    head = trail.head_of(cast.school.pk)
    assert head.number == len(lines)
    assert trail.stands(head)
    letter = f"Dear reader,\n{head.as_line()}\nYours"
    assert trail.heads_in(letter) == [head]
    later = trail.Head(head.school, head.number + 1, "a" * 64, head.at)
    assert not trail.stands(later)  # a head was carried away, and its line is no longer there
    other = trail.Head(head.school, head.number, "a" * 64, head.at)
    assert not trail.stands(other)


def test_a_line_cannot_be_changed_or_deleted_by_hand(cast: Cast) -> None:
    line = some_lines(cast)[0]
    with pytest.raises(TypeError):
        line.save()
    with pytest.raises(TypeError):
        line.delete()


@pytest.mark.parametrize("deed", ["UPDATE core_auditevent SET verb = 'x'", "DELETE FROM core_auditevent"])
def test_nor_in_plain_sql(cast: Cast, deed: str) -> None:
    some_lines(cast)
    assert insertonly.is_kept(connection)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.all().update(verb="x")


def test_lines_hold_ids_and_no_names(cast: Cast) -> None:
    some_lines(cast)
    written = str(list(AuditEvent.objects.values()))
    for name in ("Amina", "Ayan", "@example.org"):
        assert name not in written


def test_another_secret_or_a_new_key_does_not_break_the_chain(cast: Cast) -> None:
    some_lines(cast)
    with override_settings(SECRET_KEY="another secret, as long as a secret has to be"):
        keys.make(trail.PURPOSE)
        cast.invite_all()
        assert {line.key for line in AuditEvent.objects.filter(school_id=cast.school.pk)} >= set(
            keys.versions(trail.PURPOSE)[-2:]
        )
        assert audit.first_bad_line(cast.school.pk) is None


def test_lines_that_version_0_1_wrote_stay_whole_and_are_followed(cast: Cast) -> None:
    with scope.only([cast.other_school.pk], organisation=cast.other_organisation.pk):
        old = AuditEvent(school_id=cast.other_school.pk, number=1, at=clock.now(), verb="org.appointed", key=0)
        old.previous = trail.START
        old.digest = trail.digest(old)
        old.save()
        audit.record("org.appointed", cast.other_school, by=None)
        assert audit.first_bad_line(cast.other_school.pk) is None
        with override_settings(SECRET_KEY="another secret, as long as a secret has to be"):
            assert audit.first_bad_line(cast.other_school.pk) == 1  # the old ones hang on it; the reference says so


def test_without_its_key_a_line_proves_nothing(cast: Cast, tmp_path: Path) -> None:
    some_lines(cast)
    with override_settings(GATEPOST_KEYS=tmp_path):
        assert audit.first_bad_line(cast.school.pk) == 1


def test_a_line_can_be_written_and_checked_while_no_school_is_in_scope(cast: Cast) -> None:
    with scope.nobody():
        audit.record("org.appointed", cast.school, by=None)
        assert audit.first_bad_line(cast.school.pk) is None
        assert trail.head_of(cast.school.pk).number > 0
        assert trail.head_of(None).number == 0
        assert trail.stands(trail.head_of(None))


def test_whoever_opens_a_thing_leaves_a_line(cast: Cast, client: Client) -> None:
    audit.read(cast.ayan, by=cast.actor_of(cast.ode))
    (line,) = audit.reads_of(cast.ayan)
    assert (line.by_person, line.details) == (cast.ode.pk, {"role": "teacher"})


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no rights")
def test_the_role_that_serves_has_no_right_to_touch_it(db: None) -> None:
    with connection.cursor() as cursor:
        for right, has in (("INSERT", True), ("SELECT", True), ("UPDATE", False), ("DELETE", False)):
            cursor.execute("SELECT has_table_privilege('core_auditevent', %s)", [right])
            assert cursor.fetchone()[0] is has


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row security")
def test_a_schools_lines_are_seen_in_its_scope_only(cast: Cast) -> None:
    some_lines(cast)
    with scope.only([cast.other_school.pk]):
        assert not AuditEvent.objects.filter(school_id=cast.school.pk).exists()
