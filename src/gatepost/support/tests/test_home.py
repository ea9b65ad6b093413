"""Ms Ode sends home something to try. Amina tries it, Hina asks for help, Jo tells what she does; Kev hears nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.know.models import Adult
from gatepost.language.names import without_marks
from gatepost.language.phrasebook import say
from gatepost.reach.delivery import load
from gatepost.reach.models import Ask, Delivery, IncomingText, Notice, Touch
from gatepost.reach.services import slips
from gatepost.reach.tests.paper import home_of, sheet_of, wants_paper
from gatepost.support import home
from gatepost.support.models import HomeIdea, HomeNote, HomeTry
from gatepost.testing import Cast
from gatepost.testing.texting import text_from

CLOCK = home.Words("Telling the time", "Look at a clock together three times today and say what time it is.")
OWN = home.Words("Spiders", "Look for a web together. Nobody touches it.", "Who lives there?")


def sent(cast: Cast, words: home.Words = OWN) -> HomeNote:
    by = cast.actor_of(cast.ode)
    children = list(cast.kingfishers.children.all())
    note = home.send_note(words, children, group=cast.kingfishers, school_id=cast.school.pk, by=by)
    Delivery.objects.update(not_before=clock.now())  # the minute is over
    return note


def tried_by(note: HomeNote, adult: Adult) -> HomeTry:
    return HomeTry.objects.get(note=note, adult=adult)


def text(cast: Cast, adult: Adult, words: str) -> IncomingText:
    return text_from(cast, adult, words)


def test_every_adult_gets_it_once_and_a_barred_one_nothing(cast: Cast) -> None:
    note = sent(cast)
    assert len(cast.told(cast.amina)) == len(cast.told(cast.mark)) == len(cast.told(cast.jo)) == 1
    (barred,) = cast.told(cast.kev)
    assert barred.state == Notice.State.BARRED and barred.rule and barred.subject is None
    assert not HomeTry.objects.filter(note=note, adult=cast.kev).exists()
    assert cast.letters(cast.kev) == []
    (letter,) = cast.letters(cast.hina)
    assert OWN.try_this in letter and "1" in letter


def test_a_slip_answers_it_as_the_page_does(cast: Cast) -> None:
    """Maureen gets letters only: her slip used to say no more than "Please ring me"."""
    home_of(cast, cast.gran, cast.kai)
    wants_paper(cast, cast.gran)
    note = sent(cast)
    sheet = sheet_of(cast, cast.gran)
    assert [box["value"] for box in sheet.boxes] == [home.TRIED, home.HELP, "call"]
    slips.key_in(sheet, [home.TRIED, home.HELP], "We knit webs.", by=cast.actor_of(cast.finch))
    tried = tried_by(note, cast.gran)
    assert tried.wants_help_since and HomeIdea.objects.get(tried=tried).words == "We knit webs."
    assert {each.way for each in tried.ask.answers.all()} == {Touch.Way.PAPER}
    assert not IncomingText.objects.exists()


def test_it_takes_a_minute_and_three_fields(cast: Cast, client: Client) -> None:
    page = f"/home-learning/write/?class={cast.kingfishers.pk}"
    typed = {"learning": OWN.learning, "try_this": OWN.try_this, "say_this": ""}
    cast.sign_in(client, cast.ode)
    look = client.post(page, typed).content.decode()
    assert "Before it leaves" in look and not HomeNote.objects.exists()
    assert "Kev" in look  # who is left out is seen before it leaves
    client.post(page, {**typed, "send": "1"})
    note = HomeNote.objects.get()
    assert note.tries.count() > 10
    assert "Take it back" in client.get("/home-learning/").content.decode()


def test_it_is_taken_back_within_the_minute_and_not_later(cast: Cast, client: Client) -> None:
    by = cast.actor_of(cast.ode)
    children = list(cast.kingfishers.children.all())
    note = home.send_note(OWN, children, group=cast.kingfishers, school_id=cast.school.pk, by=by)
    assert cast.deliver() == 0
    cast.sign_in(client, cast.ode).post(f"/home-learning/notes/{note.pk}/take-back/")
    Delivery.objects.update(not_before=clock.now())
    assert cast.deliver() == 0
    assert not HomeNote.objects.exists() and not Ask.objects.exists()
    late = sent(cast)
    with pytest.raises(Refused):
        home.undo_note(late, by=by)
    assert HomeNote.objects.filter(pk=late.pk).exists()


def test_what_is_ready_comes_in_the_familys_language(cast: Cast, client: Client) -> None:
    sent(cast, CLOCK)
    page = client.get(cast.link(cast.jo)).content.decode()
    assert CLOCK.try_this in page and "is in English" not in page
    sent(cast, OWN)
    link = cast.link(cast.jo)
    assert 'lang="en"' in client.get(f"{link}?in=ur").content.decode()


@pytest.mark.parametrize(("words", "value"), [("1", "tried"), (" 2. ", "help"), ("۱", "tried"), ("3 We bake", "idea")])
def test_a_text_answers_with_a_number(cast: Cast, words: str, value: str) -> None:
    note = sent(cast)
    kept = text(cast, cast.amina, words)
    assert kept.state == IncomingText.State.ANSWERED
    tried = tried_by(note, cast.amina)
    assert tried.ask.answers.get().value == value
    touch = Touch.objects.get(adult=cast.amina)
    assert touch.at_home and touch.two_way and touch.way == Touch.Way.SMS


@pytest.mark.parametrize("words", ["yes", "3", "12", "1 and 2", "Ayan is ill", "4"])
def test_what_is_no_number_waits_for_a_person(cast: Cast, words: str) -> None:
    note = sent(cast)
    assert text(cast, cast.amina, words).state == IncomingText.State.WAITING
    assert not tried_by(note, cast.amina).ask.answers.exists()


def test_help_reaches_the_teachers_first_page_and_is_given_once(cast: Cast, client: Client) -> None:
    note = sent(cast)
    client.post(cast.link(cast.hina), {"say": "help"})
    tried = tried_by(note, cast.hina)
    assert "Hina" in cast.sign_in(client, cast.ode).get("/").content.decode()
    client.post(f"/home-learning/helped/{tried.pk}/")
    assert "would like help" not in client.get("/").content.decode()
    with pytest.raises(Refused):
        home.helped(tried, by=cast.actor_of(cast.ode))


def test_after_two_days_a_colleague_sees_it_too(cast: Cast, client: Client) -> None:
    note = sent(cast)
    home.ask_for_help(tried_by(note, cast.hina), by=cast.actor_of(cast.finch))
    cast.sign_in(client, cast.adeyemi)
    assert "Hina" not in client.get("/home-learning/").content.decode()
    HomeTry.objects.update(wants_help_since=clock.now() - timedelta(days=3))
    assert "Hina" in client.get("/home-learning/").content.decode()


def idea_of(cast: Cast, adult: Adult, *, named: bool = False) -> HomeIdea:
    idea = home.tell_idea(
        tried_by(HomeNote.objects.latest("sent_at"), adult),
        "We count the stairs.",
        name_shown=named,
        by=cast.actor_of(cast.finch),
    )
    home.read_idea(idea, show=True, by=cast.actor_of(cast.ode))
    return idea


def test_an_idea_reaches_the_class_only_when_somebody_has_read_it(cast: Cast, client: Client) -> None:
    sent(cast)
    client.post(cast.link(cast.jo), {"say": "idea", "words": "We read the labels in the shop."})
    idea = HomeIdea.objects.get()
    other = cast.link(cast.hina)
    assert "labels" not in client.get(other).content.decode()
    staff = cast.sign_in(Client(), cast.ode)
    assert "labels" in staff.get("/").content.decode()
    staff.post(f"/home-learning/ideas/{idea.pk}/", {"say": "show"})
    page = client.get(other).content.decode()
    assert "labels" in page and cast.jo.name not in page
    assert "labels" in staff.get(f"/home-learning/classes/{cast.kingfishers.pk}/").content.decode()
    staff.post(f"/home-learning/ideas/{idea.pk}/", {"say": "keep"})
    assert "labels" not in client.get(other).content.decode()


def test_a_name_is_shown_only_where_the_family_said_so(cast: Cast, client: Client) -> None:
    sent(cast)
    idea_of(cast, cast.jo, named=True)
    assert cast.jo.name in client.get(cast.link(cast.hina)).content.decode()


@pytest.mark.parametrize(("reader", "writer"), [("mark", "jo"), ("lee", "lees_ex"), ("bilal", "hina")])
def test_nobody_reads_there_what_the_other_adult_of_their_child_does(
    cast: Cast, client: Client, reader: str, writer: str
) -> None:
    sent(cast)
    link = cast.link(getattr(cast, reader))
    before = client.get(link).content
    idea_of(cast, getattr(cast, writer), named=True)
    cut = client.get(link).content
    assert b"stairs" not in cut and len(cut) == len(before)


def test_a_link_of_one_family_shows_nothing_of_what_it_answered(cast: Cast, client: Client) -> None:
    sent(cast)
    link = cast.link(cast.jo)
    client.post(link, {"say": "idea", "words": "We sing."})
    assert "sing." not in client.get(link).content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("ode", 200), ("nye", 404), ("kent", 404), ("adeyemi", 200), ("birch", 403), ("rook", 404)]
)
def test_who_writes_to_a_class(cast: Cast, client: Client, who: str, status: int) -> None:
    page = f"/home-learning/write/?class={cast.kingfishers.pk}"
    assert cast.sign_in(client, getattr(cast, who)).get(page).status_code == status
    assert client.get("/home-learning/write/?class=nonsense").status_code in (404, 403)


def test_some_children_may_be_chosen_and_no_other(cast: Cast, client: Client) -> None:
    page = f"/home-learning/write/?class={cast.kingfishers.pk}"
    typed = {"learning": "x", "try_this": "y", "send": "1"}
    cast.sign_in(client, cast.ode).post(page, {**typed, "children": [str(cast.ayan.pk)]})
    assert {tried.child for tried in HomeTry.objects.all()} == {cast.ayan}
    client.post(page, {**typed, "children": [str(cast.stranger_child.pk)]})
    assert HomeNote.objects.count() == 1


def test_whoever_is_in_no_class_writes_to_chosen_children_only(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    client.post("/home-learning/write/", {"learning": "x", "try_this": "y", "send": "1"})
    assert not HomeNote.objects.exists()
    client.post(
        "/home-learning/write/", {"learning": "x", "try_this": "y", "send": "1", "children": [str(cast.zara.pk)]}
    )
    assert {tried.adult for tried in HomeTry.objects.all()} == {cast.hina, cast.bilal}


def test_help_is_given_by_somebody(cast: Cast) -> None:
    tried = tried_by(sent(cast), cast.jo)
    with pytest.raises(IntegrityError), transaction.atomic():
        HomeTry.objects.filter(pk=tried.pk).update(helped_at=clock.now())


def test_more_families_cost_no_more_queries(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    counts = []
    for more in (1, 10, 30):
        cast.families(more)
        sent(cast)
        for tried in HomeTry.objects.filter(helped_at=None)[: more * 2]:
            home.ask_for_help(tried, by=cast.actor_of(cast.ode))
            home.tell_idea(tried, "We sing.", by=cast.actor_of(cast.ode))
        asked = []
        for path in ("/home-learning/", "/", f"/home-learning/classes/{cast.kingfishers.pk}/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            asked.append(len(queries))
        counts.append(tuple(asked))
    assert len(set(counts)) == 1, counts


def test_a_note_from_the_phrasebook_is_read_in_each_language(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    page = f"/home-learning/write/?class={cast.kingfishers.pk}"
    assert "home_cook" in client.get(page).content.decode() and "late_times" not in client.get(page).content.decode()
    typed = {"say": "home_talk", "0-minutes": "5"}
    assert 'lang="so"' in client.post(page, typed).content.decode()
    client.post(page, {**typed, "send": "1"})
    note = HomeNote.objects.get()
    assert (note.learning, note.try_this) == (
        "Talking about the day",
        "Try this at home: ask … what was fun today, and listen for 5 minutes.",
    )
    theirs = say("home_talk", "so", child="Ayan", minutes=5)
    Delivery.objects.update(not_before=clock.now())  # the minute is over
    (letter,) = cast.letters(cast.amina)
    assert theirs in without_marks(letter) and "Try this" not in letter
    assert theirs in client.get(cast.link(cast.amina)).content.decode()


def test_a_third_message_in_a_day_waits_until_the_morning(cast: Cast) -> None:
    for words in (CLOCK, OWN):
        sent(cast, words)
    by = cast.actor_of(cast.ode)
    third = home.send_note(CLOCK, [cast.ella], group=cast.kingfishers, school_id=cast.school.pk, by=by)
    waits = Delivery.objects.get(notice__batch=third.pk, notice__adult=cast.jo)
    assert waits.not_before == load.tomorrow() == waits.together_at
    home.undo_note(third, by=by)
    assert Notice.objects.get(pk=waits.notice_id).state == Notice.State.RECALLED
