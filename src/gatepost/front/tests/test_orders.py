"""The pages of orders: one question a page, what it changes before it is pressed, and what a person has to decide."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gatepost.core import clock
from gatepost.core.models import AuditEvent
from gatepost.disclosure import Bar
from gatepost.front.order_forms import NAMES
from gatepost.know import services as know
from gatepost.know.models import Adult, Care, Child, Order
from gatepost.meet import services as meet
from gatepost.meet.models import Booking
from gatepost.testing import Cast

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


class Walk:
    """Somebody at the questions: what is typed on a page, and what the page carries on."""

    def __init__(self, client: Client, child: Child) -> None:
        self.client, self.url = client, reverse("front:record_order", args=[child.pk])
        self.page = client.get(self.url).content.decode()

    def press(self, go: str = "next", **typed: Any) -> Any:
        main = self.page[self.page.index("<main") :]
        form = main[main.rindex("<form method") :]
        sent: dict[str, list[str]] = {"go": [go]}
        for name, value in HIDDEN.findall(form):
            sent.setdefault(name, []).append(value)
        for name, value in typed.items():
            sent[name] = value if isinstance(value, list) else [value]
        answer = self.client.post(self.url, sent)
        self.page = answer.content.decode()
        return answer

    @property
    def step(self) -> str:
        return re.findall(r'name="step" value="(\w+)"', self.page)[-1]


def answers(cast: Cast, **other: Any) -> list[dict[str, Any]]:
    today = clock.today().isoformat()
    said: dict[str, dict[str, Any]] = {
        "kind": {"kind": "non_molestation"},
        "seen": {"seen_by": str(cast.bell.pk), "seen_on": today, "copy_held": "on"},
        "adult": {"adult": str(cast.mark.pk)},
        "children": {"children": [str(cast.ella.pk)]},
        "bars": {"bars": ["everything"]},
        "apart": {"apart": str(cast.jo.pk)},
        "dates": {"from_on": today, "until_on": ""},
        "words": {"words": "He shall not come near the school."},
    }
    return [fields | other.get(step, {}) for step, fields in said.items()]


def walk(cast: Cast, client: Client, **other: Any) -> Walk:
    cast.sign_in(client, cast.finch)
    way = Walk(client, cast.ella)
    for typed in answers(cast, **other):
        way.press(**typed)
        if "Please look at this again" in way.page:
            break
    return way


def test_the_whole_way(cast: Cast, client: Client):
    way = walk(cast, client)
    assert way.step == "check"
    for words in ("Mrs Bell", "Mark Pell", "Ella Pell", "the school holds a copy", "Everything about the child"):
        assert words in way.page
    assert "What <bdi>Mark Pell</bdi> will get" in way.page
    assert "Nothing is left that they get" in way.page
    assert not Order.objects.filter(adult=cast.mark).exists()
    answer = way.press()
    order = Order.objects.get(adult=cast.mark)
    assert answer.url == reverse("front:order", args=[order.pk])
    assert (order.kind, order.seen_by, order.copy_held, order.keeps_apart_from) == (
        "non_molestation", cast.bell, True, cast.jo,
    )  # fmt: skip
    assert order.order_text == "He shall not come near the school."


def test_each_question_comes_in_its_turn(cast: Cast, client: Client):
    cast.sign_in(client, cast.finch)
    way = Walk(client, cast.ella)
    shown = [way.step]
    for typed in answers(cast):
        way.press(**typed)
        shown.append(way.step)
    assert shown == NAMES


def test_what_it_leaves_is_said_before_it_is_pressed(cast: Cast, client: Client):
    way = walk(cast, client, bars={"bars": ["contact_with_adult"]})
    assert "Nothing is left" not in way.page
    assert "Will get, as before" in way.page
    assert "never close to each other" in way.page


def test_a_question_without_an_answer_stays(cast: Cast, client: Client):
    cast.sign_in(client, cast.finch)
    way = Walk(client, cast.ella)
    way.press()
    assert way.step == "kind"
    assert "Please answer" in way.page


def test_an_order_against_contact_with_an_adult_names_the_adult(cast: Cast, client: Client):
    way = walk(cast, client, bars={"bars": ["contact_with_adult"]}, apart={"apart": "nobody"})
    assert way.step == "apart"
    assert "Please say with whom" in way.page


def test_one_can_go_back_and_change_and_nothing_is_lost(cast: Cast, client: Client):
    way = walk(cast, client)
    way.press("to:bars")
    assert way.step == "bars"
    assert re.search(r'value="everything"[^>]*checked', way.page)
    way.press(bars=["education"])
    assert way.step == "check"
    assert "How the child is learning" in way.page
    assert "Mark Pell" in way.page
    way.press("to:adult")
    way.press(adult=str(cast.jo.pk))
    assert way.step == "apart"  # Jo is not kept apart from herself: the question is open again
    way.press("to:kind")
    assert way.step == "kind"
    assert not Order.objects.filter(child=cast.ella).exists()


def test_an_unticked_box_stays_unticked(cast: Cast, client: Client):
    way = walk(cast, client, seen={"copy_held": []})
    way.press("to:seen")
    assert "checked" not in re.findall(r"<input[^>]*copy_held[^>]*>", way.page)[0]


def test_only_the_adults_and_children_of_this_family_are_offered(cast: Cast, client: Client):
    way = walk(cast, client, adult={"adult": str(cast.kev.pk)})
    assert way.step == "adult"
    assert cast.kev.name not in way.page
    way = walk(cast, client, children={"children": [str(cast.tyler.pk)]})
    assert way.step == "children"


def test_pressed_at_the_end_with_something_missing_it_asks(cast: Cast, client: Client):
    cast.sign_in(client, cast.finch)
    answer = client.post(reverse("front:record_order", args=[cast.ella.pk]), {"step": "check", "go": "next"})
    assert answer.status_code == 200
    assert "Please answer" in answer.content.decode()


def test_what_is_typed_is_kept_nowhere_before_the_end(cast: Cast, client: Client):
    walk(cast, client)
    assert "come near" not in str(dict(client.session))
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        assert len(cursor.fetchall()) == 1
    answer = client.get(reverse("front:record_order", args=[cast.ella.pk]))
    assert "no-store" in answer.headers["Cache-Control"]


def recorded(cast: Cast, adult: Adult, child: Child, *bars: Bar, **more: Any) -> Order:
    said = {"seen_by": cast.bell, "from_on": clock.today() - timedelta(days=30), "by": cast.actor_of(cast.bell)} | more
    return know.record_order(adult, child=child, bars=frozenset(bars or {Bar.EVERYTHING}), **said)


def page(cast: Cast, client: Client, url: str, who: str = "finch") -> str:
    return cast.sign_in(client, getattr(cast, who)).get(url).content.decode()


def test_the_words_open_with_a_line_in_the_trail(cast: Cast, client: Client):
    walk(cast, client).press()
    order = Order.objects.get(adult=cast.mark)
    assert "come near" not in page(cast, client, reverse("front:order", args=[order.pk]))
    assert not AuditEvent.objects.filter(verb="know.order_read").exists()
    assert "come near" in client.post(reverse("front:order_words", args=[order.pk])).content.decode()
    assert AuditEvent.objects.filter(verb="know.order_read", thing_id=order.pk).count() == 1


def test_two_people_lift_it_on_their_pages(cast: Cast, client: Client):
    order = recorded(cast, cast.mark, cast.ella)
    cast.sign_in(client, cast.finch)
    asked = {"paper": "ended", "seen_on": clock.today().isoformat()}
    assert client.post(reverse("front:ask_to_lift", args=[order.pk]), asked).status_code == 302
    assert "You have asked" in page(cast, client, reverse("front:order", args=[order.pk]))
    assert "waits for somebody else" in page(cast, client, "/orders/")
    agree = reverse("front:agree_to_lift", args=[order.pk])
    assert client.post(agree, {"agree": "yes"}).status_code == 403
    assert "Mrs Finch asks to lift it" in page(cast, client, "/orders/", "bell")
    assert client.post(agree, {"agree": "yes"}).status_code == 302
    order.refresh_from_db()
    assert order.lifting_agreed_by == cast.bell
    assert "Lifted" in page(cast, client, reverse("front:order", args=[order.pk]))
    assert "Mark Pell" not in page(cast, client, "/orders/")


def test_the_second_person_says_no(cast: Cast, client: Client):
    order = recorded(cast, cast.mark, cast.ella)
    cast.sign_in(client, cast.finch).post(
        reverse("front:ask_to_lift", args=[order.pk]), {"paper": "ended", "seen_on": clock.today().isoformat()}
    )
    cast.sign_in(client, cast.bell).post(reverse("front:agree_to_lift", args=[order.pk]), {"agree": "no"})
    order.refresh_from_db()
    assert (order.lifted_by, order.lifting_agreed_by) == (None, None)


def test_past_its_last_day_it_comes_back_to_the_office_and_opens_nothing(cast: Cast, client: Client):
    order = recorded(cast, cast.mark, cast.ella, until_on=clock.today() - timedelta(days=1))
    assert "Past its last day" in page(cast, client, "/orders/")
    assert "opens nothing by itself" in page(cast, client, reverse("front:order", args=[order.pk]))
    later = (clock.today() + timedelta(days=30)).isoformat()
    client.post(reverse("front:prolong_order", args=[order.pk]), {"until_on": later})
    assert "Past its last day" not in page(cast, client, "/orders/")


def booked(cast: Cast, adult: Adult) -> Booking:
    invitation = cast.invitation(adult)
    slot = cast.slot(event=invitation.event)
    return meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))


def test_a_time_of_a_barred_adult_waits_for_the_office_and_the_host_sees_no_reason(cast: Cast, client: Client):
    booking = booked(cast, cast.mark)
    recorded(cast, cast.mark, cast.ella)
    assert "Has a time" in page(cast, client, "/orders/")
    today = page(cast, client, "/", "ode")
    assert "Speak to the office first" in today
    about_mark = next(row for row in today.replace("</tr>", "<tr>").split("<tr>") if "Mark Pell" in row)
    assert not [word for word in ("order", "restrain", "court", "hold") if word in about_mark]
    url = reverse("front:barred_time", args=[booking.pk])
    assert client.get(url).status_code == 403  # Ms Ode
    assert "Mark Pell" in page(cast, client, url)
    before = len(cast.told(cast.mark))
    assert client.post(url).status_code == 302
    booking.refresh_from_db()
    assert booking.status == Booking.Status.GIVEN_BACK
    booking.slot.refresh_from_db()
    assert booking.slot.taken == 0
    assert len(cast.told(cast.mark)) == before
    assert "Has a time" not in page(cast, client, "/orders/")
    client.post(url)
    assert "given back already" in page(cast, client, "/orders/")


def test_an_order_that_leaves_meetings_leaves_the_time(cast: Cast, client: Client):
    booked(cast, cast.mark)
    recorded(cast, cast.mark, cast.ella, Bar.CONTACT_WITH_ADULT, keeps_apart_from=cast.jo)
    assert "Has a time" not in page(cast, client, "/orders/")
    assert "Speak to the office first" not in page(cast, client, "/", "ode")


def test_two_things_that_cannot_both_be_right_wait_for_the_office(cast: Cast, client: Client):
    """Each of two adults is barred to protect the other; and one who alone cares for a child is barred."""
    recorded(cast, cast.mark, cast.ella, keeps_apart_from=cast.jo)
    recorded(cast, cast.jo, cast.ella, keeps_apart_from=cast.mark)
    recorded(cast, cast.gran, cast.kai)
    Care.objects.filter(child=cast.kai).exclude(adult=cast.gran).delete()
    waits = page(cast, client, "/orders/")
    rows = [row for row in waits.split("<tr>") if "It does not fit" in row]
    assert sorted(name for row in rows for name in ("Mark", "Jo", "Maureen") if name in row) == [
        "Jo",
        "Mark",
        "Maureen",
    ]
    assert "each to protect the other" in waits
    assert "One of the two is wrong" in waits


def test_a_teacher_asks_everybody_to_wait_with_one_press(cast: Cast, client: Client):
    found = page(cast, client, "/orders/wait/?q=ella", "ode")
    assert "Mark Pell" in found
    care = Care.objects.get(adult=cast.mark, child=cast.ella)
    assert client.post(reverse("front:hold", args=[care.pk])).status_code == 302
    assert "until the office has looked" in page(cast, client, "/", "ode")
    queue = page(cast, client, "/office/?show=to_settle")
    assert "Mark Pell" in queue
    assert "Ms Ode" in queue


def test_a_colleague_finds_only_their_own_families(cast: Cast, client: Client):
    assert "Mark Pell" not in page(cast, client, "/orders/wait/?q=ella", "nye")
    care = Care.objects.get(adult=cast.mark, child=cast.ella)
    assert client.post(reverse("front:hold", args=[care.pk])).status_code == 403


@pytest.mark.parametrize("who", ["ode", "nye", "pat_person"])
def test_ordinary_staff_never_see_that_an_order_exists(cast: Cast, client: Client, who: str):
    order = Order.objects.get(adult=cast.kev)
    cast.sign_in(client, getattr(cast, who))
    for url in ("/orders/", "/orders/record/", f"/orders/{order.pk}/", f"/orders/record/{cast.tyler.pk}/"):
        assert client.get(url).status_code == 403
    assert client.post(f"/orders/{order.pk}/words/").status_code == 403
    cast.sign_in(client, cast.rook)
    assert client.get(f"/orders/{order.pk}/").status_code == 404


def test_more_rows_cost_no_more_queries(cast: Cast, client: Client):
    cast.sign_in(client, cast.finch)
    counts = []
    for more in (1, 9, 40):
        for child in cast.families(more):
            adult = Adult.objects.get(cares__child=child)
            order = recorded(cast, adult, child, until_on=clock.today() - timedelta(days=1))
            if more > 1:
                Order.objects.filter(pk=order.pk).update(
                    lifted_by=cast.bell, lifting_paper="ended", lifting_seen_on=clock.today()
                )
        client.get("/orders/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/orders/").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
