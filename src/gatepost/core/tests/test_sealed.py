"""What could endanger somebody is sealed to its place: nobody reads it in the database, and moved it does not open."""

from __future__ import annotations

import pickle
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.test import override_settings
from django.test.utils import isolate_apps

from gatepost.core import clock, keys, sealed
from gatepost.core.scope import Scoped, ScopedManager
from gatepost.core.sealed import SealBroken, Sealed, SealedField, SealedJSON
from gatepost.reach.models import Answer, Ask
from gatepost.testing import Cast

ADDRESS = "7 Hidden Mews, behind the bakery"


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path) -> Iterator[Path]:
    with override_settings(GATEPOST_KEYS=tmp_path / "keys"):
        yield tmp_path / "keys"


@pytest.fixture
def secret() -> Iterator[type[Any]]:
    """A model whose words are sealed, in a table that has a column for words."""
    with isolate_apps("gatepost.core"):

        class Secret(Scoped):
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            school_id = models.UUIDField()
            ask_id = models.UUIDField()
            value = models.CharField(max_length=30, default="x")
            way = models.CharField(max_length=10, default="x")
            at = models.DateTimeField(default=clock.now)
            words = SealedField(blank=True)

            objects = ScopedManager()

            class Meta:
                app_label = "core"
                db_table = "reach_answer"

        yield Secret


def ask_of(cast: Cast) -> Ask:
    return Ask.objects.create(school=cast.school, adult=cast.jo, question="x", asked_at=clock.now())


def kept(secret: type[Any], cast: Cast, words: str = ADDRESS) -> Any:
    return secret.objects.create(school_id=cast.school.pk, ask_id=ask_of(cast).pk, words=words)


def as_it_lies(row: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT words FROM reach_answer WHERE id = %s", [Answer._meta.pk.get_db_prep_value(row.pk, connection)]
        )
        return str(cursor.fetchone()[0])


def test_the_row_knows_its_words_and_the_database_does_not(cast: Cast, secret: type[Any]) -> None:
    row = kept(secret, cast)
    assert as_it_lies(row).startswith("1.")
    assert "Hidden" not in as_it_lies(row)
    again = secret.objects.get(pk=row.pk)
    assert isinstance(again.__dict__["words"], Sealed)  # opened when somebody asks, not before
    assert again.words == ADDRESS
    assert secret.objects.defer("words").get(pk=row.pk).words == ADDRESS


def test_the_same_words_never_look_alike(cast: Cast, secret: type[Any]) -> None:
    assert as_it_lies(kept(secret, cast)) != as_it_lies(kept(secret, cast))


def test_an_unopened_value_is_saved_as_it_was_and_a_changed_one_is_sealed_anew(cast: Cast, secret: type[Any]) -> None:
    row = kept(secret, cast)
    before = as_it_lies(row)
    secret.objects.get(pk=row.pk).save()
    assert as_it_lies(row) == before
    again = secret.objects.get(pk=row.pk)
    again.words = "elsewhere"
    again.save(update_fields=["words"])
    assert secret.objects.get(pk=row.pk).words == "elsewhere"
    again.words = ""
    again.save()
    assert as_it_lies(row) == ""


def test_a_ciphertext_moved_to_another_row_does_not_open(cast: Cast, secret: type[Any]) -> None:
    one, other = kept(secret, cast), kept(secret, cast, "nothing to hide")
    Answer.objects.filter(pk=other.pk).update(words=as_it_lies(one))
    with pytest.raises(SealBroken) as broken:
        _ = secret.objects.get(pk=other.pk).words
    assert "Hidden" not in str(broken.value)


def test_one_changed_letter_shows(cast: Cast, secret: type[Any]) -> None:
    row = kept(secret, cast)
    text = as_it_lies(row)
    Answer.objects.filter(pk=row.pk).update(words=text[:-6] + ("A" if text[-6] != "A" else "B") + text[-5:])
    with pytest.raises(SealBroken):
        _ = secret.objects.get(pk=row.pk).words


def test_another_column_school_table_or_version_is_another_place() -> None:
    place = ("school", "table", "pk", "column")
    lies = sealed.seal(ADDRESS, place=place)
    keys.make(sealed.PURPOSE)
    assert sealed.unseal(lies, place=place) == ADDRESS
    for number in range(4):
        moved = tuple("other" if at == number else part for at, part in enumerate(place))
        with pytest.raises(SealBroken):
            sealed.unseal(lies, place=moved)
    with pytest.raises(SealBroken):
        sealed.unseal(Sealed("2" + lies.text[1:]), place=place)
    with pytest.raises(SealBroken):
        sealed.unseal(lies, place=("school", "table", "pkcol", "umn"))


def test_a_copied_row_is_refused_while_nobody_opened_it(cast: Cast, secret: type[Any]) -> None:
    row = secret.objects.get(pk=kept(secret, cast).pk)
    row.pk, row._state.adding = uuid.uuid4(), True
    with pytest.raises(SealBroken):
        row.save()


def test_nobody_searches_or_changes_what_is_sealed_in_bulk(cast: Cast, secret: type[Any]) -> None:
    row = kept(secret, cast)
    for wrong in ({"words": ADDRESS}, {"words__contains": "Hidden"}, {"words__startswith": "1"}):
        with pytest.raises(FieldError):
            secret.objects.filter(**wrong).exists()
    assert secret.objects.filter(words__isnull=False).exists()
    with pytest.raises(TypeError, match="save the row"):
        secret.objects.update(words="plain")
    row.words = "plain"
    with pytest.raises(TypeError, match="save the row"):
        secret.objects.bulk_update([row], ["words"])


def test_lists_of_values_and_anything_printed_say_nothing(cast: Cast, secret: type[Any]) -> None:
    kept(secret, cast)
    found = list(secret.objects.values("words")) + list(secret.objects.values_list("words"))
    assert "Hidden" not in repr(found)
    assert str(found[0]["words"]) == "(sealed)"
    assert ADDRESS.encode() not in pickle.dumps(secret.objects.get().__dict__["words"])


def test_many_rows_at_once_are_sealed_each_to_its_own(cast: Cast, secret: type[Any]) -> None:
    ask = ask_of(cast)
    rows = [secret(school_id=cast.school.pk, ask_id=ask.pk, words=f"house {n}") for n in range(5)]
    secret.objects.bulk_create(rows)
    assert [secret.objects.get(pk=row.pk).words for row in rows] == [f"house {n}" for n in range(5)]
    assert all("house" not in as_it_lies(row) for row in rows)


def test_a_new_key_seals_and_the_old_one_still_opens_until_all_is_sealed_anew(cast: Cast, secret: type[Any]) -> None:
    rows = [kept(secret, cast, f"house {n}") for n in range(5)]
    keys.make(sealed.PURPOSE)
    assert secret.objects.get(pk=rows[0].pk).words == "house 0"
    seen: list[int] = []
    with pytest.raises(StopIteration):  # stopped after the first batch …
        sealed.reseal(secret, batch=2, after=lambda count: (_ for _ in ()).throw(StopIteration))
    assert sorted(as_it_lies(row)[:2] for row in rows) == ["1."] * 3 + ["2."] * 2
    assert sealed.reseal(secret, batch=2, after=seen.append) == 3  # … it goes on where it was
    assert seen == [2, 1]
    (keys.folder() / f"{sealed.PURPOSE}-1.key").unlink()
    assert [secret.objects.get(pk=row.pk).words for row in rows] == [f"house {n}" for n in range(5)]


def test_without_its_key_nothing_opens_and_the_words_say_which(cast: Cast, secret: type[Any]) -> None:
    row = kept(secret, cast)
    (keys.folder() / f"{sealed.PURPOSE}-1.key").unlink()
    with pytest.raises(keys.KeyMissing, match=r"fields-1\.key"):
        _ = secret.objects.get(pk=row.pk).words


def test_a_key_that_others_can_read_is_refused(own_keys: Path) -> None:
    key = keys.newest("fields")
    path = own_keys / "fields-1.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert own_keys.stat().st_mode & 0o777 == 0o700
    assert str(key.data) not in repr(key)
    path.chmod(0o640)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        keys.newest("fields")


def test_a_file_that_is_no_key_is_refused(own_keys: Path) -> None:
    keys.newest("fields")
    (own_keys / "fields-1.key").write_text("too short")
    with pytest.raises(ImproperlyConfigured, match="holds no key"):
        keys.newest("fields")


def test_anything_json_can_say_is_sealed_too() -> None:
    field = SealedJSON(default=list)
    assert field.from_words(field.to_words(["contact", {"from": 3}])) == ["contact", {"from": 3}]
    assert field.get_prep_value([]) == ""  # what a migration writes into rows that are there
    assert field.from_db_value("") == []
