"""Whoever knows a language reads our words in it: nothing that would break a page is kept, and names are given."""

from __future__ import annotations

from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from gatepost.core.models import AuditEvent
from gatepost.language.catalogue import as_file, entries, faults
from gatepost.org.models import Wording
from gatepost.testing import Cast

URL = "/staff/words/pl/"


def entry(english: str, tag: str = "pl"):
    return next(each for each in entries(tag) if each.english[0] == english)


def test_a_bilingual_colleague_reads_corrects_and_takes_the_file_out(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.nye)
    thanks = entry("Thank you")
    assert "Drafted" in client.get(URL).text
    page = client.post(URL, {"string": thanks.key, "words": ["Serdecznie dziękujemy"]}, follow=True).text
    assert "kept with your name" in page and f"1 of {len(entries('pl'))} read" in page
    assert AuditEvent.objects.filter(verb="org.words_read").count() == 1
    assert f"1 of {len(entries('pl'))}" in client.get("/staff/words/").text
    answer = client.get(f"{URL}file/")
    assert 'filename="gatepost-pl.po"' in answer["Content-Disposition"]
    said = {message.id: message for message in read_po(BytesIO(answer.content), locale="pl")}["Thank you"]
    assert said.string == "Serdecznie dziękujemy"
    assert said.user_comments[0] == "reviewed" and "Mr Nye" in said.user_comments[1]


def test_what_was_read_stands_aside_and_can_be_read_again(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    first = entries("pl")[0]
    client.post(URL, {"string": first.key, "words": list(first.words)})
    assert first.key not in client.get(URL).text and first.key in client.get(f"{URL}?all=1").text
    client.post(URL, {"string": first.key, "words": [f"{form} " for form in first.words], "all": "1"})
    back = client.post(URL, {"string": first.key, "words": list(first.words), "page": "7"})
    assert back["Location"] == f"{URL}?page=7"
    assert Wording.objects.count() == 1


@pytest.mark.parametrize(
    "words", ["", "Witamy", "Dzień dobry, %(nazwa)s,", "Dzień dobry, %(name)s %(name)s", "100 % %(name)s"]
)
def test_words_that_would_break_a_page_are_not_kept(cast: Cast, client: Client, words: str) -> None:
    cast.sign_in(client, cast.ode)
    page = client.post(URL, {"string": entry("Dear %(name)s,").key, "words": [words]}, follow=True)
    assert "keep everything" in page.text and not Wording.objects.exists()


def test_only_languages_and_strings_that_are_there(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    for url in ("/staff/words/en/", "/staff/words/cy/", "/staff/words/cy/file/"):
        assert client.get(url).status_code == 404
    assert client.post(URL, {"string": "0" * 24, "words": ["x"]}).status_code == 404


def test_another_school_reads_for_itself(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    client.post(URL, {"string": entry("Thank you").key, "words": ["Dzięki"]})
    cast.sign_in(client, cast.rook)
    assert "0 of" in client.get(URL).text and b"Mr Nye" not in client.get(f"{URL}file/").content


@pytest.mark.once
def test_every_form_of_a_counted_string_is_asked_for() -> None:
    counted = next(each for each in entries("ar") if each.is_counted)
    assert len(counted.words) == 6 and not faults(counted, counted.words, "ar")
    assert faults(counted, counted.words[:5], "ar")


@pytest.mark.once
@pytest.mark.parametrize("tag", ["pl", "ar"])
def test_our_own_words_pass_and_a_file_of_nothing_new_says_the_same(tag: str) -> None:
    assert not [each.english for each in entries(tag) if faults(each, each.words, tag)]
    again = {message.id: message.string for message in read_po(BytesIO(as_file(tag, {})), locale=tag) if message.id}
    assert all(
        again[each.english if each.is_counted else each.english[0]] in (each.words, each.words[0])
        for each in entries(tag)
    )
