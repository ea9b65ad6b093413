"""One address that says whether this host can serve and whether anybody carries the messages."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from gatepost.org.door import public_page


@public_page
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers. Says nothing about anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
