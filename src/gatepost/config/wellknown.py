"""Where somebody who finds a hole can say so: RFC 9116."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gatepost.core import clock
from gatepost.org.door import public_page


@public_page
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness of this site, as a file that tools know to look for."""
    until = (clock.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.GATEPOST_SECURITY_CONTACT}",
        f"Expires: {until}",
        "Preferred-Languages: en",
        f"Canonical: {settings.GATEPOST_ORIGIN}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
