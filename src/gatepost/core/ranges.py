"""A private file as an answer: whole, or a part of what a player asks for (RFC 9110 §14)."""

from __future__ import annotations

import re

from django.core.files.base import File
from django.http import HttpRequest, HttpResponse

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")
AT_ONCE = 500_000  # bytes: a player asks for more when it needs more, and no server holds a whole film


def answer(request: HttpRequest, file: File[bytes], *, size: int, kind: str) -> HttpResponse:
    """This file, from where the player wants it; then it is closed. The answer names no file, and nobody keeps it."""
    with file:
        asked = ONE_RANGE.match(request.headers.get("Range", "").replace(" ", ""))
        if asked is None or not any(asked.groups()):
            response = HttpResponse(file.read(), content_type=kind)
        else:
            begin, end = asked.groups()
            first = int(begin) if begin else max(0, size - int(end))
            last = min(int(end) if begin and end else size - 1, size - 1, first + AT_ONCE - 1)
            if first > last:
                return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
            file.seek(first)
            response = HttpResponse(file.read(last + 1 - first), status=206, content_type=kind)
            response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = "inline"
    return response
