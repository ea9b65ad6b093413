"""The error pages, which must work when everything else is broken.

No database, no session, no context processors; and if even the templates fail, plain words. Each page says
what happened, what was kept and what to do now. The settings and the root URL conf name these functions; the
page door is not involved, because there is nothing here to protect.
"""

from collections.abc import Sequence

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string

from gatepost.design.languages import active_language

TRY_AGAIN_SECONDS = 30
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
SECRETS = {"password", "password1", "password2", "oldpassword", "code", "pin", "again", "credential"}
LAST_WORDS = "Something went wrong on our side. Everything that was saved before is safe. Please try again in a minute."


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what the browser sent could not be read."""
    return error_page("400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page is there and this person may not open it. Why is never said here."""
    return error_page("403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same words, to the letter, whether the thing does not exist or is not yours to know of."""
    return error_page("404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return error_page("500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that seems not to come from our own page: an old tab, or cookies turned off."""
    return error_page("403_csrf.html", status=403)


def database_away(request: HttpRequest) -> HttpResponse:
    """503 while the database cannot be reached; asks browsers and programs to come back soon."""
    response = error_page("offline.html", status=503, sent=_sent(request))
    response["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return response


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What somebody had typed into a form, so that the page can send it again; never what proves who they are.

    The form's own token goes along as it came: a form that another site made stays refused.
    """
    if not request or request.method != "POST" or request.content_type not in FORMS:
        return []
    try:
        return [(name, value) for name, values in request.POST.lists() if name not in SECRETS for value in values]
    except (SuspiciousOperation, OSError):  # too much, or cut off: there is nothing whole to send again
        return []


def error_page(template: str, *, status: int, sent: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """An error page without touching anything that may be broken.

    Holds afterwards: no query was made, and there is a body even when no template or style sheet is found.
    """
    language = active_language()
    context = {"language": language, "drafted": not language.tag.startswith("en"), "sent": sent}
    try:
        response = HttpResponse(render_to_string(template, context), status=status)
    except (TemplateDoesNotExist, TemplateSyntaxError, ValueError):  # ValueError: a style sheet not collected
        response = HttpResponse(LAST_WORDS, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
