"""Every notice, in every language, by text and by mail, with and without a name: read as a family would read it."""

from __future__ import annotations

import re
from html import unescape
from itertools import product
from typing import Any

import pytest
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext

from gatepost.core import clock
from gatepost.front import saying
from gatepost.know.models import Adult, Channel, ContactPoint
from gatepost.language.dates import say_date, say_when
from gatepost.language.names import FSI, LRI, PDI, without_marks
from gatepost.language.plain import look_over
from gatepost.language.table import FAMILY_LANGUAGES, get
from gatepost.language.yesno import yes_or_no
from gatepost.org.models import School
from gatepost.reach import sayings
from gatepost.reach.delivery.letters import OnPaper, Part
from gatepost.reach.delivery.mime import html_of
from gatepost.reach.delivery.parts import parts_of
from gatepost.reach.delivery.render import Letter, fill, is_neutral, word
from gatepost.reach.kinds import KINDS, Tone
from gatepost.reach.models import Notice
from tests.notice_samples import (
    ADULT,
    BRING,
    CHILD,
    CODE,
    LINK,
    OFFICE,
    OWN,
    OWN_WORDS,
    PHONE,
    SAMPLES,
    SCHOOL,
    SURNAME,
    WHEN,
    WHO,
)

pytestmark = pytest.mark.once

PLAIN_ALPHABET = {"en", "so"}
NOBODY_NAMED = {"reach.treated", "reach.code", "reach.started"}
"""Texts that name nobody: one asks how somebody was, one is read off and typed, one answers START."""
INVITES = ("meet.invitation", "meet.another_way", "meet.reminder", "meet.reminder_today")
NAMES = (ADULT, CHILD, SCHOOL, OFFICE, WHO, OWN_WORDS, "Room 4")
WHOLE = (*NAMES, PHONE, CODE, "STOP", "START")
LEFT_OVER = re.compile(r"[{}]|%\(|%s|None|\[\]|\bTrue\b|\bFalse\b")
URL = re.compile(r"https?://\S+")

worded = pytest.mark.parametrize("name", sorted(KINDS))
languages = pytest.mark.parametrize("tag", FAMILY_LANGUAGES)
translated = pytest.mark.parametrize("tag", [tag for tag in FAMILY_LANGUAGES if tag != "en"])
ways = pytest.mark.parametrize("way", [Channel.EMAIL, Channel.SMS])


def letter(name: str, tag: str, way: Channel, *, shared: bool = False, values: dict[str, Any] | None = None) -> Letter:
    """A notice as it would leave, without a database: to an adult whose contact point is confirmed."""
    kind, sample = KINDS[name], SAMPLES[name]
    school = School(name=SCHOOL, office_name=OFFICE, office_phone=PHONE)
    point = ContactPoint(channel=way, value="nobody", shared=shared, confirmed_at=clock.now())
    notice = Notice(kind=name, language=tag, school=school, adult=Adult(name=ADULT))
    filled = dict(sample.values) if values is None else dict(values)
    if sample.said and values is None:
        filled["spoken"] = sayings.words(sample.said, tag, adult=ADULT, child=CHILD)
    filled |= {"link": LINK} if kind.opens else {}
    said = filled | {"child": "" if shared else CHILD}
    return word(kind, notice, point, said, neutral=is_neutral(kind, point))


def said(made: Letter) -> str:
    """All of it."""
    return f"{made.title}\n{made.body}"


def variants(name: str) -> list[dict[str, Any] | None]:
    """A notice in each of its wordings."""
    return [None, *OWN.get(name, [])]


def sentences(text: str) -> set[str]:
    """The sentences of three words and more, without names, links and marks."""
    bare = URL.sub("", without_marks(text))
    for each in WHOLE:
        bare = bare.replace(each, "")
    found = (" ".join(each.split()) for each in re.split(r"[.!?:\n]", bare))
    return {each for each in found if len(each.split()) > 2}


def test_every_notice_has_a_sample() -> None:
    assert set(SAMPLES) == set(KINDS), "a new notice needs a line in tests/notice_samples.py"


@worded
@ways
def test_it_says_first_why_we_write(name: str, way: Channel) -> None:
    body = letter(name, "en", way).body
    body = body.removeprefix(f"Dear {ADULT},").lstrip()
    for head in (f"{WHO}, {SCHOOL}, about {CHILD}:", f"{WHO}, {SCHOOL}:", f"{OFFICE}, {SCHOOL}:", f"{SCHOOL}:"):
        body = body.removeprefix(head).lstrip()
    begins = SAMPLES[name].begins(by_text=way is Channel.SMS)
    assert body.lower().startswith(begins.lower()), body


@worded
@languages
@ways
def test_it_names_the_child_by_first_name_only_and_not_where_others_read_along(
    name: str, tag: str, way: Channel
) -> None:
    for values in variants(name):
        alone, along = letter(name, tag, way, values=values), letter(name, tag, way, shared=True, values=values)
        assert SURNAME not in said(alone)
        assert CHILD not in said(along) and OWN_WORDS not in said(along) and WHO not in said(along)
        with translation.override(tag):
            assert (gettext("Nothing is wrong.") in said(along)) is KINDS[name].calm  # of a worry it would not be true
            assert (gettext("Please read it now.") in said(along)) is KINDS[name].at_once


@worded
def test_a_voice_says_all_but_where_to_click(name: str) -> None:
    """Said on the telephone or at the gate: no "here", no link, and every word that somebody has typed."""
    plain = {"child": CHILD, "adult": ADULT, "school": SCHOOL, "office_name": OFFICE, "office_phone": PHONE}
    for values, tag in product(variants(name), FAMILY_LANGUAGES):
        shown = (SAMPLES[name].values if values is None else values) | {"link": saying.LINK, "in_person": True}
        texts = {}
        for each in ("en", tag):
            with translation.override(each):
                texts[each] = fill(f"{KINDS[name].template}.sms", plain | shown)
        with translation.override(tag):
            heard = saying.without_link(texts[tag], english=texts["en"])
        assert not re.search(r"\bhere:", heard) and saying.LINK not in heard
        assert all(heard.count(each) == texts[tag].count(each) for each in WHOLE), heard


def test_where_others_read_along_nothing_is_wrong_only_where_that_is_true() -> None:
    for name in ("reach.message", "reach.worry", "reach.broadcast", "reach.urgent", "agree.summary", "meet.called_off"):
        assert not KINDS[name].calm
    assert not any(kind.calm for kind in KINDS.values() if kind.tone is Tone.CONCERN or kind.mints_code)


YES_IN = {"en": "YES", "ur": "جی", "pl": "TAK", "so": "HAA", "ar": "نعم", "ro": "DA", "bn": "হ্যাঁ"}


@languages
def test_the_word_that_a_text_asks_for_is_understood(tag: str) -> None:
    assert YES_IN[tag] in letter("meet.invitation", tag, Channel.SMS).body and yes_or_no(YES_IN[tag]) is True


@worded
@languages
def test_somebody_can_be_asked(name: str, tag: str) -> None:
    for values in variants(name):
        mail, text = without_marks(letter(name, tag, Channel.EMAIL, values=values).body), letter(name, tag, Channel.SMS)
        assert OFFICE in mail and PHONE in mail
        assert name in NOBODY_NAMED or any(each in text.body for each in (OFFICE, WHO, PHONE)), text.body
        assert SCHOOL in text.body


@worded
@languages
def test_it_says_what_you_can_do_and_what_is_your_right(name: str, tag: str) -> None:
    theirs = without_marks(letter(name, tag, Channel.EMAIL).body)
    with translation.override(tag):
        for words in SAMPLES[name].says:
            assert gettext(words) in theirs, words


@pytest.mark.parametrize("name", INVITES)
@languages
@ways
def test_whoever_is_invited_or_reminded_may_bring_somebody(name: str, tag: str, way: Channel) -> None:
    with translation.override(tag):
        bring = gettext(BRING)
    for values in variants(name):
        assert bring in letter(name, tag, way, values=values).body


@worded
@languages
def test_what_nobody_needs_says_how_to_end_it(name: str, tag: str) -> None:
    for shared in (False, True):
        mail, text = (letter(name, tag, way, shared=shared).body for way in (Channel.EMAIL, Channel.SMS))
        assert ("/u/" in mail) is KINDS[name].optional
        assert "STOP" in text or not KINDS[name].optional


@worded
@languages
def test_a_text_costs_no_more_than_it_should(name: str, tag: str) -> None:
    sample, text = SAMPLES[name], letter(name, tag, Channel.SMS).body
    assert parts_of(text) <= (sample.plain if tag in PLAIN_ALPHABET else sample.wide), (parts_of(text), text)


@worded
@ways
def test_english_is_plain_and_blames_nobody(name: str, way: Channel) -> None:
    for values in variants(name):
        text = URL.sub("", letter(name, "en", way, values=values).body).replace(OWN_WORDS, "")
        text = text.replace("we must", "we have to")  # our own duty blames nobody
        found = look_over(text, [*ADULT.split(), CHILD, *SCHOOL.split(), *OFFICE.split(), *WHO.split()])
        assert not found.warns and not found.jargon and not found.blame and not found.is_long, (found.age, text)


@worded
@translated
@ways
def test_nothing_of_it_stays_in_english_or_open(name: str, tag: str, way: Channel) -> None:
    for values in variants(name):
        for shared in (False, True):
            theirs = said(letter(name, tag, way, values=values, shared=shared))
            assert not LEFT_OVER.search(theirs) and not sentences(theirs) & sentences(
                said(letter(name, "en", way, values=values, shared=shared))
            )
            if get(tag).script != "Latn":
                bare = URL.sub("", without_marks(theirs))
                for each in sorted(WHOLE, key=len, reverse=True):
                    bare = bare.replace(each, "")
                assert not re.search("[A-Za-z]", bare), bare


@worded
@pytest.mark.parametrize("tag", ["ar", "ur"])
@ways
def test_names_and_links_disturb_no_line_that_runs_the_other_way(name: str, tag: str, way: Channel) -> None:
    for values in variants(name):
        body = letter(name, tag, way, values=values).body
        assert body.count(FSI) + body.count(LRI) == body.count(PDI)
        for line in body.splitlines():
            for each in (*NAMES, PHONE, CODE):
                for found in re.finditer(re.escape(each), line):
                    alone = line == each and each != CODE  # its two halves would change places
                    assert alone or line[: found.start()].count(PDI) < len(
                        re.findall(f"[{FSI}{LRI}]", line[: found.start()])
                    ), line
            for found in URL.finditer(line):
                assert found[0] == without_marks(found[0]) and found.start() in {0, line.find(" http") + 1}


@worded
@languages
def test_the_mail_is_a_page_in_its_language(name: str, tag: str) -> None:
    made = letter(name, tag, Channel.EMAIL)
    page = html_of(made.body, language=tag, direction=get(tag).direction, title=made.title)
    assert f'<html lang="{tag}" dir="{get(tag).direction}">' in page and "src=" not in page
    assert page.count("<a href=") == len(URL.findall(made.body)) and made.title and "\n" not in made.title
    assert "{" not in page and len(made.title) < 70


@languages
def test_days_are_said_in_the_language(tag: str) -> None:
    for way in (Channel.EMAIL, Channel.SMS):
        assert without_marks(say_when(WHEN, tag)) in without_marks(letter("meet.booked", tag, way).body)


def on_paper(name: str, tag: str) -> str:
    """The sheet of a letter with these words, a slip to tear off, and no square."""
    body = letter(name, tag, Channel.EMAIL).body
    parts = tuple(Part(words, is_link=words.startswith("http")) for words in re.split(r"\n\s*\n", body))
    with translation.override(tag):
        boxes, day = ((1, gettext("Please ring me.")),), say_date(WHEN.date(), tag)
    office = f"{OFFICE} · {PHONE}"
    made = OnPaper(ADULT, SCHOOL, office, get(tag), day, "", parts, (), boxes, "", ("12 Elm Road",), "CDF234")
    return made.html


@worded
@languages
def test_a_letter_on_paper_is_whole_in_its_language(name: str, tag: str) -> None:
    page, english = (unescape(on_paper(name, each)) for each in (tag, "en"))
    assert f'lang="{tag}" dir="{get(tag).direction}"' in page and not LEFT_OVER.search(page)
    if tag != "en":
        assert sentences(strip_tags(page)) & sentences(strip_tags(english)) <= {"12 Elm Road", "Slip CDF 234"}
