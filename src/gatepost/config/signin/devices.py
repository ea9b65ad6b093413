"""Which browsers somebody has signed in with before. The browser itself carries the answer, sealed; we keep no list."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from gatepost.org.models import Person

NAME = "__Host-gatepost_device" if settings.SESSION_COOKIE_SECURE else "gatepost_device"
SALT = "gatepost.device"
YEAR = 365 * 24 * 3600
MOST = 12  # people who share one browser; who signed in longest ago is forgotten first


def is_known(request: HttpRequest, person: Person) -> bool:
    """Whether this person has signed in with this browser before."""
    return _mark(person) in _marks(request)


def remember(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Let this browser know the person from now on."""
    mark = _mark(person)
    marks = [*[each for each in _marks(request) if each != mark], mark][-MOST:]
    response.set_cookie(
        NAME,
        signing.dumps(marks, salt=SALT),
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _marks(request: HttpRequest) -> list[str]:
    try:
        marks: list[str] = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return []
    return marks


def _mark(person: Person) -> str:
    """Says nothing to whoever reads the cookie, and changes with the password."""
    return salted_hmac(SALT, f"{person.pk}{person.password}", algorithm="sha256").hexdigest()[:16]
