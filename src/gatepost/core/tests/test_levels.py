"""Every field says how much harm it could do, and what could endanger somebody is sealed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.db import models
from django.test.utils import isolate_apps

from gatepost.core import levels
from gatepost.core.levels import Level
from gatepost.core.sealed import SealedField


def test_every_field_of_every_model_has_its_level_and_p4_is_sealed() -> None:
    assert list(levels.mistakes()) == []


def model_with(field: models.Field, **more: Any) -> type[models.Model]:
    meta = type("Meta", (), {"app_label": "core"})
    body = {"__module__": __name__, "id": models.UUIDField(primary_key=True, default=uuid.uuid4), "Meta": meta}
    return type("Thing", (models.Model,), body | {"thing": field} | more)


@pytest.mark.parametrize(
    ("field", "more", "wrong"),
    [
        (models.DateField, {}, "has no protection level"),
        (models.DateField, {"level": Level.P2}, None),
        (models.TextField, {"level": Level.P2}, "has no protection level"),
        (models.JSONField, {"level": Level.P2}, "has no protection level"),
        (models.TextField, {"level": Level.P2, "levels": {"thing": Level.P3}}, None),
        (models.TextField, {"level": Level.P2, "levels": {"thing": Level.P4}}, "P4 is sealed"),
        (SealedField, {"level": Level.P2}, "has no protection level"),
        (SealedField, {"level": Level.P2, "levels": {"thing": Level.P3}}, "nothing else is"),
        (SealedField, {"level": Level.P2, "levels": {"thing": Level.P4}}, None),
        (models.DateField, {"level": Level.P2, "levels": {"other": Level.P3}}, "no field of its own"),
    ],
)
def test_a_mistake_is_named(
    monkeypatch: pytest.MonkeyPatch, field: Callable[[], models.Field], more: dict[str, Any], wrong: str | None
) -> None:
    with isolate_apps("gatepost.core"):
        model = model_with(field(), **more)
        monkeypatch.setattr(levels, "our_models", lambda: [model])
        found = " ".join(levels.mistakes())
    assert (wrong in found) if wrong else found == ""


class _Words:
    level: ClassVar[Level] = Level.P3


def test_levels_can_be_compared_and_have_words() -> None:
    assert Level.P4 > _Words.level >= Level.P3
    assert all(level.words for level in Level)
