"""Error pages: right status, our words, no database, the same for everybody."""

import re
from collections.abc import Callable

import html5lib
import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory, override_settings
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


def test_what_was_typed_can_be_sent_again_and_no_secret_is_written_into_the_page():
    typed = {"talk_about": 'Maths & "reading"', "day": ["1", "2"], "csrfmiddlewaretoken": "held", "pin": "4711"}
    page = errors.database_away(RequestFactory().post("/i/held/", typed))
    form = html5lib.parse(page.content.decode(), namespaceHTMLElements=False).find(".//form")
    kept = [(each.get("name"), each.get("value")) for each in form.findall("input")]
    assert kept == [("talk_about", 'Maths & "reading"'), ("day", "1"), ("day", "2"), ("csrfmiddlewaretoken", "held")]
    assert form.get("method") == "post" and form.get("action") is None
    assert b"still here" in page.content and b"4711" not in page.content


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_what_a_program_sent_is_not_written_back(kind: str):
    page = errors.database_away(RequestFactory().post("/gateway/", b"{}", content_type=kind))
    assert page.status_code == 503 and b"<form" not in page.content


@override_settings(TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": False}])
def test_there_are_last_words_when_even_the_templates_are_gone():
    response = errors.server_error(None)
    assert response.status_code == 500
    assert b"Everything that was saved before is safe" in response.content
