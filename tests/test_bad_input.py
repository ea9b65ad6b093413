"""What a sceptic typed that nobody would type, and what must not break by it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Event
from gatepost.org.models import Role, Staff
from gatepost.reach.models import Touch
from gatepost.testing import LONG_AGO, Cast
from tests.reviewing import at, book


def test_a_way_back_that_is_no_address_is_no_error(cast: Cast, client: Client) -> None:
    client.raise_request_exception = False
    typed = {"way": "door", "child": "", "next": "foo"}
    answer = cast.sign_in(client, cast.ode).post(f"/reach/adults/{cast.amina.pk}/talk/", typed)
    assert answer.status_code == 302


def test_no_page_looks_for_a_sign_that_stands_for_nothing(cast: Cast, client: Client) -> None:
    client.raise_request_exception = False
    cast.sign_in(client, cast.finch)
    for page in ("/reach/talks/?name=ab%00c", "/families/?q=%00", "/?page=%00"):
        assert client.get(page).status_code == 400
    link = cast.link(cast.amina) if cast.invite_all() else ""
    assert client.get(f"{link}?in=%00").status_code == 400
    for typed in ({"wo\0rds": "ab"}, {"words": "a\0b"}):  # kept until they have typed their code
        assert client.post(f"{link}talk/", typed).status_code < 500


def plan(**more: Any) -> dict[str, Any]:
    return {"title": "T", "begins": "16:00", "ends": "17:00", "minutes": "20", "place": "Hall"} | more


@pytest.mark.parametrize(
    "typed",
    [
        {"first_day": "9999-12-31", "begins": "22:00", "ends": "23:59", "minutes": "90"},
        {"first_day": "2027-03-28", "begins": "00:00", "ends": "04:00"},
        {"first_day": "2027-10-31", "begins": "00:00", "ends": "04:00"},
    ],
)
def test_no_day_breaks_the_plan(cast: Cast, client: Client, typed: dict[str, str]) -> None:
    client.raise_request_exception = False
    whole = plan(groups=str(cast.kingfishers.pk), hosts=str(cast.ode.pk), **typed)
    assert cast.sign_in(client, cast.ode).post("/meet/plan/evening/", whole).status_code in (200, 302)


def test_somebody_who_is_busy_at_another_school_is_said_kindly(cast: Cast) -> None:
    from gatepost.core import scope

    Staff.objects.create(school=cast.other_school, person=cast.ode, role=Role.TEACHER, from_on=LONG_AGO)
    with scope.only([cast.other_school.pk], organisation=cast.other_organisation.pk):
        elsewhere = cast.actor_of(cast.rook)
        day = [clock.today() + timedelta(days=30)]
        there = meet.Plan(Event.Kind.EVENING, "E", "H", day, time(16), time(17), 10, [], [cast.ode])
        meet.plan_event(there, school_id=cast.other_school.pk, by=elsewhere)
    with pytest.raises(Refused):
        cast.event(days=day)


def test_an_interpreter_of_no_named_language_breaks_no_page(cast: Cast, client: Client) -> None:
    event = cast.event()
    invitation = cast.invitation(cast.jo, event=event)
    slot = at(event, 16)
    link = cast.link(cast.jo)
    client.post(link, {"slot": str(slot.pk), "interpreter": "on"})
    booking = Booking.objects.get(invitation=invitation)
    client.raise_request_exception = False
    cast.sign_in(client, cast.ode)
    for path in (f"/meet/events/{event.pk}/", "/", f"/agree/talks/{booking.pk}/"):
        assert client.get(path).status_code == 200


def test_noted_by_mistake_as_absent_and_mended_counts_as_a_talk(cast: Cast) -> None:
    booking = book(cast, cast.jo, at(cast.event(), 16))
    by = cast.actor_of(cast.ode)
    Touch.objects.all().delete()
    meet.note_who_came(booking, came=False, by=by)
    meet.note_who_came(booking, came=True, by=by)
    assert Touch.objects.filter(adult=cast.jo, two_way=True).count() == 1


def test_logs_hold_no_words_of_an_error(cast: Cast) -> None:
    import json
    import logging
    import sys

    from gatepost.core.logs import JsonLines

    try:
        raise ValueError("Failing row contains (3f2b, Amina Warsame, so)")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "it broke", (), sys.exc_info())
    assert "Amina" not in json.dumps(json.loads(JsonLines().format(record)))
