"""Error pages: right status, our words, no database, the same for everybody."""

import re
from collections.abc import Callable

import html5lib
import pytest
from django.http import Http404, HttpResponse
from django.test import override_settings
from django.utils import translation

from gatepost.design import errors

PAGES: list[tuple[Callable[..., HttpResponse], int]] = [
    (errors.bad_request, 400),
    (errors.forbidden, 403),
    (errors.not_found, 404),
    (errors.server_error, 500),
    (errors.csrf_failure, 403),
    (errors.database_away, 503),
]


@pytest.mark.parametrize("tag", ["en", "ur", "so"])
@pytest.mark.parametrize(("page", "status"), PAGES)
def test_every_error_page_is_a_whole_page_without_a_database(page, status: int, tag: str):
    """No `django_db` mark: pytest-django refuses any query."""
    with translation.override(tag):
        response = page(None)
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert response.status_code == status
    assert f'lang="{tag}"' in html and len(re.findall("<h1", html)) == 1 and "<h2" in html
    assert response["Cache-Control"] == "no-store"
    assert ("drafted" in html) == (tag != "en")


def test_not_found_never_tells_what_exists():
    one = errors.not_found(None, Http404("Booking matches query"))
    other = errors.not_found(None, Http404())
    assert one.content == other.content


def test_nobody_is_blamed():
    for page, _status in PAGES:
        text = re.sub("<[^>]+>", " ", page(None).content.decode())
        assert not re.search(r"\b(?:failed|invalid|illegal|forbidden|denied|you must|error)\b", text, re.IGNORECASE)


def test_the_database_page_asks_to_come_back():
    assert int(errors.database_away(None)["Retry-After"]) > 0


@override_settings(TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": False}])
def test_there_are_last_words_when_even_the_templates_are_gone():
    response = errors.server_error(None)
    assert response.status_code == 500
    assert b"Everything that was saved before is safe" in response.content
