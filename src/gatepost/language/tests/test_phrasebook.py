"""Every phrase can be said in every language, in every plural, with any name; half a sentence is never said."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.language import table
from gatepost.language.names import FSI, LRI, PDI, without_marks
from gatepost.language.phrasebook import GROUPS, LANGUAGES, PHRASES, Kind, say, status_of, template_of
from gatepost.language.phrasebook.saying import words_of
from gatepost.language.plain import look_over

pytestmark = pytest.mark.once

ENOUGH_NUMBERS = (0, 1, 2, 3, 5, 11, 12, 20, 21, 22, 25, 100, 101, 102, 112)
MARKS = {FSI: PDI, LRI: PDI}
BRACES = re.compile(r"\{(\w+)\}")
ONE_NUMBER = {"one", "two", "zero"}
SAMPLES = {
    Kind.NAME: "Ayan",
    Kind.DAY: date(2027, 2, 4),
    Kind.TIME: time(17, 10),
    Kind.PHONE: "020 7946 0000",
}
languages = pytest.mark.parametrize("language", LANGUAGES)


def filled(phrase, number):
    return {param.name: number if param.kind.is_count else SAMPLES[param.kind] for param in phrase.params}


def test_the_sentences_schools_really_send_are_there():
    assert len(PHRASES) >= 25 and {phrase.group for phrase in PHRASES.values()} == set(GROUPS)
    assert {"en", "ur", "pl", "so", "ar", "ro", "bn"} == set(LANGUAGES)
    assert list(PHRASES) == sorted(PHRASES, key=lambda key: list(GROUPS).index(PHRASES[key].group))


@languages
def test_every_phrase_is_said_in_every_plural(language):
    category = Locale.parse(language).plural_form
    reached = set()
    for phrase in PHRASES.values():
        for number in ENOUGH_NUMBERS:
            said = say(phrase, language, **filled(phrase, number))
            assert not set("{}%") & set(said) and "  " not in said and said == said.strip()
            for param in phrase.params:
                if param.kind.is_count:
                    reached.add((param.kind, category(number)))
                    assert str(number) in said or category(number) in ONE_NUMBER
    assert reached == {(kind, name) for kind in Kind if kind.is_count for name in set(map(category, range(300)))}


@languages
def test_the_units_have_every_form_that_the_language_has(language):
    plural = Locale.parse(language).plural_form
    for kind, forms in words_of(language).units.items():
        assert set(forms) == plural.tags | {"other"}, kind
        for category, form in forms.items():
            numbers = {number for number in range(300) if plural(number) == category}
            assert "{n}" in form or len(numbers) == 1, (kind, category)
    assert set(words_of(language).units) == {str(kind) for kind in Kind if kind.is_count}


@languages
def test_no_language_lacks_a_phrase_or_fills_in_anything_else(language):
    assert set(words_of(language).phrases) == set(PHRASES)
    for key, phrase in PHRASES.items():
        assert sorted(BRACES.findall(template_of(key, language))) == sorted(param.name for param in phrase.params), key
    assert status_of(language) in {"drafted", "reviewed"}


def test_plurals_are_those_that_people_say():
    polish = [say("absent_days", "pl", child="Ayan", days=number) for number in (1, 2, 5, 22)]
    assert [re.search(r"przez (.*?)\.", each)[1] for each in polish] == ["1 dzień", "2 dni", "5 dni", "22 dni"]
    assert "1 minutę" in say("late_today", "pl", child="Ola", minutes=1)
    arabic = [say("reminder_days", "ar", teacher="ليلى", days=number) for number in (1, 2, 3, 11, 100)]
    assert [each.split("بعد ")[1] for each in arabic] == ["يوم واحد.", "يومين.", "3 أيام.", "11 يومًا.", "100 يوم."]
    assert "de 20 de ori" in say("late_times", "ro", child="Ana", times=20)
    assert "o zi" in say("absent_days", "ro", child="Ana", days=1)


def test_the_whole_sentence_in_each_language():
    said = {language: say("we_call", language, teacher="Ms Ode", **when()) for language in LANGUAGES}
    assert {language: without_marks(words) for language, words in said.items()} == {
        "en": "Ms Ode will ring you: Thursday 4 February, 5.10pm.",
        "ur": "Ms Ode آپ کو فون کریں گے: جمعرات، 4 فروری، سہ پہر 5:10 بجے۔",
        "pl": "Ms Ode zadzwoni do Państwa: czwartek, 4 lutego, 17:10.",
        "so": "Wicitaan ayaa kaaga iman doona Ms Ode: Khamiis, 4 Febraayo, 5:10 galabnimo.",
        "ar": "ستصلكم مكالمة من Ms Ode: الخميس، 4 فبراير، 5:10 بعد الظهر.",
        "ro": "Ms Ode vă va suna: joi, 4 februarie, 17:10.",
        "bn": "Ms Ode আপনাকে ফোন করবেন: বৃহস্পতিবার, 4 ফেব্রুয়ারী, বিকেল 5:10।",
    }


def when():
    moment = datetime(2027, 2, 4, 17, 10, tzinfo=ZoneInfo("Europe/London"))
    return {"day": moment.date(), "time": moment}


@languages
def test_another_script_has_no_latin_words_of_its_own(language):
    if table.get(language).script != "Latn":
        for key in PHRASES:
            assert not re.search("[A-Za-z]", BRACES.sub("", template_of(key, language))), key


def test_english_is_plain():
    for key, phrase in PHRASES.items():
        found = look_over(say(key, "en", **filled(phrase, 3)), ["Ayan"])
        assert not found.warns and not found.jargon and not found.blame, key


@languages
@settings(max_examples=25, deadline=None)
@given(name=st.text(min_size=1, max_size=20).filter(lambda name: without_marks(name).strip()))
def test_any_name_is_kept_whole_and_closed(language, name):
    said = say("get_well", language, child=name)
    assert without_marks(name.strip()) in without_marks(said)
    assert sum(said.count(mark) for mark in MARKS) == said.count(PDI)


def test_marks_stand_only_where_directions_mix():
    assert FSI not in say("get_well", "so", child="Ayan") and FSI in say("get_well", "so", child="عيان")
    assert f"{LRI}020 7946 0000{PDI}" in say("please_call", "ur", phone="020 7946 0000")
    assert f"{FSI}Ayan{PDI}" in say("get_well", "ar", child="Ayan")


@pytest.mark.parametrize(
    ("key", "params"),
    [
        ("absent_days", {"child": "Ayan"}),
        ("absent_days", {"child": "Ayan", "days": -1}),
        ("absent_days", {"child": "Ayan", "days": "3"}),
        ("absent_days", {"child": "Ayan", "days": True}),
        ("absent_days", {"child": "  ", "days": 3}),
        ("absent_days", {"child": "Ayan", "days": 3, "day": date(2027, 2, 4)}),
        ("closed", {"day": "Thursday"}),
    ],
)
def test_half_a_sentence_is_never_said(key, params):
    with pytest.raises(ValueError, match="needs|is a"):
        say(key, "pl", **params)


def test_what_is_not_there_is_said_to_be_not_there():
    with pytest.raises(LookupError):
        say("greeting", "cy", adult="Ayan")
    with pytest.raises(LookupError):
        say("shout", "en")
