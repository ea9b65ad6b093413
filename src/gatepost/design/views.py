"""The gallery, and by name the error pages that the settings and the root URL conf ask for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from gatepost.design import gallery as examples
from gatepost.design.errors import (
    bad_request,
    csrf_failure,
    database_away,
    forbidden,
    not_found,
    server_error,
)
from gatepost.design.languages import active_language

__all__ = [
    "bad_request",
    "csrf_failure",
    "database_away",
    "forbidden",
    "gallery",
    "not_found",
    "server_error",
]


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state: `?in=ur` in that language, `?frame=family` in that frame.

    Mounted by `config` at /gallery, in development and in the demonstration only.
    """
    asked = request.GET.get("in", "")
    tag = asked if asked in examples.TAGS else active_language().tag
    frame = request.GET.get("frame", "")
    frame = frame if frame in examples.FRAMES else "page"
    with translation.override(tag):
        return render(request, "design/gallery.html", examples.everything(tag, frame))
