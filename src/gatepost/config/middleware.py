"""What every answer carries, and what a person sees while the database is away."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from gatepost.design.errors import database_away

log = logging.getLogger(__name__)


class DatabaseAwayMiddleware:
    """A friendly 503 instead of an error while the database does not answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve, or say that the database is away."""
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError):
            return self._away(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The same for what a view raised: Django would make an error page of it before it came back here."""
        return self._away(request) if isinstance(exception, OperationalError | InterfaceError) else None

    def _away(self, request: HttpRequest) -> HttpResponse:
        log.exception("the database does not answer")
        return database_away(request)


class WholeFormMiddleware:
    """A form whose end was lost on the way is not taken for a whole one: whoever sent it sends it again.

    The same with a film or a sound: half of it would be kept as if somebody had said no more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse what is shorter than it says."""
        said = request.META.get("CONTENT_LENGTH") or "0"
        try:
            if said.isdecimal() and _came(request, int(said)) < int(said):
                return HttpResponseBadRequest()
        except (UnreadablePostError, MultiPartParserError):
            return HttpResponseBadRequest()
        return self.get_response(request)


def _came(request: HttpRequest, said: int) -> int:
    """How many bytes of a form have come. A file is read to its end for that, as it would be a moment later."""
    if request.content_type == "application/x-www-form-urlencoded":
        return len(request.body)
    if request.content_type == "multipart/form-data" and request.method == "POST":
        len(request.POST)
        return int(request._stream._pos)  # type: ignore[attr-defined]  # Django counts, and asks nobody
    return said


class PlainAddressMiddleware:
    """No page looks for a sign that stands for nothing: PostgreSQL would break on it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse an address that asks for one."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest()
        return self.get_response(request)


class HeadersMiddleware:
    """Nothing personal is kept by a browser or a proxy; only our own files may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers of `trust.md` D13 that Django does not add itself."""
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
