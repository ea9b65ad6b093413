"""Ms Ode likes a mail before school with how much waits for her; while she is away, her colleagues see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from unittest import mock

import pytest
import time_machine
from django.test import Client

from gatepost.front import briefing
from gatepost.language.dates import LONDON
from gatepost.org import services as org
from gatepost.reach.rules.threads import waiting_for
from gatepost.reach.services import threads
from gatepost.testing import Cast

SUNDAY = datetime(2027, 2, 7, 18, 0, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def at() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(SUNDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mails() -> Iterator[mock.Mock]:
    with mock.patch.object(briefing, "send_house_mail", return_value=True) as sent:
        yield sent


def hina_writes(cast: Cast) -> None:
    said = threads.write(cast.hina, "Zara read well.", about=cast.zara, by=cast.actor_of(cast.ode))
    threads.receive(said.thread, "Thank you.", by=cast.actor_of(cast.finch))


def test_one_mail_on_a_school_morning_with_counts_and_no_name(
    cast: Cast, client: Client, at: time_machine.Coordinates, mails: mock.Mock
) -> None:
    page = cast.sign_in(client, cast.ode)
    assert page.post("/account/briefing/", {"mail_at": "morning", "away_until": ""}).status_code == 302
    monday = SUNDAY.replace(day=8, hour=7)
    at.move_to(monday)
    briefing.tick()
    assert not mails.called  # nothing waits
    hina_writes(cast)
    for moment in (
        monday + timedelta(days=1, hours=-1),
        monday + timedelta(days=1),
        monday + timedelta(days=1, hours=1),
    ):
        at.move_to(moment)
        briefing.tick()
    (sent,) = mails.call_args_list
    body = sent.kwargs["body"]
    assert sent.kwargs["address"] == cast.ode.email and "- 1 family has written" in body
    assert "Hina" not in body and "Zara" not in body and "/account/briefing/" in body


def test_on_days_off_at_weekends_and_after_they_have_left_there_is_none(
    cast: Cast, at: time_machine.Coordinates, mails: mock.Mock
) -> None:
    org.brief("afternoon", away_until=None, by=cast.actor_of(cast.ode))
    hina_writes(cast)
    monday = SUNDAY.replace(day=8, hour=16).date()
    org.close_on("Half-term", first=monday, last=monday, school_id=cast.school.pk, by=cast.actor_of(cast.finch))
    for day in (7, 8):
        at.move_to(SUNDAY.replace(day=day, hour=16))
        briefing.tick()
    cast.ode.jobs.update(until_on=monday)
    at.move_to(SUNDAY.replace(day=9, hour=16))
    briefing.tick()
    assert not mails.called


def test_while_somebody_is_away_it_stands_with_their_colleagues_at_once(
    cast: Cast, at: time_machine.Coordinates, mails: mock.Mock
) -> None:
    hina_writes(cast)
    finch, ode = cast.actor_of(cast.finch), cast.actor_of(cast.ode)
    assert not waiting_for(finch).exists() and waiting_for(ode).exists()
    org.brief("morning", away_until=SUNDAY.replace(day=9).date(), by=ode)
    assert waiting_for(finch).exists()
    at.move_to(SUNDAY.replace(day=8, hour=7))
    briefing.tick()
    assert not mails.called
    at.move_to(SUNDAY.replace(day=10, hour=7))
    briefing.tick()
    assert mails.called
