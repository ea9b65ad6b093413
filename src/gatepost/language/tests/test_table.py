"""The language table: complete, true to public tables, and forgiving about how a language is named."""

import csv
from pathlib import Path

import pytest
from babel import Locale, UnknownLocaleError
from django.conf import locale
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from gatepost.language import table
from gatepost.language.names import FSI, PDI, isolate, isolate_ltr, without_marks
from gatepost.language.words import say_language, say_list

pytestmark = pytest.mark.once


def test_tags_and_roster_codes_are_unique():
    tags = [language.tag.lower() for language in table.LANGUAGES]
    codes = [language.cbds for language in table.LANGUAGES if language.cbds]
    assert len(tags) == len(set(tags)) >= 25
    assert len(codes) == len(set(codes))


def public_locale(language: table.Language) -> Locale | None:
    """The language in Babel's tables, if it is there."""
    try:
        return Locale.parse(language.tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


KNOWN = [language for language in table.LANGUAGES if public_locale(language)]


@pytest.mark.parametrize("language", KNOWN, ids=lambda language: language.tag)
def test_directions_agree_with_the_public_table(language: table.Language):
    public = public_locale(language)
    assert public is not None
    scripted = public if public.script or "-" not in language.tag else Locale.parse("ur")
    assert scripted.text_direction == language.direction


@pytest.mark.parametrize("language", table.LANGUAGES, ids=lambda language: language.tag)
def test_django_knows_every_language_afterwards(language: table.Language):
    table.extend_lang_info()
    table.extend_lang_info()
    info = translation.get_language_info(language.tag.lower())
    assert info["bidi"] == (language.direction == "rtl")
    assert locale.LANG_INFO[language.tag.lower()]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ur", "ur"), ("UR", "ur"), ("ur-PK", "ur"), ("en_GB", "en"), ("pa-Arab", "pa-Arab"),
        ("pa-arab-PK", "pa-Arab"),
        ("pa-Guru", "pa"), ("fa-AF", "prs"), ("ku", "kmr"), ("zh-Hans-CN", "zh-Hans"), ("zh", "zh-Hans"),
        ("BFI", "bfi"),
    ],
)  # fmt: skip
def test_a_tag_finds_its_language(asked: str, found: str):
    assert table.get(asked).tag == found


@pytest.mark.parametrize("unknown", ["", "x", "tlh", "-"])
def test_an_unknown_tag_is_refused_by_name(unknown: str):
    assert table.find(unknown) is None
    with pytest.raises(LookupError, match="language table"):
        table.get(unknown)


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("SOM", "so"),
        ("urd", "ur"),
        ("PNJ", "pa"),
        ("ARAI", "ar"),
        ("ARA", "ar"),
        ("BNGS", "syl"),
        ("CHIM", "zh-Hans"),
        ("REF", ""),
        ("BSL", "bfi"),
        ("ENG", "en"),
    ],
)
def test_a_roster_code_finds_its_language(code: str, tag: str):
    found = table.from_cbds(code)
    assert (found.tag if found else "") == tag


def test_a_roster_code_we_do_not_know_is_unknown():
    for code in ("", "XXX", "ARABIC", "OTH"):
        assert table.from_cbds(code) is None


def test_names_find_languages_only_when_they_are_sure():
    assert table.from_name("somali").tag == "so"
    assert table.from_name("اردو").tag == "ur"
    assert table.from_name("Persian").tag == "fa"
    assert table.from_name("Kurdish") is None, "there are two"
    assert table.from_name("Panjabi") is None
    assert table.from_name("") is None


def test_family_languages_are_in_the_table_and_say_what_is_drafted():
    assert {table.get(tag).tag for tag in table.FAMILY_LANGUAGES} == {"en", "ur", "so", "pl", "ar", "ro", "bn"}
    assert set(table.FAMILY_LANGUAGES) >= table.DRAFTED
    assert "en" not in table.DRAFTED
    assert not table.get("bfi").written and table.get("ur").written


def test_languages_have_names_in_other_languages():
    assert say_language("so", "ur") == "صومالی"
    assert say_language("ur", "so") == "Urduu"
    assert say_language("bfi", "ur") == "British Sign Language"
    assert say_language("pl") == "Polish"


def test_lists_are_said_as_people_say_them():
    assert say_list(["a", "b", "c"]) == "a, b and c"
    assert say_list(["a"]) == "a" and say_list([]) == ""
    assert "اور" in say_list(["a", "b"], "ur")


@given(st.text())
def test_isolating_keeps_the_words_and_closes_behind_them(text: str):
    once = isolate(text)
    assert without_marks(once) == without_marks(text)
    assert isolate(once) == once
    assert once.count(FSI) == once.count(PDI) <= 1
    assert not once or (once[0], once[-1]) == (FSI, PDI)


def test_a_phone_number_reads_from_its_own_beginning():
    assert isolate_ltr("0113 496 0000") == "\u20660113 496 0000\u2069"
    assert isolate_ltr("") == ""


PUBLIC = Path(__file__).parents[5] / "shared" / "data" / "cbds-language-codes-2007-to-bcp47.csv"
NO_LANGUAGE = {"und", "mis"}


@pytest.mark.skipif(not PUBLIC.exists(), reason="the public list of census codes is not beside the repository")
def test_every_census_code_means_what_the_public_list_says():
    with PUBLIC.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = {}
    for row in rows:
        found = table.from_cbds(row["cbds_code"])
        expected = None if row["bcp47"] in NO_LANGUAGE else table.find(row["bcp47"])
        directed = found is None or not row["direction"] or found.direction == row["direction"]
        if found != expected or (expected is None and row["bcp47"] not in NO_LANGUAGE) or not directed:
            wrong[row["cbds_code"]] = (row["bcp47"], found)
    assert wrong == {}
    assert len(rows) >= 320


def test_no_two_languages_have_one_name():
    names = [language.english_name for language in table.LANGUAGES]
    assert len(names) == len(set(names)) > 250
