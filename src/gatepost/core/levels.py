"""How much harm a field could do in the wrong hands: every field of every model says it, and tests hold it to that.

A model says `level: ClassVar[Level] = Level.P2` for its plain columns (keys, dates, numbers, choices, short words) and
names the others one by one in `levels: ClassVar[dict[str, Level]]`. Free words, bags of anything and sealed fields
must always be named, so that nobody adds a field for a story without thinking.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from django.apps import apps
from django.db import models

from gatepost.core.sealed import SealedField


class Level(IntEnum):
    """Protection levels, as in the threat model. What is P4 is sealed; opening P3 or P4 leaves a line of its own."""

    P1 = 1  # known all over the school: names of classes, times, places
    P2 = 2  # of one family: how to reach them, language, needs, bookings, who came
    P3 = 3  # said in confidence: records of conversations, summaries, what a family wrote
    P4 = 4  # could endanger somebody: a safe address, the words of an order, safeguarding

    @property
    def words(self) -> str:
        """What it means."""
        return WORDS[self]


WORDS = {
    Level.P1: "known all over the school",
    Level.P2: "of one family: how to reach them, bookings, who came",
    Level.P3: "said in confidence; opening it leaves a line in the audit trail",
    Level.P4: "could endanger somebody; sealed in the database, opening it leaves a line",
}


def level_of(model: type[models.Model], name: str) -> Level | None:
    """The level of one field, or None where nobody has said it."""
    field = model._meta.get_field(name)
    own: dict[str, Level] = getattr(model, "levels", {})
    if name in own:
        return own[name]
    return None if must_be_named(field) else getattr(model, "level", None)


def must_be_named(field: Any) -> bool:
    """Whether the level of the whole model is not enough for this field: it may hold anything."""
    return isinstance(field, models.TextField | models.JSONField | SealedField)


def our_models() -> list[type[models.Model]]:
    """Every model of Gatepost, joining tables included, in a settled order."""
    found = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("gatepost.")]
    return sorted(found, key=lambda model: model._meta.label)


def mistakes() -> Iterator[str]:
    """What is wrong: a field without a level, a level for no field, P4 in the clear, sealed words that are not P4."""
    for model in our_models():
        if model._meta.auto_created:
            continue  # ids on both sides: as guarded as the rows they join
        fields = {field.name: field for field in model._meta.local_concrete_fields}
        for name, field in fields.items():
            found = level_of(model, name)
            if found is None:
                yield f"{model._meta.label}.{name} has no protection level."
            elif (found is Level.P4) != isinstance(field, SealedField):
                yield f"{model._meta.label}.{name} is {found.name}: P4 is sealed, and nothing else is."
        for name in set(getattr(model, "levels", {})) - set(fields):
            yield f"{model._meta.label} gives a level to {name!r}, which is no field of its own."
