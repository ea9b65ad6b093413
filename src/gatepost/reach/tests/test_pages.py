"""Noting a talk, the post room, the page that asks for a code, and the words of our own notices."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import translation

from gatepost.know.models import ContactPoint
from gatepost.language.table import get
from gatepost.org.actor import NOBODY
from gatepost.reach.delivery.render import fill
from gatepost.reach.models import PostRoomCopy, Touch
from gatepost.reach.steps import Step
from gatepost.testing import Cast

STAGE = override_settings(GATEPOST_DEMO=True, ROOT_URLCONF="gatepost.reach.tests.stage")


def talk_page(adult) -> str:
    return reverse("reach:note_talk", args=[adult.pk])


# ── noting a talk ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("who", "status"), [("finch", 200), ("bell", 200), ("ode", 200), ("nye", 403), ("pat_person", 403), ("rook", 404)]
)
def test_who_may_note_a_talk(cast: Cast, client: Client, who: str, status: int):
    assert cast.sign_in(client, getattr(cast, who)).get(talk_page(cast.amina)).status_code == status


def test_a_talk_at_the_gate_is_noted_in_one_post(cast: Cast, client: Client):
    cast.sign_in(client, cast.ode)
    answer = client.post(talk_page(cast.amina), {"way": "door", "child": str(cast.ayan.pk), "next": "/meet/"})
    assert answer.url == "/meet/"
    touch = Touch.objects.get(adult=cast.amina)
    assert (touch.way, touch.two_way, touch.child, touch.by) == ("door", True, cast.ayan, cast.ode)
    assert "you have heard from Amina" in client.get("/meet/").content.decode()


def test_a_talk_may_be_about_no_child_in_particular(cast: Cast, client: Client):
    cast.sign_in(client, cast.finch).post(talk_page(cast.jo), {"way": "phone", "child": ""})
    assert Touch.objects.get(adult=cast.jo).child is None


def test_another_familys_child_cannot_be_named(cast: Cast, client: Client):
    answer = cast.sign_in(client, cast.finch).post(talk_page(cast.jo), {"way": "phone", "child": str(cast.ayan.pk)})
    assert answer.status_code == 200
    assert not Touch.objects.exists()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_way_back_never_leads_out_of_the_house(cast: Cast, client: Client, elsewhere: str):
    page = talk_page(cast.jo)
    answer = cast.sign_in(client, cast.finch).post(page, {"way": "phone", "child": "", "next": elsewhere})
    assert answer.url == "/"


# ── the post room ────────────────────────────────────────────────────────────────────────────────


def test_outside_the_demonstration_there_is_no_post_room(cast: Cast, client: Client):
    with pytest.raises(NoReverseMatch):
        reverse("post_room:letters")
    assert client.get("/post-room/").status_code == 404
    request = RequestFactory().get("/post-room/")
    request.actor = NOBODY
    for path in ("/", f"/{cast.ayan.pk}/"):
        view, args, kwargs = resolve(path, urlconf="gatepost.reach.post_room_urls")
        with pytest.raises(Http404):
            view(request, *args, **kwargs)


@STAGE
def test_in_the_demonstration_everybody_reads_everything(cast: Cast, client: Client):
    cast.invite_all()
    cast.deliver()
    page = client.get("/post-room/").content.decode()
    assert cast.amina.name in page
    assert cast.kev.name not in page


@STAGE
def test_letters_can_be_found_by_name(cast: Cast, client: Client):
    cast.invite_all()
    cast.deliver()
    shown = client.get("/post-room/", {"who": "amina"}).context["page_obj"].object_list
    assert {letter.recipient for letter in shown} == {cast.amina.name}
    assert "No letter to anybody of that name" in client.get("/post-room/?who=xyz").content.decode()


@STAGE
def test_a_letter_is_shown_in_its_language_with_a_live_link(cast: Cast, client: Client):
    path = None
    cast.invite_all()
    path = cast.link(cast.hina)
    copy = PostRoomCopy.objects.filter(delivery__notice__adult=cast.hina).first()
    page = client.get(f"/post-room/{copy.pk}/").content.decode()
    assert re.search(r'<div lang="ur" dir="rtl">', page)
    assert re.search(rf'href="http://[^"]*{re.escape(path)}"', page)
    assert client.get(path).status_code == 200


@STAGE
def test_the_post_room_has_pages_and_asks_the_same_number_of_queries(cast: Cast, client: Client):
    found = set()
    for more in (1, 9, 60):
        cast.families(more)
        cast.invite_all()
        cast.deliver()
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/post-room/").status_code == 200
        found.add(len(asked))
    assert len(found) == 1, found
    assert client.get("/post-room/?page=2").context["page_obj"].number == 2


# ── the page that asks for a code ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tag", ["en", "ur", "so"])
@pytest.mark.parametrize("sent", [True, False])
def test_the_page_that_asks_for_a_code_names_nobody(tag: str, sent: bool):
    step = Step(channel="sms", sent=sent, asks_code=sent)
    with translation.override(tag):
        page = render_to_string(
            "reach/family/open.html", {"step": step, "language": get(tag), "school_name": "Elm Park"}
        )
    assert f'dir="{get(tag).direction}"' in page
    assert ('inputmode="numeric"' in page) is sent
    assert ('autocomplete="one-time-code"' in page) is sent
    assert 'name="send" value="1"' in page
    assert "<script" not in page


# ── our own notices ──────────────────────────────────────────────────────────────────────────────


def test_a_code_tells_neither_child_nor_purpose():
    values = {"code": "123456", "school": "Elm Park", "office_phone": "0113", "child": "SECRET"}
    for ending in ("subject", "txt", "sms"):
        text = fill(f"reach/notices/code.{ending}", values)
        assert "SECRET" not in text
        assert ("123456" in text) is (ending != "subject")
    assert "ten minutes" in fill("reach/notices/code.sms", values)


def test_a_shared_telephone_gets_neither_name_nor_purpose(cast: Cast):
    ContactPoint.objects.filter(adult=cast.amina).update(shared=True)
    cast.invite_all()
    (text,) = cast.letters(cast.amina)
    assert cast.ayan.called not in text
    assert cast.amina.name not in text
    assert "/i/" in text
