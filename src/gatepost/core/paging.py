"""Every list has pages: no page ever grows with the school."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 50


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any] | Sequence[Any],
    *,
    size: int = ROWS,
    parameter: str = "page",
    begins_with: int = 1,
) -> Page[Any]:
    """The part of `rows` that `?page=` asks for, else page `begins_with`; a number that makes no sense: the nearest."""
    return Paginator(rows, size).get_page(request.GET.get(parameter) or begins_with)
