"""Ms Ode's note for home in Urdu: Hina has it in English first, then in hers, and may have it explained meanwhile."""

from __future__ import annotations

import re

from django.test import Client

from gatepost.core import clock
from gatepost.know import services as know
from gatepost.org import services as org
from gatepost.org.actor import Actor
from gatepost.reach.models import Delivery, Explain, Translation
from gatepost.reach.services import explaining, reviewing
from gatepost.support import home, services
from gatepost.support.tests.test_home import CLOCK, OWN, sent
from gatepost.testing import Cast

URDU = {OWN.learning: "مکڑیاں", OWN.try_this: "مل کر جالا ڈھونڈیں۔", OWN.say_this: "وہاں کون رہتا ہے؟"}


def reads(cast: Cast) -> None:
    org.ask_to_read(cast.birch, "ur", school=cast.school, by=cast.actor_of(cast.bell))


def ode(cast: Cast) -> Actor:
    return cast.actor_of(cast.ode)


def put(cast: Cast, *originals: str) -> None:
    for original in originals:
        row = Translation.objects.get(original=original, target="ur")
        reviewing.review(row, URDU[original], by=cast.actor_of(cast.birch))


def kinds(cast: Cast) -> list[str]:
    return [each.kind for each in cast.told(cast.hina)]


def test_it_leaves_in_english_and_comes_whole_in_their_language_once(cast: Cast, client: Client) -> None:
    reads(cast)
    sent(cast)
    (letter,) = cast.letters(cast.hina)
    assert OWN.try_this in letter and "معذرت" in letter
    page = client.get(cast.link(cast.hina)).content.decode()
    assert OWN.try_this in page and "معذرت" in page and 'value="recording"' in page
    put(cast, OWN.learning, OWN.try_this)
    assert kinds(cast) == ["support.home_note"]  # not before it is there whole
    word = cast.sign_in(Client(), cast.birch).get(
        f"/reach/words/{Translation.objects.get(original=OWN.say_this, target='ur').pk}/"
    )
    (aloud,) = re.findall(r'href="(/home-learning/[^"]+)"', word.content.decode())
    assert cast.sign_in(Client(), cast.birch).get(aloud).status_code == 200
    put(cast, OWN.say_this)
    assert kinds(cast) == ["support.home_note", "support.home_note_theirs"]
    page = client.get(cast.link(cast.hina)).content.decode()
    assert all(words in page for words in URDU.values()) and "معذرت" not in page and "<details" in page
    assert "support.home_note_theirs" not in [each.kind for each in cast.told(cast.jo)]


def test_who_still_waits_for_it_gets_both_at_once(cast: Cast) -> None:
    reads(cast)
    by, children = cast.actor_of(cast.ode), list(cast.kingfishers.children.all())
    home.send_note(OWN, children, group=cast.kingfishers, school_id=cast.school.pk, by=by)
    put(cast, *URDU)
    assert kinds(cast) == ["support.home_note"]
    Delivery.objects.update(not_before=clock.now())
    (letter,) = cast.letters(cast.hina)
    assert URDU[OWN.try_this] in letter and "معذرت" not in letter


def test_what_was_put_before_needs_nobody_and_neither_does_what_is_ready(cast: Cast) -> None:
    reads(cast)
    sent(cast)
    put(cast, *URDU)
    note = sent(cast)
    assert not Translation.objects.filter(of=note.pk, target="ur", shown_at=None).exists()
    ready = sent(cast, CLOCK)
    assert not Translation.objects.filter(of=ready.pk, target="ur").exists()


def test_of_money_no_machine_speaks_and_a_note_taken_back_is_nobodys_work(cast: Cast) -> None:
    reads(cast)
    note = home.send_note(
        home.Words("Coins", "Count £2 in pence."), [cast.zara], group=None, school_id=cast.school.pk, by=ode(cast)
    )
    row = Translation.objects.get(of=note.pk, original="Count £2 in pence.", target="ur")
    assert (row.stakes, row.child, row.shown_at) == (Translation.Stakes.HIGH, cast.zara, None)
    home.undo_note(note, by=ode(cast))
    assert not Translation.objects.exists()


def test_one_press_asks_for_a_recording_and_ms_ode_sees_to_it(cast: Cast, client: Client) -> None:
    sent(cast)
    link = cast.link(cast.hina)
    page = client.post(link, {"explain": "recording"}, follow=True).content.decode()
    assert "Ms Ode" in page and 'value="recording"' not in page
    client.post(link, {"explain": "call"})  # the last way counts; one row
    asked = Explain.objects.get()
    assert (asked.how, asked.owner, asked.adult) == ("call", cast.ode, cast.hina)
    staff = cast.sign_in(Client(), cast.ode)
    assert "family to explain something to" in staff.get("/").content.decode()
    page = staff.get("/reach/to-explain/").content.decode()
    assert cast.hina.name in page and "A note for home" in page and "Please ring me" in page
    assert cast.sign_in(Client(), cast.finch).get("/reach/to-explain/").content.decode().count(cast.hina.name) == 0
    staff.post(f"/reach/to-explain/{asked.pk}/")
    asked.refresh_from_db()
    assert (asked.done_by, explaining.to_explain(ode(cast)).exists()) == (cast.ode, False)


def test_nobody_is_rung_who_does_not_hear(cast: Cast, client: Client) -> None:
    cast.hina.no_voice_calls = True
    cast.hina.save()
    sent(cast)
    link = cast.link(cast.hina)
    assert 'value="call"' not in client.get(link).content.decode()
    client.post(link, {"explain": "call"})
    assert Explain.objects.get().how == "recording"


def test_what_a_family_does_at_home_stands_in_english_beside_it_with_who_read_it(cast: Cast, client: Client) -> None:
    reads(cast)
    sent(cast)
    link = cast.link(cast.hina)
    client.post(link, {"say": "idea", "words": "ہم مل کر روٹی بناتے ہیں۔"})
    staff = cast.sign_in(Client(), cast.ode)
    assert "for somebody who reads it" in staff.get("/home-learning/").content.decode()
    row = Translation.objects.get(incoming=True, part="idea")
    reviewing.review(row, "We bake bread together.", by=cast.actor_of(cast.birch))
    page = staff.get("/home-learning/").content.decode()
    assert "We bake bread together." in page and "in English by" in page and cast.birch.name in page


def test_what_somebody_says_when_asked_to_help_stands_in_english_too(cast: Cast, client: Client) -> None:
    reads(cast)
    strength = know.add_strength(cast.hina, "سلائی", language="ur", by=ode(cast))
    wanted = services.ask_for_help(strength, what="Sew with us", when_words="", place="", by=ode(cast))
    link = cast.link(cast.hina)
    asked = Translation.objects.get(of=wanted.pk, target="ur")
    assert "Sew with us" in client.get(link).content.decode()
    reviewing.review(asked, "ہمارے ساتھ سلائی کریں", by=cast.actor_of(cast.birch))
    page = client.get(link).content.decode()
    assert "ہمارے ساتھ سلائی کریں" in page and "Sew with us" in page and kinds(cast)[-1] == "support.help_theirs"
    services.answer_help(wanted, yes=True, words="ہاں، لیکن صرف جمعہ کو۔", by=ode(cast))
    row = Translation.objects.get(incoming=True, part="answer")
    reviewing.review(row, "Yes, but only on Fridays.", by=cast.actor_of(cast.birch))
    page = cast.sign_in(client, cast.ode).get("/support/").content.decode()
    assert "Yes, but only on Fridays." in page and cast.birch.name in page
