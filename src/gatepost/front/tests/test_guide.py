"""Somebody whom the school has never met reads the guide: in their language, on paper, and nobody knows who it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from gatepost.front import guide, held_leaflets
from gatepost.front.guidance import GUIDANCE
from gatepost.front.held_leaflets import State
from gatepost.front.leaflets import LEAFLETS, TERMS
from gatepost.know.models import Adult, Child
from gatepost.language.catalogue import Entry
from gatepost.language.jargon import glossary
from gatepost.language.plain import look_over
from gatepost.language.table import FAMILY_LANGUAGES, get
from gatepost.org.models import Person
from gatepost.reach import meanings
from gatepost.reach.delivery.press import problem
from gatepost.testing import Cast

ASSESSMENT = reverse("guide:leaflet", args=["assessment"])
RECORDS = reverse("guide:leaflet", args=["records"])


def addresses() -> Iterator[str]:
    yield reverse("guide:home")
    yield from (reverse("guide:leaflet", args=[each.slug]) for each in LEAFLETS)
    yield from (reverse("guide:guidance", args=[each.slug]) for each in GUIDANCE)
    yield from (f"{reverse('guide:words')}?page={number}" for number in (1, 5))


def test_everybody_reads_every_page_and_no_row_of_any_person_is_read_for_it(cast: Cast, client: Client) -> None:
    people = [*Person.objects.all(), *Adult.objects.all()]
    names = {each.name for each in people} | {each.called for each in Child.objects.all()}
    for address in addresses():
        joint = "&" if "?" in address else "?"
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"{address}{joint}at={cast.school.pk}&in=pl")
        assert page.status_code == 200 and len(page.content) < 20_000
        assert len([each for each in asked if "FROM" in each["sql"]]) == 1, "the school, and nothing else"
        assert page.headers["Cache-Control"] == "public, max-age=600" and not page.cookies
        shown = re.sub(r"<bdi.*?</bdi>", "", page.text)
        assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", shown)] == []


def test_it_speaks_the_language_of_the_address_or_of_the_phone(cast: Cast, client: Client) -> None:
    for tag in FAMILY_LANGUAGES:
        page = client.get(f"{ASSESSMENT}?in={tag}")
        assert f'<html lang="{tag}" dir="{get(tag).direction}">' in page.text
        assert page.headers["Content-Language"] == tag
        assert ("drafted" in page.text) is (tag != "en")
        assert '<bdi lang="en" dir="ltr">EHC needs assessment</bdi>' in page.text
        assert page.text.count('hreflang="') == len(FAMILY_LANGUAGES) - 1
    assert 'lang="so"' in client.get(ASSESSMENT, headers={"Accept-Language": "so,en;q=0.5"}).text
    large = client.get(f"{ASSESSMENT}?in=so&letters=large")
    assert 'class="large"' in large.text and not large.cookies
    assert "letters=large" in re.findall(r'href="(/guide/[^"]*)"', large.text)[-1]


def test_it_names_the_school_it_was_asked_for_and_none_else(cast: Cast, client: Client) -> None:
    name = cast.school.name
    assert name not in client.get(RECORDS).text, "two schools: nobody knows which is meant"
    assert name in client.get(f"{RECORDS}?at={cast.school.pk}").text
    strangers = ("7", str(cast.ayan.pk), "0" * 32)
    answers = {client.get(f"{RECORDS}?at={each}").content for each in strangers}
    assert answers == {client.get(RECORDS).content}, "what is no school opens the same guide"
    assert client.get(reverse("guide:leaflet", args=["nothing"])).status_code == 404
    assert client.post(RECORDS).status_code == 405


def test_staff_read_the_same_page_as_everybody(cast: Cast, client: Client) -> None:
    page = client.get(f"{RECORDS}?at={cast.school.pk}&in=en").content
    cast.sign_in(client, cast.bell)
    assert client.get(f"{RECORDS}?at={cast.school.pk}&in=en").content == page


@pytest.mark.skipif(bool(problem()), reason="this machine makes no PDF")
def test_a_leaflet_is_one_sheet_of_paper_that_leads_back(cast: Cast, client: Client) -> None:
    url = reverse("guide:leaflet_sheet", args=["disagree"]) + f"?at={cast.school.pk}&in=so"
    answer = client.get(url)
    assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == 'inline; filename="disagree-so.pdf"'
    place = guide.Place(cast.school, "so", large=False, asked={"at": str(cast.school.pk)})
    with translation.override("so"):
        sheet = guide.sheet_of(guide.show(LEAFLETS[7]), place, address=place.to("guide:leaflet", "disagree"))
    assert (
        cast.school.name in sheet
        and "<svg" in sheet
        and f"/guide/rights/disagree/?in=so&amp;at={cast.school.pk}" in sheet
    )
    with guide._at_the_press:
        waiting = client.get(url)
    assert waiting.status_code == 302 and waiting.headers["Location"].startswith("/guide/rights/disagree/?in=so")


def test_every_page_is_plain_and_every_right_says_where_it_stands() -> None:
    for page in LEAFLETS:
        found = look_over(". ".join(str(each) % TERMS for each in page.words), TERMS.values())
        assert not found.warns and not found.is_long and not found.readability.long_sentences, page.slug
        assert page.law and all(re.search(r"\d", line) for line in page.law), page.slug
    for each in GUIDANCE:
        assert not look_over(" ".join(str(line) % TERMS for line in each.says), TERMS.values()).warns
    assert (
        len({page.slug for page in (*LEAFLETS, *GUIDANCE)} | {"words", "rights"}) == len(LEAFLETS) + len(GUIDANCE) + 2
    )


def test_a_school_word_is_explained_in_the_language_of_the_page() -> None:
    for tag in FAMILY_LANGUAGES:
        with translation.override(tag):
            (senco,) = meanings.explained(["Please speak with our SENCO."])
            said = guide.all_meanings()
        assert senco.word == "SENCO" and senco in said
        english = {entry.say: entry.answer for entry in glossary()}
        assert len(said) == len(english)
        assert [each.word for each in said if (each.means == english[each.word]) is not (tag == "en")] == []


def test_a_familys_page_leads_to_the_guide_in_its_language(cast: Cast, client: Client) -> None:
    cast.invitation(cast.hina)
    page = client.get(cast.link(cast.hina)).text
    assert f"/guide/?at={cast.school.pk}&amp;in=ur" in page
    assert client.get(f"/guide/?at={cast.school.pk}&in=ur").status_code == 200


def test_staff_see_what_is_there_in_which_language_and_what_is_not(cast: Cast, client: Client) -> None:
    Adult.objects.filter(pk=cast.dawn.pk).update(language="ti")
    cast.sign_in(client, cast.ode)
    page = client.get("/leaflets/").text
    assert page.count("Drafted</a>") == (len(LEAFLETS) + len(GUIDANCE) + 1) * (len(FAMILY_LANGUAGES) - 1)
    assert "Tigrinya" in page and "Somali</li>" not in page


def test_one_lost_string_makes_a_gap_and_one_reader_of_all_makes_it_read() -> None:
    wanted = [("", "How are you?"), ("SENCO", "The teacher who helps.")]

    def held(words: str, *, reviewed: bool = False) -> dict[tuple[str, str], Entry]:
        return {key: Entry(key[1], (key[1],), (words,), key[0], "", reviewed) for key in wanted}

    keys = {english for _context, english in wanted}
    assert held_leaflets.state_of(wanted, held("x"), ()) is State.DRAFTED
    assert held_leaflets.state_of(wanted, held("x"), keys) is State.READ
    assert held_leaflets.state_of(wanted, held("x", reviewed=True), ()) is State.REVIEWED
    assert held_leaflets.state_of(wanted, held(""), keys) is State.MISSING
    assert held_leaflets.state_of(wanted, {wanted[0]: held("x")[wanted[0]]}, keys) is State.MISSING
