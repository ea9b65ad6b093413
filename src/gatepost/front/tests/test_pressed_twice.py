"""Somebody impatient presses twice, or the line drops and the browser sends again: it leaves once."""

from __future__ import annotations

from django.test import Client

from gatepost.core import clock
from gatepost.know.models import Adult
from gatepost.reach.models import Broadcast, Delivery, Message, Notice, Thread
from gatepost.support.models import HomeIdea, HomeNote
from gatepost.testing import Cast

PAGE, ANOTHER = {"csrfmiddlewaretoken": "a" * 64}, {"csrfmiddlewaretoken": "b" * 64}


def told(adult: Adult, kind: str) -> int:
    return Notice.objects.filter(adult=adult, kind=kind).count()


def test_what_staff_press_twice_leaves_once(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    note = {"learning": "Spiders", "try_this": "Look for a web.", "say_this": "", "send": "1"}
    word = {"words": "He read aloud.", "tone": "neutral", "child": str(cast.ayan.pk)}
    many = {"words": "The school is shut.", "send": "1"}
    pages = {
        f"/home-learning/write/?class={cast.kingfishers.pk}": note,
        f"/reach/adults/{cast.amina.pk}/write/": word,
        "/many/": many,
    }
    for path, typed in pages.items():
        for _ in range(2):
            assert client.post(path, typed | PAGE).status_code == 302, path
    assert (HomeNote.objects.count(), Broadcast.objects.count()) == (1, 1)
    for kind in ("support.home_note", "reach.message", "reach.broadcast"):
        assert told(cast.amina, kind) == 1, kind
    client.post(f"/reach/adults/{cast.amina.pk}/write/", word | ANOTHER)  # the page was opened anew: it is meant
    client.post(f"/reach/adults/{cast.amina.pk}/write/", word | PAGE | {"words": "And sang."})  # or says something else
    assert told(cast.amina, "reach.message") == 3
    client.post(f"/many/{Broadcast.objects.get().pk}/take-back/")
    client.post("/many/", many | PAGE)  # taken back, it may leave after all
    assert Broadcast.objects.count() == 1 and Delivery.objects.filter(state="queued").exists()


def test_what_a_family_presses_twice_stands_there_once(cast: Cast, client: Client) -> None:
    cast.sign_in(Client(), cast.ode).post(
        f"/reach/adults/{cast.amina.pk}/write/", {"words": "Come?", "tone": "neutral", "child": str(cast.ayan.pk)}
    )
    link = cast.link(cast.amina)
    client.post(link, {"send": "1"})
    client.post(link, {"code": cast.code(cast.amina)})
    for _ in range(2):
        client.post(link, {"words": "Waan imanayaa"} | PAGE)
    assert Message.objects.filter(by=None).count() == 1 and Thread.objects.get().waits_since
    cast.sign_in(Client(), cast.ode).post(
        f"/home-learning/write/?class={cast.kingfishers.pk}", {"learning": "Spiders", "try_this": "Look.", "send": "1"}
    )
    Delivery.objects.update(not_before=clock.now())
    note = cast.link(cast.amina)
    for _ in range(2):
        client.post(note, {"say": "idea", "words": "Waan dubnaa"} | PAGE)
    assert HomeIdea.objects.get().tried.ask.answers.count() == 1
