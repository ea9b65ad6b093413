"""One address that says whether this host can serve and whether anybody carries the messages."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from gatepost.org.door import public_page


@public_page
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers. Says nothing about anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
