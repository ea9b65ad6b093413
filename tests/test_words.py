"""Every word that a family sees is there in every family language, whole and harmless."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from functools import cache
from gettext import GNUTranslations
from html import unescape

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from django.test import Client

from gatepost.agree.services import keep, not_kept
from gatepost.agree.tests.saying import promised, shared, with_code
from gatepost.know.models import Adult
from gatepost.language.table import DRAFTED, FAMILY_LANGUAGES, get
from gatepost.org.models import Person
from gatepost.testing import Cast
from tools import compile_messages, messages

pytestmark = pytest.mark.once

FOUND = messages.found_in_sources()
FAMILY = {key: found for key, found in FOUND.items() if found.audience == "family"}
TEMPLATES = [
    path
    for path in sorted(messages.SOURCE.rglob("templates/**/*"))
    if path.suffix in messages.TEMPLATES and messages.seen_by_families(path.relative_to(messages.SOURCE).as_posix())
]
PYTHON = sorted({place.split(":")[0] for found in FAMILY.values() for place in found.places if ".py:" in place})

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
TAG = re.compile(r"<(/?)(\w+)[^>]*>")
MARKS = str.maketrans("؟۔،؛।", "?.,;.")
LATIN_BY_RIGHT = {"Gatepost", "name@example.org"}
SAME_BY_RIGHT = {", "}
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)

FAMILIAR = {
    "pl": r"\b(Ciebie|Tobie|Tobą|Cię|Twój|Twoj\w+|Twoim|chcesz|musisz|możesz|masz|\w+cie się)\b",
    "ar": r"(?<!\w)(لك|إليك|عليك|معك|أنت|لديك|[يت]صلك|يمكنك|بلغتك|يكلفك"
    r"|اختر|اقرأ|أجب|اضغط|طلبت|قلت|أردت|احجز|ضع|شاهده|استمع)(?!\w)",
    "ro": r"\b(tu|tău|tale|îți|ești|vrei|poți)\b",
    "ur": r"\bتم\b|\bتمہ|محترم ",
    "bn": r"তুমি|তোমা",
}
"""How one speaks to a friend or to a child, or to a man alone. Every adult is spoken to as a guest."""

WALKED = ("ur", "bn")
"""One language for each direction whose words cannot be mistaken for English; the catalogues are compared for all."""

KNOWN = cache(messages.translations)

languages = pytest.mark.parametrize("tag", messages.TRANSLATED)


def pairs(tag):
    """English beside the translation, for each form of each message for families."""
    known = KNOWN(tag)
    for key in FAMILY.keys() & known.keys():  # another test says what is missing
        found = FAMILY[key]
        sources = found.id if isinstance(found.id, tuple) else (found.id,)
        strings = [words for words in messages.strings_of(known[key]) if words]
        for number, words in enumerate(strings):
            yield sources[min(number, len(sources) - 1)], words


def test_the_languages_are_those_of_the_table():
    assert {"en", *messages.TRANSLATED} == set(FAMILY_LANGUAGES)
    folders = {path.name for path in messages.LOCALE.iterdir() if path.is_dir()}
    assert folders == set(messages.TRANSLATED)


@languages
def test_the_catalogue_is_up_to_date_and_complete(tag):
    assert messages.wrong_with(tag, FOUND) == [], "python -m tools.messages"


@pytest.mark.parametrize("tag", ["ar", "so"])  # six plurals, and two: it takes a second each
def test_made_again_it_is_the_same_to_the_letter(tag, tmp_path):
    path = messages.path_of(tag, tmp_path)
    path.parent.mkdir(parents=True)
    shutil.copy(messages.path_of(tag), path)
    for _again in range(2):
        before = path.read_text(encoding="utf-8")
        path.write_text(messages.catalogue_text(tag, FOUND, tmp_path), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == before


@languages
def test_it_says_who_sees_each_message(tag):
    for key, message in KNOWN(tag).items():
        assert FOUND[key].audience in message.auto_comments, key


@languages
def test_placeholders_and_tags_are_those_of_the_english(tag):
    for english, words in pairs(tag):
        assert Counter(PLACEHOLDER.findall(words)) == Counter(PLACEHOLDER.findall(english)), words
        assert words.count("%") == english.count("%"), words
        assert Counter(TAG.findall(words)) == Counter(TAG.findall(english)), words
        assert well_nested(words), words


def well_nested(words):
    opened = []
    for closing, name in TAG.findall(words):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened and words.count("<") == words.count(">")


@languages
def test_spaces_and_the_last_mark_are_those_of_the_english(tag):
    for english, words in pairs(tag):
        assert words != "" and (words[0].isspace(), words[-1].isspace()) == (
            english[0].isspace(),
            english[-1].isspace(),
        )
        last, wanted = bare(words)[-1].translate(MARKS), bare(english)[-1]
        assert (last if last in "?.:" else "") == (wanted if wanted in "?.:" else ""), words
        assert "  " not in words, words


def bare(words):
    """Without the invisible marks of direction."""
    return re.sub("[\u2066-\u2069\u200e\u200f]", "", words).strip() or words


@languages
def test_plurals_have_as_many_forms_as_the_language(tag):
    counted = [message for message in KNOWN(tag).values() if message.pluralizable]
    assert counted
    assert {len(messages.strings_of(message)) for message in counted} == {get_plural(tag).num_plurals}


@pytest.mark.parametrize("tag", FAMILIAR)
def test_every_adult_is_spoken_to_in_one_polite_way(tag):
    to_children = {"support/home_ideas.py"}  # what one may ask a child at home
    for key in FAMILY.keys() & KNOWN(tag).keys():
        if not {place.split(":")[0] for place in FAMILY[key].places} <= to_children:
            for words in messages.strings_of(KNOWN(tag)[key]):
                assert not re.search(FAMILIAR[tag], words), words


@pytest.mark.parametrize("tag", [tag for tag in messages.TRANSLATED if get(tag).direction == "rtl"])
def test_the_parts_of_a_number_do_not_change_places(tag):
    for _english, words in pairs(tag):
        assert not re.search("(?<!\u2066)\\b\\d+ \\d+", words), words


@languages
def test_nothing_is_english_by_mistake(tag):
    for english, words in pairs(tag):
        assert words != english or english in SAME_BY_RIGHT, words


@pytest.mark.parametrize("tag", [tag for tag in messages.TRANSLATED if get(tag).script != "Latn"])
def test_another_script_has_no_stray_latin_words(tag):
    for english, words in pairs(tag):
        text = TAG.sub("", PLACEHOLDER.sub("", words))
        for name in [*LATIN_BY_RIGHT, *re.findall("“[^”]*”", english)]:  # English letters that it speaks about
            text = text.replace(name, "")
        assert not re.search("[A-Za-z]", text), words


DEARER = {"pl": set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"), "ro": set("ăâîșțĂÂÎȘȚ")}
"""Letters without which a word is misspelt: they make a text message dearer, and the school sees what it costs."""


@pytest.mark.parametrize("tag", ["en", *(tag for tag in messages.TRANSLATED if get(tag).script == "Latn")])
def test_text_messages_keep_to_the_letters_that_cost_one(tag):
    """One curly quotation mark makes a text message more than twice as dear."""
    known = KNOWN(tag) if tag != "en" else {}
    for key, found in FAMILY.items():
        if any(place.endswith(".sms") for place in found.places):
            for words in messages.strings_of(known[key]) if key in known else [key[1]]:
                assert set(words) <= GSM | DEARER.get(tag, set()), words


@languages
def test_our_own_words_are_marked_as_drafted(tag):
    known = KNOWN(tag)
    notes = [set(known[key].user_comments) & {"drafted", "reviewed"} for key in FAMILY.keys() & known.keys()]
    assert all(len(note) == 1 for note in notes)
    reviewed = all(note == {"reviewed"} for note in notes)
    assert messages.status_of(tag) == ("reviewed" if reviewed else "drafted")
    assert (tag in DRAFTED) is not reviewed, "language/table.py says otherwise"


def test_the_catalogues_compile_and_speak(tmp_path):
    shutil.copytree(messages.LOCALE, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    assert compile_messages.compile_all(tmp_path / "locale") == []
    for tag in messages.TRANSLATED:
        with (tmp_path / "locale" / tag / "LC_MESSAGES" / "django.mo").open("rb") as file:
            spoken = GNUTranslations(file)
        for context, words in FAMILY.keys() & KNOWN(tag).keys():
            said = spoken.pgettext(context, words) if context else spoken.gettext(words)
            assert said != words or words in SAME_BY_RIGHT


# ── the sources ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_words_stand_outside_the_catalogue_in_a_family_page(path):
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        r"{#.*?#}|{% comment.*?endcomment %}|{% blocktrans.*?endblocktrans(late)? %}|{% block frame %}\w+",
        "",
        text,
        flags=re.DOTALL,
    )
    for argument in re.findall(r"{%.*?%}", text):
        words = re.sub(r"_\(([\"']).*?\1\)", "", argument)
        if not re.match(r"{%\s*(translate|url|include|extends|block|load)\b", words):
            assert not re.search(r"\b(title|text|label|hint)=[\"'][^\"']", words), argument
            assert not re.match(r"{%\s*(button|calm|tag|details|back_link)\s+[\"']", words), argument
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    assert not re.search(r"\b(title|alt|placeholder|aria-label)=\"[^\"]*[A-Za-z]", text)
    assert re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]*>", " ", text)) == []


@pytest.mark.parametrize("name", PYTHON)
def test_no_words_stand_outside_the_catalogue_in_a_family_form_or_answer(name):
    text = (messages.SOURCE / name).read_text(encoding="utf-8")
    assert not re.search(r"(Refused|ValidationError)\(\s*f?[\"'][A-Za-z]|\b(label|help_text|legend)=f?[\"'][A-Z]", text)


@pytest.mark.parametrize("tag", WALKED)
def test_a_family_meets_no_english_on_its_way(tag, cast: Cast, client: Client):
    """Pages as they come, with errors and answers. Names stand in their own isolation and may be in any script."""
    slot = cast.invitation(cast.amina).event.slots.first().pk
    url, stay = cast.link(cast.amina), f"?in={tag}"
    pages = [client.get(url + stay), client.get(url + "none/" + stay), client.get(url + "no/" + stay)]
    pages += [client.post(url + stay, {"slot": wrong, "supporter": "x" * 300}) for wrong in ("", "no")]
    pages += [client.post(url + stay, {"slot": slot}, follow=True), client.post(url + stay, {"act": "wish"})]
    pages += [client.get(url + stay + "&change=1"), client.post(url + stay, {"act": "give_back"}, follow=True)]
    pages += [client.post(url + step + stay, {"words": ""}) for step in ("none/", "no/")]
    for page in pages:
        assert f'<html lang="{tag}" dir="{get(tag).direction}">' in page.text
        assert latin_in(page.text) == []


@pytest.mark.parametrize("tag", WALKED)
def test_a_family_reads_its_summary_and_its_letters_without_english(tag, cast: Cast, client: Client):
    Adult.objects.filter(pk=cast.jo.pk).update(language=tag)
    cast.jo.refresh_from_db()
    record = shared(cast, Adult.objects.get(pk=cast.jo.pk))
    closed = [promised(cast, record, "A buddy"), promised(cast, record, "A book")]
    keep(closed[0], by=cast.actor_of(cast.ode))
    not_kept(closed[1], because="Was away", by=cast.actor_of(cast.ode))
    url, stay = with_code(cast, client, cast.jo), f"?in={tag}"
    answers = ({"say": "not_quite"}, {"say": "yes"}, {"correct": "1"}, {"correct": "1", "correction": "صفحہ"})
    for page in [client.get(url + stay), *(client.post(url + stay, answer, follow=True) for answer in answers)]:
        assert page.status_code == 200 and latin_in(page.text) == []
    for letter in cast.letters(cast.jo):
        words = re.sub("http\\S+|\u2068.*?\u2069", "", letter)
        staff = Person.objects.values_list("name", flat=True)
        for name in ("School hall", cast.school.name, record.child.called, *staff):
            words = words.replace(name, "")
        assert re.findall("[A-Za-z]{2,}", words) == [], letter


def latin_in(html):
    """The Latin words of a page outside names, and outside what is marked as English."""
    body = re.sub(r"<title>.*?</title>|<bdi.*?</bdi>|<(\w+)[^>]* lang=\"en\".*?</\1>", " ", html, flags=re.DOTALL)
    shown = " ".join([*re.findall(r"(?:aria-label|alt|placeholder)=\"(.*?)\"", body), re.sub("<[^>]*>", " ", body)])
    return [word for word in re.findall("[A-Za-z]{2,}", unescape(shown)) if word not in LATIN_BY_RIGHT]


def test_the_places_where_families_look_are_there():
    """A pattern that fits nothing any more hides words from the translators."""
    places = {place for found in FOUND.values() for place in found.places}
    for pattern in (*messages.FAMILY, *messages.STAFF):
        file = pattern.split(":")[0]
        assert any(messages.SOURCE.glob(file.removesuffix("*") if file.endswith("/*") else file)), pattern
    assert any(map(messages.seen_by_families, places))


def test_messages_are_found_in_every_kind_of_source(tmp_path):
    page = tmp_path / "meet" / "templates" / "meet" / "family" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        "{% load i18n %}<p>\n   {% blocktranslate trimmed count n=n %}\n  One\n talk {% plural %}{{ n }} talks"
        '{% endblocktranslate %}\n  {% button _("Book it") kind="quiet" %}{% translate "taken" context "a time" %}'
    )
    services = tmp_path / "meet" / "services"
    services.mkdir()
    (services / "booking.py").write_text(
        "def book():\n    return ngettext('%(n)s place', '%(n)s places', 2), lazy('Full')\n"
    )
    (services / "planning.py").write_text("def plan_event():\n    return _('A plan')\n")
    found = messages.found_in_sources(tmp_path)
    assert {each.id for each in found.values()} == {
        ("One talk", "%(n)s talks"), "Book it", "taken", ("%(n)s place", "%(n)s places"), "Full", "A plan",
    }  # fmt: skip
    assert found["a time", "taken"].audience == found["", "Full"].audience == "family"
    assert found["", "A plan"].audience == "staff"


def test_a_new_message_waits_for_its_words_and_an_old_one_goes(tmp_path):
    path = messages.path_of("so", tmp_path)
    path.parent.mkdir(parents=True)
    old = Catalog(locale="so")
    old.add("Gone", "Tagay")
    old.add("Here", "Jooga", user_comments=["reviewed"])
    path.write_text(
        messages.HEADER.format(name="", tag="so", plural_forms="nplurals=2; plural=(n != 1);", status="drafted")
    )
    with path.open("ab") as file:
        messages.write_po(file, old, omit_header=True)
    found = {("", words): messages.Found(words, places={"design/templates/404.html"}) for words in ("Here", "New")}
    path.write_text(messages.catalogue_text("so", found, tmp_path), encoding="utf-8")
    known = messages.translations("so", tmp_path)
    assert {key[1]: message.string for key, message in known.items()} == {"Here": "Jooga", "New": ""}
    assert known["", "Here"].user_comments == ["reviewed"] and known["", "New"].user_comments == ["drafted"]
    assert messages.wrong_with("so", found, tmp_path) == ["so: not translated: 'New' (design/templates/404.html)"]
