"""The office's queue: nothing is lost, and nobody is told what an order forbids."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gatepost.core import clock
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.know.models import Care, ContactPoint
from gatepost.know.services import record_order
from gatepost.meet import notices
from gatepost.reach import services as reach
from gatepost.reach.models import Delivery, Notice, Touch
from gatepost.testing import Cast


def nadias(cast: Cast) -> Notice:
    """What Nadia, who has no phone and no mailbox, is to be told."""
    cast.invite_all()
    return Notice.objects.get(adult=cast.nadia)


def page(cast: Cast, client: Client, show: str) -> str:
    return cast.sign_in(client, cast.finch).get(f"/office/?show={show}").content.decode()


@pytest.mark.parametrize(("who", "status"), [("finch", 200), ("bell", 200), ("ode", 403), ("nye", 403), ("rook", 200)])
def test_who_may_open_the_queue(cast: Cast, client: Client, who: str, status: int):
    answer = cast.sign_in(client, getattr(cast, who)).get("/office/")
    assert answer.status_code == status
    if who == "rook":
        assert cast.em.name not in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("finch", 200), ("bell", 200), ("ode", 403), ("nye", 403), ("rook", 404)])
def test_who_may_settle_and_say(cast: Cast, client: Client, who: str, status: int):
    care, notice = Care.objects.get(adult=cast.em), nadias(cast)
    cast.sign_in(client, getattr(cast, who))
    assert client.get(reverse("front:settle", args=[care.pk])).status_code == status
    assert client.get(reverse("front:say", args=[notice.pk])).status_code == status


def test_an_emergency_contact_waits_until_somebody_settles_it(cast: Cast, client: Client):
    care = Care.objects.get(adult=cast.em)
    assert cast.em.name in page(cast, client, "to_settle")
    answer = client.post(
        reverse("front:settle", args=[care.pk]), {"standing": "carer", "responsibility": "no", "lives_with": "unknown"}
    )
    assert answer.url == "/office/?show=to_settle"
    care.refresh_from_db()
    assert (care.standing, care.responsibility, care.lives_with) == (Standing.CARER, Tri.NO, Tri.UNKNOWN)
    client.get(answer.url)
    assert cast.em.name not in page(cast, client, "to_settle")


def test_a_confirmed_emergency_contact_waits_no_more_and_is_still_told_nothing(cast: Cast, client: Client):
    care = Care.objects.get(adult=cast.em)
    cast.sign_in(client, cast.finch).post(
        reverse("front:settle", args=[care.pk]),
        {"standing": "emergency_only", "responsibility": "no", "lives_with": "no"},
    )
    client.get("/office/")
    assert cast.em.name not in page(cast, client, "to_settle")
    cast.invite_all()
    assert cast.told(cast.em) == []


def test_the_source_answers_nothing_that_it_does_not_say(cast: Cast, client: Client):
    care = Care.objects.get(adult=cast.rel)
    form = cast.sign_in(client, cast.finch).get(reverse("front:settle", args=[care.pk])).content.decode()
    assert not [line for line in form.splitlines() if 'name="standing"' in line and "checked" in line]


def test_what_no_wire_carries_is_said_in_person_and_counts_as_a_talk(cast: Cast, client: Client):
    notice = nadias(cast)
    assert cast.nadia.name in page(cast, client, "by_hand")
    address = reverse("front:say", args=[notice.pk])
    words = client.get(address).content.decode()
    assert notice.child.called in words
    assert "/i/" not in words
    assert "answer YES" not in words and "here:" not in words  # said aloud there is no "here", and no text to answer
    assert reverse("meet:answer_for", args=[notice.subject]) in words
    assert client.post(address).url == "/office/?show=by_hand"
    notice.refresh_from_db()
    assert notice.state == Notice.State.SENT
    assert Touch.objects.filter(adult=cast.nadia, two_way=True).count() == 1
    assert "already been said" in client.get(address).content.decode()
    assert client.post(address).status_code == 200
    assert Touch.objects.filter(adult=cast.nadia).count() == 1


def test_the_words_stand_in_their_language_and_in_english(cast: Cast, client: Client):
    ContactPoint.objects.filter(adult=cast.hina).delete()
    cast.invite_all()
    notice = Notice.objects.filter(adult=cast.hina).first()
    words = cast.sign_in(client, cast.finch).get(reverse("front:say", args=[notice.pk])).content.decode()
    assert 'lang="ur" dir="rtl"' in words
    assert 'lang="en"' in words


def test_an_order_that_came_later_forbids_to_say_it(cast: Cast, client: Client):
    notice = nadias(cast)
    Care.objects.filter(adult=cast.nadia).update(lives_with=Tri.NO)  # else the gate would doubt the order
    record_order(
        cast.nadia,
        child=notice.child,
        bars=frozenset({Bar.EVERYTHING}),
        seen_by=cast.bell,
        from_on=clock.today(),
        by=None,
    )
    address = reverse("front:say", args=[notice.pk])
    words = cast.sign_in(client, cast.finch).get(address).content.decode()
    assert "Do not say it" in words
    assert "I have told them" not in words
    client.post(address)
    notice.refresh_from_db()
    assert (notice.state, notice.rule) == (Notice.State.BARRED, "order-bars-everything")
    assert not Touch.objects.exists()


def test_a_held_message_says_why(cast: Cast, client: Client):
    care = Care.objects.get(adult=cast.em)
    reach.tell(cast.em, notices.invitation, about=care.child, by=None)
    words = page(cast, client, "held")
    assert cast.em.name in words
    assert "emergency contact only" in words


def test_a_message_that_perhaps_arrived_is_shown(cast: Cast, client: Client):
    cast.invite_all()
    Delivery.objects.filter(notice__adult=cast.jo).update(state=Delivery.State.UNCERTAIN)
    Delivery.objects.filter(notice__adult=cast.mark).update(state=Delivery.State.FAILED, problem="The server said 550.")
    Notice.objects.filter(adult=cast.mark).update(state=Notice.State.BY_HAND)
    words = page(cast, client, "trouble")
    assert cast.jo.name in words
    assert "The server said 550." in words


def test_empty_queues_teach(cast: Cast, client: Client):
    assert "Nothing to say in person" in page(cast, client, "by_hand")
    assert "Nothing is held back" in page(cast, client, "held")
    assert "No message is in trouble" in page(cast, client, "trouble")


@pytest.mark.parametrize("show", ["to_settle", "by_hand", "held", "trouble"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(cast: Cast, client: Client, show: str):
    cast.sign_in(client, cast.finch)
    found = set()
    for more in (1, 9, 40):
        children = cast.families(more)
        if show == "by_hand":
            ContactPoint.objects.all().delete()
        if show in ("by_hand", "trouble"):
            cast.invite_all()
            Delivery.objects.update(state=Delivery.State.UNCERTAIN)
        else:
            Care.objects.filter(child__in=children).update(held=True)
            for care in Care.objects.filter(child__in=children):
                reach.tell(care.adult, notices.invitation, about=care.child, by=None)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/office/?show={show}")
        assert answer.context["page_obj"].object_list
        found.add(len(asked))
    assert len(found) == 1, found
