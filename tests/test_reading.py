"""No page shows what was said in confidence without leaving a line: we plant a word in every such field and look."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.test import Client

from gatepost.core.audit import READ
from gatepost.core.levels import Level, level_of, our_models
from gatepost.core.models import AuditEvent
from gatepost.core.sealed import SealedField, SealedJSON
from tests.pages import FAMILY_PAGES, PAGES, STAFF, World
from tests.test_pages import sign_in

WORD = "Zugzwang"  # stands in no page of ours


def plant() -> int:
    """Put the word into every field of level P3 or P4 that holds words; how many rows have it now."""
    return sum(_plant_in(model, field) for model in our_models() for field in _words_of(model))


def _words_of(model: type[models.Model]) -> list[models.Field]:
    fields = [] if model._meta.auto_created else model._meta.local_concrete_fields
    return [field for field in fields if _holds_words(field) and level_of(model, field.name) >= Level.P3]


def _holds_words(field: Any) -> bool:
    if field.choices or field.unique or isinstance(field, models.UUIDField):
        return False
    return isinstance(field, models.TextField | models.CharField | models.JSONField)


def _plant_in(model: type[models.Model], field: models.Field) -> int:
    rows = list(model._default_manager.all())
    return sum(_plant_at(row, model, field) for row in rows)


def _plant_at(row: models.Model, model: type[models.Model], field: models.Field) -> bool:
    """Whether the word stands there now; not where the database lets no words stand."""
    with suppress(IntegrityError), transaction.atomic():
        value = getattr(row, field.attname)
        if isinstance(field, models.JSONField | SealedJSON):
            if not isinstance(value, dict):
                return True
            setattr(row, field.attname, {key: WORD if isinstance(each, str) else each for key, each in value.items()})
        else:
            setattr(row, field.attname, WORD)
        if isinstance(field, SealedField):
            row.save(update_fields=[field.attname])
        else:
            model._default_manager.filter(pk=row.pk).update(**{field.attname: getattr(row, field.attname)})
        return True
    return False


def lines() -> int:
    return AuditEvent.objects.filter(verb=READ).count()


@pytest.mark.once
def test_a_page_that_shows_it_leaves_one_line(made: World, client: Client) -> None:
    cast = made.cast
    addresses = {name: address(made) for name, (address, _expected) in PAGES.items()}
    assert plant()
    unseen = []
    for at, who in enumerate(STAFF[:-1]):  # the last one is nobody
        sign_in(cast, client, who)
        for name, url in addresses.items():
            if PAGES[name][1][at] == 200:
                before = lines()
                shown = WORD in client.get(url).content.decode(errors="replace")
                assert lines() - before <= 1, name
                unseen += [(who, name)] if shown and lines() == before else []
    assert unseen == [], "read, and no line says so"


@pytest.mark.parametrize("name", FAMILY_PAGES)
def test_so_does_a_familys_page(made: World, client: Client, name: str) -> None:
    url = FAMILY_PAGES[name](made, client)
    assert plant()
    before = lines()
    answer = client.get(url)
    heard = answer.headers["Content-Type"].startswith("audio/")
    assert (lines() - before == 1) is (heard or WORD in answer.content.decode())


def test_the_records_own_pages_are_among_them(made: World, client: Client) -> None:
    cast = made.cast
    plant()
    sign_in(cast, client, "ode")
    for name in ("agree:record", "agree:talk"):
        assert WORD in client.get(PAGES[name][0](made)).content.decode()
    assert {line.thing for line in AuditEvent.objects.filter(verb=READ, by_person=cast.ode.pk)} == {"agree.Record"}
