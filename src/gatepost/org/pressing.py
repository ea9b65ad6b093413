"""One press of one button: whoever is impatient presses twice, and it is done once."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model

from gatepost.org.actor import Request

OF_PAGE = "csrfmiddlewaretoken"  # another one on each page that is drawn


def press_of(request: Request) -> UUID | None:
    """The name of what was sent from a page: the same words from the same page have the same; else another.

    What is made by it takes it as its key, so the database makes it once. Nothing, where a page has no token.
    """
    if not request.POST.get(OF_PAGE):
        return None
    said = urlencode(sorted(request.POST.lists()), doseq=True)
    return UUID(bytes=sha256(f"{request.path}?{said}".encode()).digest()[:16], version=4)


def kept_once[M: Model](model: type[M], key: UUID | None, row: dict[str, Any]) -> tuple[M, bool]:
    """The row that a press makes (`key`: its name), and whether it is new; what no press made is new each time."""
    if key is None:
        return model._default_manager.create(**row), True
    return model._default_manager.get_or_create(pk=key, defaults=row)
