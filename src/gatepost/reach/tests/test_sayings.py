"""Ms Ode writes from the phrasebook: each family reads it in its own language, and she reads it in English."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from django.utils import translation

from gatepost.core.errors import Refused
from gatepost.language.names import without_marks
from gatepost.language.phrasebook import PHRASES, Kind, say
from gatepost.language.table import FAMILY_LANGUAGES
from gatepost.reach import notices, sayings
from gatepost.reach.audience import lines_for
from gatepost.reach.delivery.parts import parts_of
from gatepost.reach.delivery.render import cheaper, text_like
from gatepost.reach.kinds import Tone
from gatepost.reach.models import Broadcast, Message, Notice
from gatepost.reach.queries import threads as thread_queries
from gatepost.reach.services import broadcasts, threads
from gatepost.testing import Cast

BROUGHT_HOME = [{"say": "home_book", "days": 3}]
SAMPLES = {Kind.DAY: "2027-02-04", Kind.TIME: "17:10", Kind.PHONE: "0113 496 0000", Kind.NAME: "Ms Ode"}


def test_she_picks_fills_in_looks_and_sends(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    page = f"/reach/adults/{cast.amina.pk}/write/"
    assert PHRASES["absent_days"].label in client.get(page).content.decode()
    filling = client.get(page, {"say": ["absent_days", "own_language"]}).content.decode()
    assert 'name="0-days"' in filling and 'name="0-child"' not in filling
    typed = {"say": ["absent_days", "own_language"], "0-days": "3", "child": str(cast.ayan.pk)}
    looked_at = client.post(page, typed).content.decode()
    assert "has missed 3 days of school" in looked_at and 'lang="so"' in looked_at
    assert not Message.objects.exists()
    client.post(page, {**typed, "send": "1"})
    message = Message.objects.get()
    assert message.said == [{"say": "absent_days", "days": 3}, {"say": "own_language"}]
    assert "Ayan has missed 3 days" in message.words and message.tone == Tone.CONCERN
    assert "Somali" in client.get(f"/reach/threads/{message.thread_id}/").content.decode()


def test_the_family_reads_it_in_its_language_everywhere(cast: Cast, client: Client) -> None:
    said = threads.write(cast.amina, about=cast.ayan, said=BROUGHT_HOME, by=cast.actor_of(cast.ode))
    theirs = say("home_book", "so", child="Ayan", days=3)
    (letter,) = cast.letters(cast.amina)
    assert theirs in without_marks(letter) and "brings a book" not in letter
    link = cast.link(cast.amina)
    client.post(link, {"send": "1"})
    client.post(link, {"code": cast.code(cast.amina)})
    assert theirs in client.get(link).content.decode()
    assert "Ayan brings a book home today." in client.get(f"{link}?in=en").content.decode()
    assert said.words.startswith("Ayan brings a book")


def test_where_others_read_along_the_page_names_no_child(cast: Cast) -> None:
    thread = threads.write(cast.amina, about=cast.ayan, said=BROUGHT_HOME, by=cast.actor_of(cast.ode)).thread
    (said,) = thread_queries.said_in(thread, nameless=True)
    assert "Ayan" not in said.words and "A." in said.words


def test_many_read_it_each_about_their_own_child(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.finch)
    typed = {"say": "home_book", "0-days": "3", "year": "", "group": "", "language": ""}
    with override_settings(GATEPOST_TEXT_PENCE=None):
        looked_at = client.post("/many/", typed).content.decode()
    assert 'dir="rtl"' in looked_at and "By text together" in looked_at
    client.post("/many/", {**typed, "send": "1"})
    sent = Broadcast.objects.get()
    assert sent.words.startswith("… brings a book") and sent.said == BROUGHT_HOME
    words = {message.thread.child.called: message.words for message in sent.messages.all()}
    assert all(text.startswith(f"{called} brings") for called, text in words.items()) and len(words) > 1
    assert Notice.objects.filter(batch=sent.pk, adult=cast.amina).get().params["said"] == BROUGHT_HOME


def test_praise_from_the_phrasebook_is_good_news(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    page = f"/reach/children/{cast.ella.pk}/praise/"
    assert "praise_kind" in client.get(page).content.decode() and "late_times" not in client.get(page).content.decode()
    assert "was very kind" in client.post(page, {"say": "praise_kind"}).content.decode()
    client.post(page, {"say": ["praise_kind", "late_times"], "send": "1"})  # what does not suit the page is left out
    said = [{"say": "praise_kind"}, {"say": "tell_kind"}]  # with words to use at home
    assert [(each.tone, each.said) for each in Message.objects.all()] == [(Tone.GOOD, said)] * 2


def test_half_a_sentence_and_too_many_never_leave(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    page = f"/reach/adults/{cast.amina.pk}/write/"
    child = {"child": str(cast.ayan.pk), "send": "1"}
    assert "error" in client.post(page, {"say": "absent_days", "0-days": "", **child}).content.decode()
    five = ["can_you_come", "bring_somebody", "interpreter", "children_welcome", "by_phone"]
    assert "four sentences" in client.post(page, {"say": five, **child}).content.decode()
    strange = {"say": "please_call", "0-phone": "ring me", **child}
    assert "error" in client.post(page, strange).content.decode()
    assert not Message.objects.exists()


def test_the_gate_and_the_second_reader_stand_before_phrases_too(cast: Cast) -> None:
    by = cast.actor_of(cast.ode)
    with pytest.raises(Refused):
        threads.write(cast.kev, about=cast.tyler, said=BROUGHT_HOME, by=by)
    waits = threads.write(cast.dawn, about=cast.tyler, said=BROUGHT_HOME, by=by)
    assert waits.state == Message.State.TO_PASS
    threads.pass_on(waits, send=True, by=cast.actor_of(cast.cole))
    assert Notice.objects.get(adult=cast.dawn).params["said"] == BROUGHT_HOME


def test_she_changes_what_she_has_picked(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    typed = {"say": "late_today", "0-minutes": "7", "child": str(cast.ayan.pk), "change": "1"}
    page = client.post(f"/reach/adults/{cast.amina.pk}/write/", typed).content.decode()
    assert 'value="7"' in page and not Message.objects.exists()


def test_nobody_gets_nothing(cast: Cast) -> None:
    by = cast.actor_of(cast.finch)
    lines = [line for line in lines_for(notices.broadcast, [cast.tyler]) if line.adult == cast.kev]
    with pytest.raises(Refused):
        broadcasts.send("", lines, said=BROUGHT_HOME, urgent=False, school_id=cast.school.pk, by=by)


def test_a_phrase_alone_is_one_text_where_the_alphabet_is_plain(cast: Cast) -> None:
    long = {"en": 0, "so": 0}
    for language in FAMILY_LANGUAGES:
        for phrase in PHRASES.values():
            typed = {each.name: 3 if each.kind.is_count else SAMPLES[each.kind] for each in phrase.params}
            words = sayings.words([{"say": phrase.key, **typed}], language, adult="Amina Warsame", child="Ayan")
            text = text_like(
                notices.message, school=cast.school, language=language, child="Ayan", who="Ms Ode", spoken=words
            )
            assert cheaper(words) in text and parts_of(text) <= 4, (language, phrase.key)
            long[language] = long.get(language, 0) + (parts_of(text) > 1)
    assert long["en"] <= 5 and long["so"] <= 25, long


def test_what_sort_of_news_it_is(cast: Cast) -> None:
    with translation.override("ur"):
        assert sayings.tone_of([{"say": "every_day", "weeks": 3}]) == Tone.GOOD
    assert sayings.tone_of([{"say": "praise_kind"}, {"say": "late_times", "times": 3}]) == Tone.CONCERN
    assert sayings.tone_of([{"say": "closed", "day": "2027-02-04"}]) == Tone.NEUTRAL


def test_a_curly_apostrophe_makes_no_text_cost_twice() -> None:
    assert cheaper("jaranjaro la’aan – “hal”…") == 'jaranjaro la\'aan - "hal"...'
    assert cheaper("zażółć – ’") == "zażółć – ’"  # it needs the alphabet of all scripts in any case
