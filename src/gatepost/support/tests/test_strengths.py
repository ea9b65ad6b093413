"""Amina bakes and speaks Arabic: she is asked, helps, and is thanked. Nobody is asked who must not be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.know import services as know
from gatepost.know.models import Adult, ContactPoint, Strength
from gatepost.org.models import Role, Staff
from gatepost.reach.models import Ask, IncomingText, Notice, Touch
from gatepost.reach.services import incoming
from gatepost.support import queries, services
from gatepost.support.models import Help
from gatepost.testing import Cast
from gatepost.testing.texting import text_from


def number_of(adult: Adult) -> str:
    return ContactPoint.objects.get(adult=adult, channel="sms").value


def text(cast: Cast, adult: Adult, words: str) -> IncomingText:
    return text_from(cast, adult, words)


def ask_everybody(cast: Cast) -> int:
    return services.ask_strengths(cast.school, by=cast.actor_of(cast.finch))


def bakes(cast: Cast) -> Strength:
    ask_everybody(cast)
    text(cast, cast.amina, "Rooti waan dubaa")
    return Strength.objects.get(adult=cast.amina)


def asked_for(cast: Cast, strength: Strength) -> Help:
    by = cast.actor_of(cast.ode)
    return services.ask_for_help(strength, what="Bake with Year 4", when_words="Friday", place="Hall", by=by)


def test_everybody_whom_we_may_tell_is_asked_once_a_year(cast: Cast) -> None:
    first = ask_everybody(cast)
    assert first > 10 and ask_everybody(cast) == 0
    assert cast.told(cast.kev) == cast.told(cast.em) == cast.told(cast.rel) == []
    assert len(cast.told(cast.lee)) == 1
    (letter,) = cast.letters(cast.jo)
    assert "good at" in letter and "Ella" not in letter
    Ask.objects.update(asked_at=clock.now() - timedelta(days=366))
    assert ask_everybody(cast) == first


def test_a_text_answers_in_their_own_language(cast: Cast) -> None:
    ask_everybody(cast)
    kept = text(cast, cast.amina, "Rooti waan dubaa, Carabina waan ku hadlaa")
    assert kept.state == IncomingText.State.ANSWERED and kept.adult == cast.amina
    (strength,) = Strength.objects.filter(adult=cast.amina)
    assert strength.language == "so" and strength.words.startswith("Rooti")
    assert Touch.objects.get(adult=cast.amina, two_way=True).way == Touch.Way.SMS
    assert Ask.objects.get(adult=cast.amina).answers.get().words == ""  # the words are theirs to take back: kept once


def test_a_click_answers_it_too_and_the_link_shows_nothing_of_it_again(cast: Cast, client: Client) -> None:
    ask_everybody(cast)
    link = cast.link(cast.jo)
    client.post(link, {"words": "I was a plumber", "times": ["evening"]})
    strength = Strength.objects.get(adult=cast.jo)
    assert (strength.words, strength.times) == ("I was a plumber", ["evening"])
    assert "plumber" not in client.get(link).content.decode()


@pytest.mark.parametrize(
    ("words", "asked"),
    [("مجھے اکاؤنٹنٹ کا کام آتا ہے", "accountant"), ("I look after gardens", "landscape"), ("dubista keega", "cake")],
)
def test_a_strength_is_found_across_languages(cast: Cast, client: Client, words: str, asked: str) -> None:
    know.add_strength(cast.hina, words, language="ur", by=cast.actor_of(cast.finch))
    cast.sign_in(client, cast.ode)
    assert "Hina" in client.get("/support/", {"q": asked}).content.decode()
    assert "Hina" not in client.get("/support/", {"q": "swimming"}).content.decode()


def test_a_language_is_a_strength(cast: Cast) -> None:
    know.add_strength(cast.hina, "I like children", language="en", by=cast.actor_of(cast.finch))
    assert [found.strength.adult for found in queries.find_strengths(Strength.objects.all(), "Urdu")] == [cast.hina]


def test_amina_is_asked_says_yes_by_text_helps_and_is_thanked(cast: Cast) -> None:
    wanted = asked_for(cast, bakes(cast))
    assert "Bake with Year 4" in cast.letters(cast.amina)[-1]
    text(cast, cast.amina, "Haa")
    assert queries.state_of(Help.objects.get(pk=wanted.pk)) == "yes"
    services.thank(wanted, words="The children loved it.", by=cast.actor_of(cast.ode))
    assert "The children loved it." in cast.letters(cast.amina)[-1]
    with pytest.raises(Refused):
        services.thank(Help.objects.get(pk=wanted.pk), words="", by=cast.actor_of(cast.ode))


def test_what_is_neither_yes_nor_no_waits_for_a_person(cast: Cast, client: Client) -> None:
    wanted = asked_for(cast, bakes(cast))
    kept = text(cast, cast.amina, "Goorma?")
    assert kept.state == IncomingText.State.WAITING
    assert queries.state_of(wanted) == "waiting"
    page = cast.sign_in(client, cast.finch).get("/office/?show=texts").content.decode()
    assert "Goorma?" in page
    client.post(f"/office/texts/{kept.pk}/")
    assert IncomingText.objects.get(pk=kept.pk).state == IncomingText.State.SETTLED
    assert "Goorma?" not in client.get("/office/?show=texts").content.decode()


def test_she_may_say_no_and_change_her_mind(cast: Cast, client: Client) -> None:
    wanted = asked_for(cast, bakes(cast))
    link = cast.link(cast.amina)
    client.post(link, {"say": "no"})
    assert queries.state_of(Help.objects.get(pk=wanted.pk)) == "no"
    client.post(link, {"say": "yes", "words": "gladly"})
    assert queries.state_of(Help.objects.get(pk=wanted.pk)) == "yes"


@pytest.mark.parametrize("words", ["", "   ", "x" * 9000, "no\ttab"])
def test_no_text_is_lost_whatever_it_says(cast: Cast, words: str) -> None:
    ask_everybody(cast)
    text(cast, cast.amina, words)
    incoming.take_text("+447700900999", words, school=cast.school)
    assert IncomingText.objects.count() == 2
    assert IncomingText.objects.get(adult=None).state == IncomingText.State.WAITING


def test_a_telephone_of_two_adults_answers_for_neither(cast: Cast) -> None:
    ask_everybody(cast)
    assert text(cast, cast.noor, "I sew").adult is None
    assert not Strength.objects.exists()


def test_what_kev_writes_is_read_by_the_office_and_answers_nothing(cast: Cast) -> None:
    ask_everybody(cast)
    ContactPoint.objects.create(organisation=cast.organisation, adult=cast.kev, channel="sms", value="+447700900555")
    kept = incoming.take_text("+447700900555", "yes", school=cast.school)
    assert kept.adult == cast.kev and kept.state == IncomingText.State.WAITING
    assert cast.told(cast.kev) == []


def test_after_an_order_nobody_is_asked(cast: Cast) -> None:
    strength = know.add_strength(cast.kev, "football", language="en", by=cast.actor_of(cast.finch))
    with pytest.raises(Refused):
        asked_for(cast, strength)
    assert Help.objects.count() == Notice.objects.count() == 0


def test_a_colleague_finds_only_families_they_work_with(cast: Cast, client: Client) -> None:
    strength = bakes(cast)
    cast.sign_in(client, cast.nye)
    assert "Amina" not in client.get("/support/?q=bread").content.decode()
    assert client.get(f"/support/strengths/{strength.pk}/ask/").status_code == 403


def test_nobody_asks_at_work_the_other_parent_of_their_own_child(cast: Cast, client: Client) -> None:
    Staff.objects.filter(person=cast.pat_person).update(role=Role.OFFICE)
    strength = know.add_strength(cast.pat, "I teach", language="en", by=cast.actor_of(cast.finch))
    assert cast.sign_in(client, cast.pat_person).get(f"/support/strengths/{strength.pk}/ask/").status_code == 403


def test_thanks_name_somebody(cast: Cast) -> None:
    wanted = asked_for(cast, bakes(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        Help.objects.filter(pk=wanted.pk).update(thanked_at=clock.now())


def test_more_strengths_cost_no_more_queries(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    counts = []
    for more in (1, 10, 40):
        for child in cast.families(more):
            adult = child.cares.get().adult
            know.add_strength(adult, "I bake", language="en", by=cast.actor_of(cast.finch))
        wanted = asked_for(cast, Strength.objects.filter(helps=None).first())
        services.answer_help(wanted, yes=True, by=cast.actor_of(cast.ode))
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/support/?q=bake").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


@override_settings(GATEPOST_DEMO=True)
def test_the_post_room_writes_back(cast: Cast, client: Client) -> None:
    from gatepost.reach.models import PostRoomCopy

    ask_everybody(cast)
    cast.letters(cast.amina)
    copy = PostRoomCopy.objects.get(delivery__notice__adult=cast.amina)
    taken = incoming.take_text(copy.address, "Waan karin karaa", school=cast.school)
    assert taken.state == IncomingText.State.ANSWERED
