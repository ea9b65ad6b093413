"""Fields that nobody can read in the database or in a backup of it: each value is sealed, and tied to its place.

A value is encrypted with AES-256-GCM under a key from the key folder (`core.keys`). What it is sealed *to* is the
owner of its row (school or organisation), the table, the primary key, the column and the version of the key: a
ciphertext that somebody moves to another row or column does not open.

    address = SealedField(blank=True)                 # words
    bars = SealedJSON(default=list)                   # anything JSON can say

A sealed value is opened when the attribute is read on its row, not before. `values()` and `values_list()` hand out
`Sealed`, which says nothing; no query can look into it, apart from `isnull`.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models, transaction
from django.db.models.functions import Cast
from django.db.models.query_utils import DeferredAttribute

from gatepost.core import keys
from gatepost.core.scope import scope_field

PURPOSE = "fields"
NONCE = 12  # bytes, as AES-GCM wants them
BATCH = 200


class SealBroken(RuntimeError):
    """What stands in the column was not sealed for this place, or was changed since."""


@dataclass(frozen=True)
class Sealed:
    """A value as it lies in the database. It is never shown."""

    text: str = field(repr=False)

    @property
    def version(self) -> int:
        """The version of the key that it was sealed with."""
        number = self.text.partition(".")[0]
        return int(number) if number.isdigit() else 0

    def __str__(self) -> str:
        return "(sealed)"


def seal(words: str, *, place: tuple[str, ...]) -> Sealed:
    """Encrypt these words for this place, with the newest key."""
    key, nonce = keys.newest(PURPOSE), secrets.token_bytes(NONCE)
    body = AESGCM(key.data).encrypt(nonce, words.encode(), _bound(place, key.version))
    return Sealed(f"{key.version}.{base64.urlsafe_b64encode(nonce + body).decode()}")


def unseal(sealed: Sealed, *, place: tuple[str, ...]) -> str:
    """The words that were sealed for this place, or `SealBroken`."""
    try:
        raw = base64.urlsafe_b64decode(sealed.text.partition(".")[2])
        key = keys.get(PURPOSE, sealed.version)
        return AESGCM(key.data).decrypt(raw[:NONCE], raw[NONCE:], _bound(place, key.version)).decode()
    except (InvalidTag, ValueError):
        raise SealBroken(f"The sealed value of {' '.join(place[1:])} does not open.") from None


def _bound(place: tuple[str, ...], version: int) -> bytes:
    """What the ciphertext is tied to, without two places ever looking alike."""
    return json.dumps([*place, version]).encode()


class _Opening(DeferredAttribute):
    """Opens a sealed value when it is first read on its row."""

    field: SealedField

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.opened(value, instance)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.TextField):  # type: ignore[type-arg]  # like every text field, of str
    """Words at level P4. Blank and None are stored as they are; everything else is sealed."""

    descriptor_class = _Opening

    def place(self, instance: models.Model) -> tuple[str, ...]:
        """Where a value of this row belongs: its owner, table, key and column."""
        owner = getattr(instance, f"{scope_field(self.model)}_id", None)
        if owner is None or instance.pk is None:
            raise SealBroken(f"A row of {self.model.__name__} needs its owner and its key before it can be sealed.")
        return str(owner), self.model._meta.db_table, str(instance.pk), str(self.column)

    def opened(self, value: Sealed, instance: models.Model) -> Any:
        """The plain value of this row."""
        return self.from_words(unseal(value, place=self.place(instance)))

    def from_words(self, words: str) -> Any:
        """The value that these words stand for."""
        return words

    def to_words(self, value: Any) -> str:
        """The words that this value is sealed as."""
        return str(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Seal the value for its row; one that nobody opened stays as it is."""
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            if add:
                self.opened(value, model_instance)  # a copy of another row would never open again: say so now
            return value
        if value is None or value == "":
            return value
        return seal(self.to_words(value), place=self.place(model_instance))

    def get_prep_value(self, value: Any) -> Any:
        """Only what is sealed goes to the database: a bulk update of plain words is refused."""
        if value is None or value == "":
            return value
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is sealed: set it on its row and save the row.")
        return value.text

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        """What lies in the column, still sealed."""
        return Sealed(value) if value else self.blank_value(value)

    def blank_value(self, value: str | None) -> Any:
        """What an empty column stands for."""
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        """Nobody can search what is sealed."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_transform(self, lookup_name: str) -> Any:
        """Nor look into it."""
        return None

    def value_to_string(self, obj: models.Model) -> str:
        """Fixtures and dumps carry the sealed form only."""
        value = self.pre_save(obj, add=False)
        return value.text if isinstance(value, Sealed) else ""


class SealedJSON(SealedField):
    """Anything JSON can say, at level P4."""

    def from_words(self, words: str) -> Any:
        """The value that was written as JSON."""
        return json.loads(words)

    def to_words(self, value: Any) -> str:
        """The value as JSON."""
        return json.dumps(value, default=str)

    def to_python(self, value: Any) -> Any:
        """As it is: forms do not edit these."""
        return value

    def get_prep_value(self, value: Any) -> Any:
        """The default is an empty column, also where a migration adds the column to rows that are there."""
        return "" if value == self.get_default() else super().get_prep_value(value)

    def blank_value(self, value: str | None) -> Any:
        """An empty column is the default: no list is an empty list."""
        return self.get_default() if value == "" else value


@cache
def sealed_fields(model: type[models.Model]) -> tuple[SealedField, ...]:
    """The sealed fields of a model."""
    return tuple(field for field in model._meta.local_concrete_fields if isinstance(field, SealedField))


def reseal(model: type[models.Model], *, batch: int = BATCH, after: Callable[[int], object] = lambda _: None) -> int:
    """Seal with the newest key what an older one sealed, in the scope that is open. Returns the number of values.

    It works in batches, each in a transaction of its own, and looks only for what is left: stopped, it goes on where
    it was.
    """
    done = 0
    for sealed in sealed_fields(model):
        while count := _reseal_batch(model, sealed, batch):
            done += count
            after(count)
    return done


def _reseal_batch(model: type[models.Model], sealed: SealedField, batch: int) -> int:
    version = keys.newest(PURPOSE).version
    with transaction.atomic():
        left = _not_of(model, sealed, version).select_for_update()[:batch]
        rows = list(left)
        for row in rows:
            again = seal(sealed.to_words(getattr(row, sealed.attname)), place=sealed.place(row))
            model._default_manager.filter(pk=row.pk).update(**{sealed.attname: again})
    return len(rows)


def _not_of(model: type[models.Model], sealed: SealedField, version: int) -> models.QuerySet[models.Model]:
    """Rows in scope whose value was sealed with another version of the key."""
    as_it_lies = Cast(models.F(sealed.attname), models.TextField())
    rows = model._default_manager.annotate(_as_it_lies=as_it_lies)
    rows = rows.exclude(_as_it_lies=None).exclude(_as_it_lies="").exclude(_as_it_lies__startswith=f"{version}.")
    return rows.order_by("pk")
