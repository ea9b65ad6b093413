"""Mrs Finch writes to many: she sees who gets it, has a minute to think again, and nobody gets too much in a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.front.many import Audience, lines_of, roles
from gatepost.know.models import Adult, Care, Child, ContactPoint, Group
from gatepost.language.dates import LONDON
from gatepost.org.actor import Actor
from gatepost.reach.delivery import load
from gatepost.reach.models import Broadcast, Delivery, IncomingText, Message, Notice, Thread
from gatepost.reach.rules import threads as thread_rules
from gatepost.reach.services import broadcasts, budgets, incoming, threads
from gatepost.testing import Cast

NOON = datetime(2027, 2, 4, 12, 0, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def by_day():
    with mock.patch.object(clock, "now", return_value=NOON):
        yield


def sent(cast: Cast, *, urgent: bool = False, audience: Audience | None = None) -> Broadcast:
    by = cast.actor_of(cast.finch)
    lines = lines_of(audience or Audience(), by)
    return broadcasts.send("The school is shut.", lines, urgent=urgent, school_id=cast.school.pk, by=by)


def later(minutes: int = 2):
    return mock.patch.object(clock, "now", return_value=NOON + timedelta(minutes=minutes))


def when(adult: Adult) -> list[datetime]:
    rows = Delivery.objects.filter(notice__adult=adult).order_by("not_before")
    return [row.not_before.astimezone(LONDON) for row in rows]


def test_everybody_gets_it_once_in_a_thread_of_their_own(cast: Cast) -> None:
    sent(cast)
    assert cast.told(cast.kev)[0].state == Notice.State.BARRED
    assert not Thread.objects.filter(adult=cast.kev).exists()
    assert Thread.objects.filter(adult=cast.mark).count() == Thread.objects.filter(adult=cast.jo).count() == 1
    with later():
        (letter,) = cast.letters(cast.hina)
    assert "The school is shut." in letter


def test_an_answer_finds_whoever_wrote(cast: Cast) -> None:
    sent(cast)
    number = ContactPoint.objects.get(adult=cast.amina, channel="sms").value
    assert incoming.take_text(number, "Haa", school=cast.school).state == IncomingText.State.THREADED
    assert Thread.objects.get(adult=cast.amina).wrote_last == cast.finch


def test_what_waits_for_a_colleague_still_waits_for_that_colleague(cast: Cast) -> None:
    """Hina has answered Ms Adeyemi; what Mrs Finch then writes to all must not make it an answer to Mrs Finch."""
    adeyemi = cast.actor_of(cast.adeyemi)
    threads.write(cast.hina, "Shall we meet?", about=cast.zara, by=adeyemi)
    thread = Thread.objects.get(adult=cast.hina)
    threads.receive(thread, "Yes.", by=Actor(adult_id=cast.hina.pk, schools=frozenset([cast.school.pk])))
    sent(cast)
    thread.refresh_from_db()
    assert thread.wrote_last == cast.adeyemi and thread in thread_rules.waiting_for(adeyemi)
    assert Thread.objects.get(adult=cast.mark).wrote_last == cast.finch
    finch = thread_rules.waiting_for(cast.actor_of(cast.finch))
    assert thread not in finch  # what Hina has said so far is not for her
    with later():
        hina = Actor(adult_id=cast.hina.pk, schools=frozenset([cast.school.pk]))
        threads.receive(thread, "Shut? Until when?", by=hina)
    assert thread in finch.all() and thread in thread_rules.waiting_for(adeyemi)
    with later(3):
        threads.no_answer_needed(thread, by=adeyemi)
    assert thread not in finch.all()


def test_she_looks_first_then_sends_then_takes_it_back(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.finch)
    typed = {"words": "The school is shut.", "groups": [str(cast.kingfishers.pk)]}
    page = client.post("/many/", typed).content.decode()
    assert "Kev" in page and "emergency-contact-only" in page and not Broadcast.objects.exists()
    client.post("/many/", {**typed, "send": "1"})
    told = Broadcast.objects.get()
    assert told.told == told.messages.count() > 10
    client.post(f"/many/{told.pk}/take-back/")
    assert not Broadcast.objects.exists() and not Message.objects.exists() and not Thread.objects.exists()
    assert not Notice.objects.filter(state=Notice.State.QUEUED).exists()
    with later():
        assert cast.deliver() == 0


def test_after_the_minute_it_cannot_be_taken_back(cast: Cast) -> None:
    told = sent(cast)
    with later(), pytest.raises(Refused):
        broadcasts.undo(told, by=cast.actor_of(cast.finch))
    assert Broadcast.objects.exists()


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        ({"language": "so"}, {"Amina Warsame"}),
        ({"year": "9"}, set()),
    ],
)
def test_an_audience_is_chosen(cast: Cast, audience: dict[str, str], who: set[str]) -> None:
    lines = lines_of(Audience(**audience), cast.actor_of(cast.finch))
    assert {line.adult.name for line in lines} >= who and len(lines) < 5


def test_all_fathers_are_written_to_each_where_he_lives(cast: Cast) -> None:
    Care.objects.filter(adult__in=[cast.mark, cast.kev]).update(relationship="Father")
    by = cast.actor_of(cast.finch)
    lines = {line.adult: line for line in lines_of(Audience(role="father"), by)}
    assert lines[cast.mark].decision.allowed and not lines[cast.kev].decision.allowed
    assert cast.jo not in lines and [role.casefold() for role in roles(by)].count("father") == 1


def test_those_not_heard_from(cast: Cast) -> None:
    by = cast.actor_of(cast.finch)
    quiet = {line.adult for line in lines_of(Audience(not_heard=True), by)}
    assert cast.amina in quiet and cast.kev not in quiet
    ode = cast.actor_of(cast.ode)  # who may not see that list writes to all she works with
    assert cast.kev in {line.adult for line in lines_of(Audience(not_heard=True), ode)}


def test_a_third_message_waits_until_the_morning_and_an_urgent_one_does_not(cast: Cast) -> None:
    for _ in range(3):
        sent(cast)
    assert [at.day for at in when(cast.jo)] == [4, 4, 5]
    assert when(cast.jo)[-1].hour == 7
    sent(cast, urgent=True)
    assert [at.day for at in when(cast.jo)] == [4, 4, 4, 5]


@pytest.mark.parametrize(("hour", "day", "at"), [(12, 4, 12), (6, 4, 7), (20, 4, 20), (21, 5, 7), (23, 5, 7)])
@override_settings(GATEPOST_QUIET_HOURS=True)
def test_at_night_it_waits(hour: int, day: int, at: int) -> None:
    with mock.patch.object(clock, "now", return_value=NOON.replace(hour=hour)):
        goes = load.soon(urgent=False)
        assert (goes.astimezone(LONDON).day, goes.astimezone(LONDON).hour) == (day, at)
        assert load.soon(urgent=True) == NOON.replace(hour=hour) + timedelta(minutes=1)


@pytest.mark.parametrize("clocks_change", [datetime(2027, 3, 27, 23, 0), datetime(2027, 10, 30, 23, 0)])
@override_settings(GATEPOST_QUIET_HOURS=True)
def test_seven_is_seven_when_the_clocks_change(clocks_change: datetime) -> None:
    with mock.patch.object(clock, "now", return_value=clocks_change.replace(tzinfo=LONDON)):
        assert load.soon(urgent=False).astimezone(LONDON).hour == 7


@pytest.mark.parametrize(("who", "status"), [("ode", 200), ("kent", 200), ("birch", 403), ("quill", 403)])
def test_who_writes_to_many(cast: Cast, client: Client, who: str, status: int) -> None:
    assert cast.sign_in(client, getattr(cast, who)).get("/many/").status_code == status


def test_nobody_takes_back_what_a_colleague_sent(cast: Cast, client: Client) -> None:
    told = sent(cast)
    assert cast.sign_in(client, cast.bell).post(f"/many/{told.pk}/take-back/").status_code == 403


def test_a_teacher_writes_to_her_own_class_only(cast: Cast) -> None:
    lines = lines_of(Audience(), cast.actor_of(cast.nye))
    assert lines == []


def test_more_families_cost_no_more_queries(cast: Cast) -> None:
    counts = []
    for more in (1, 10, 30):
        cast.families(more)
        with CaptureQueriesContext(connection) as asked:
            sent(cast, urgent=True)
        counts.append(len(asked))
    assert len(set(counts[1:])) == 1, counts


def test_a_group_is_whatever_the_roster_calls_one_and_nobody_is_missed_in_silence(cast: Cast, client: Client) -> None:
    choir = Group.objects.create(school=cast.school, name="Choir")
    lone = Child.objects.create(school=cast.school, name="Lone Child", called="Lone")
    choir.children.add(cast.ayan, lone)
    by = cast.actor_of(cast.finch)
    for groups in ((choir,), (choir, cast.kingfishers)):
        assert {line.adult for line in lines_of(Audience(groups=groups), by)} >= {cast.amina}
    assert len(lines_of(Audience(groups=(choir,)), by)) < len(lines_of(Audience(groups=(choir, cast.kingfishers)), by))
    client = cast.sign_in(client, cast.finch)
    page = client.post("/many/", {"words": "We sing on Friday.", "groups": [str(choir.pk)]}).content.decode()
    assert "Nobody hears it for 1 child" in page and "Lone Child" in page
    only = {"words": "We sing.", "groups": [str(choir.pk)], "language": "so"}
    assert "Lone Child" not in client.post("/many/", only).content.decode()  # she writes to some of them only


def test_what_texts_may_cost(cast: Cast, client: Client) -> None:
    client = cast.sign_in(client, cast.finch)
    client.post("/reach/budget/", {"parts": "20", "each": "month"})
    page = client.post("/many/", {"words": "The school is shut."}).content.decode()
    assert "of 20 parts of this month are used" in page
    first = sent(cast)
    assert first.text_parts == 0 and Broadcast.objects.get().text_parts > 0
    found = budgets.standing(cast.school.pk)
    assert found and found.waiting == Broadcast.objects.get().text_parts and found.spent == 0
    with later():
        cast.deliver()
        found = budgets.standing(cast.school.pk)
        assert found and found.spent > 0 and found.waiting == 0
    client.post("/reach/budget/", {"parts": str(found.spent), "each": "term"})
    with pytest.raises(Refused, match="are left"):
        sent(cast)
    page = client.post("/many/", {"words": "The school is shut."}).content.decode()
    assert "more than" in page and 'name="send"' not in page
    assert 'name="send"' in client.post("/many/", {"words": "The school is shut.", "urgent": "on"}).content.decode()
    sent(cast, urgent=True)
    assert Broadcast.objects.count() == 2
    client.post("/reach/budget/", {"parts": "", "each": "month"})
    assert budgets.standing(cast.school.pk) is None


@pytest.mark.parametrize(
    ("each", "day", "began"),
    [("month", 4, (2027, 2, 1)), ("term", 4, (2027, 1, 1))],
)
def test_when_a_budget_began(cast: Cast, each: str, day: int, began: tuple[int, int, int]) -> None:
    budgets.set_budget(10, each, school_id=cast.school.pk, by=cast.actor_of(cast.finch))
    found = budgets.standing(cast.school.pk, this=9)
    assert found and found.since == date(*began) and found.warns and not found.stops
