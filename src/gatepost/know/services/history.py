"""Writes down what was changed: one line for each field, with what it was and what it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from gatepost.core import clock
from gatepost.know.models import Adult, AdultChange, Child, ChildChange
from gatepost.org.actor import Actor

type Subject = Adult | Child


def amend(row: models.Model, facts: Mapping[str, Any], *, of: Subject, by: Actor | None) -> dict[str, tuple[Any, Any]]:
    """Set these fields and save the row, where anything differs. Returns field → (what it was, what it is).

    Holds afterwards: each field that changed has a line in the history of the adult or child it is about.
    """
    changed = {name: (getattr(row, name), value) for name, value in facts.items() if getattr(row, name) != value}
    if changed:
        for name, (_, value) in changed.items():
            setattr(row, name, value)
        row.save()
        note(row, changed, of=of, by=by)
    return changed


def note(row: models.Model, changed: Mapping[str, tuple[Any, Any]], *, of: Subject, by: Actor | None) -> None:
    """One line for each field. A pair of blanks says that something changed, and not what."""
    shared = {
        "thing": row._meta.object_name,
        "thing_id": row.pk,
        "at": clock.now(),
        "by_person_id": by.person_id if by else None,
        "by_adult_id": by.adult_id if by else None,
    }
    said = [{"field": name, "old": words(old), "new": words(new)} for name, (old, new) in changed.items()]
    if isinstance(of, Adult):
        AdultChange.objects.bulk_create(
            AdultChange(organisation_id=of.organisation_id, adult=of, **shared, **each) for each in said
        )
    else:
        ChildChange.objects.bulk_create(
            ChildChange(school_id=of.school_id, child=of, **shared, **each) for each in said
        )


def words(value: Any) -> str:
    """A value as the history keeps it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
