"""Whatever a mail server does, a message is neither lost nor repeated: later, never, nobody knows, or taken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from gatepost.core import clock
from gatepost.reach.channels import NotNow, Refusal, Unsure
from gatepost.reach.channels.smtp import Smtp
from gatepost.reach.delivery import sender
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery, Notice
from gatepost.reach.tests.sink import DRIBBLE, HANG_UP, SILENCE, sink
from gatepost.testing import Cast

LATER = ("421 closing", "450 greylisted", "451 come back", "452 too many")
NEVER = ("550 no such mailbox", "552 full for good", "553 not that name", "554 no")
STEPS = ("MAIL", "RCPT", "DATA", "end")
PIPELINING = {"EHLO": "250-here\r\n250 PIPELINING"}
DROPS = ("hello", "EHLO", "MAIL", "RCPT", "DATA")

ANSWERS: list[tuple[dict[str, str], type[Exception] | None]] = [
    ({}, None),
    *(({step: words}, NotNow) for step in STEPS for words in LATER),
    *(({step: words}, Refusal) for step in STEPS for words in NEVER),
    *(({step: HANG_UP}, NotNow) for step in DROPS),
    *(({step: SILENCE}, NotNow) for step in DROPS),
    *(({**PIPELINING, step: HANG_UP}, NotNow) for step in DROPS[1:]),
    ({**PIPELINING, "RCPT": NEVER[0]}, Refusal),
    (PIPELINING, None),
    ({"hello": "421 too busy"}, NotNow),
    ({"hello": "554 not to you"}, NotNow),
    ({"EHLO": "421 not now", "HELO": "421 not now"}, NotNow),
    ({"end": HANG_UP}, Unsure),  # after the final dot nobody can say
    ({"end": SILENCE}, Unsure),
    ({"end": "25"}, Unsure),
    ({"end": "what?"}, Unsure),
    ({"end": f"250 taken{HANG_UP}"}, None),
    ({"end": f"{DRIBBLE}250 taken"}, None),
    ({"hello": f"{DRIBBLE}220 slow", "EHLO": f"{DRIBBLE}250 slow"}, None),
    ({"hello": "220-a\r\n220-long\r\n220 story", "end": "250-taken\r\n250 thanks"}, None),
    ({"RCPT": NEVER[0], "RSET": HANG_UP}, Refusal),
    ({"RCPT": LATER[1], "RSET": "502 what?"}, NotNow),
]


def a_letter() -> tuple[Letter, Delivery]:
    notice = Notice(pk=UUID(int=1), kind="meet.invitation")
    letter = Letter("Jo", "jo@example.org", "email", "en", "A talk", "Come and talk with us.\n.\n..and bring somebody.")
    return letter, Delivery(pk=UUID(int=2), notice=notice)


@pytest.mark.once
@pytest.mark.parametrize(
    ("script", "end"), ANSWERS, ids=[" ".join(script.values()) or "friendly" for script, _ in ANSWERS]
)
def test_what_the_server_does_decides(script: dict[str, str], end: type[Exception] | None) -> None:
    with sink(script) as server:
        wire = Smtp()
        try:
            wire.send(*a_letter())
        except (NotNow, Refusal, Unsure) as problem:
            assert type(problem) is end, problem
        else:
            assert end is None
            (text,) = server.taken
            assert b"\r\n..\r\n" in text or b"=\r\n" in text or b"Come and talk" in text
        wire.close()
    assert len(server.taken) <= 1


@pytest.mark.once
@pytest.mark.parametrize(
    "script", [{}, {"EHLO": "250-here\r\n250 STARTTLS"}, {"EHLO": "250 STARTTLS", "STAR": "220 now"}]
)
def test_without_the_encryption_that_was_asked_for_nothing_leaves(script: dict[str, str]) -> None:
    with sink(script, use_tls=True) as server, pytest.raises(NotNow):
        Smtp().send(*a_letter())
    assert server.taken == []


@pytest.mark.once
def test_after_a_no_the_next_letter_goes_over_the_same_connection() -> None:
    with sink({"RCPT": ["550 no such mailbox", "250 fine"]}) as server:
        wire = Smtp()
        with pytest.raises(Refusal):
            wire.send(*a_letter())
        wire.send(*a_letter())
        wire.close()
    assert len(server.taken) == 1


@pytest.mark.once
@pytest.mark.parametrize(
    ("more", "ends", "connections"),
    [
        ({}, [None, None, None], 1),
        ({"end": ["250 taken", "554 no", "250 taken"]}, [None, Refusal, None], 2),  # the third was announced: anew
        ({"end": ["451 later", "250 taken"]}, [NotNow, None, None], 2),
        ({"end": ["250 taken", HANG_UP, "250 taken"]}, [None, Unsure, None], 2),
        ({"RCPT": ["250 fine", "550 nobody", "250 fine"]}, [None, Refusal, None], 1),
        ({"MAIL": ["250 fine", "421 enough", "250 fine"]}, [None, NotNow, None], 2),
        ({"DATA": ["354 go on", HANG_UP, "354 go on"]}, [None, NotNow, None], 2),
    ],
)
def test_one_that_was_announced_with_the_text_before_goes_by_itself(
    more: dict[str, Any], ends: list[type[Exception] | None], connections: int
) -> None:
    letter, first = a_letter()
    second, third = (Delivery(pk=UUID(int=key), notice=first.notice) for key in (3, 4))
    came = list[type[Exception] | None]()
    with sink({**PIPELINING, **more}) as server:
        wire = Smtp()
        for one, following in ((first, second), (second, third), (third, Delivery(pk=UUID(int=5)))):
            wire.expect(letter, following)
            try:
                wire.send(letter, one)
            except (NotNow, Refusal, Unsure) as problem:
                came.append(type(problem))
            else:
                came.append(None)
        wire.close()  # the last one that was announced never comes: the server has none of it
    assert (came, server.connections) == (ends, connections)
    names = [text.split(b"Message-ID: <")[1][:32] for text in server.taken if text]
    assert len(names) == len(set(names))


@pytest.mark.once
def test_another_one_than_was_announced_goes_over_a_new_connection() -> None:
    letter, first = a_letter()
    with sink(PIPELINING) as server:
        wire = Smtp()
        wire.expect(letter, Delivery(pk=UUID(int=3)))
        wire.send(letter, first)
        wire.send(letter, Delivery(pk=UUID(int=4), notice=first.notice))
        wire.close()
    assert (len(server.taken), server.connections) == (2, 2)


def to_jo(cast: Cast) -> Delivery:
    return Delivery.objects.filter(notice__adult=cast.jo).latest("attempts")


def by_day() -> time_machine.travel:
    return time_machine.travel("2026-11-03 10:00Z", tick=False)


def invited(cast: Cast) -> None:
    cast.invite_all()
    Delivery.objects.exclude(notice__adult=cast.jo).delete()


def test_a_greylisting_server_takes_it_the_second_time(cast: Cast) -> None:
    with by_day() as traveller, sink({"RCPT": ["451 greylisted", "250 fine"]}) as server:
        invited(cast)
        sender.send_due(cast.school)
        assert to_jo(cast).state == "queued" and server.taken == []
        sender.send_due(cast.school)  # not before its pause is over
        assert server.taken == []
        traveller.move_to(to_jo(cast).not_before + timedelta(seconds=1))
        sender.send_due(cast.school)
    assert (to_jo(cast).state, to_jo(cast).attempts, len(server.taken)) == ("accepted", 2, 1)


def test_what_is_first_tried_after_days_outwaits_it_too(cast: Cast) -> None:
    with by_day() as traveller, sink({"RCPT": [*["451 come back in an hour"] * 6, "250 fine"]}) as server:
        invited(cast)
        Notice.objects.update(created_at=clock.now() - timedelta(hours=80))  # all sending was stopped meanwhile
        began = clock.now()
        while to_jo(cast).state == "queued":
            traveller.move_to(max(clock.now(), to_jo(cast).not_before) + timedelta(seconds=1))
            sender.send_due(cast.school)
    assert (to_jo(cast).state, len(server.taken)) == ("accepted", 1) and clock.now() - began > timedelta(hours=1)


def test_three_days_of_later_end_with_a_person(cast: Cast) -> None:
    with by_day() as traveller, sink({"RCPT": "450 come back"}) as server:
        invited(cast)
        Notice.objects.update(created_at=clock.now() - timedelta(hours=71))
        sender.send_due(cast.school)
        assert to_jo(cast).state == "queued"
        Delivery.objects.update(attempts=sender.FEWEST_TRIES)  # as many as fit into three days, and more
        traveller.shift(timedelta(hours=1, minutes=1))
        sender.send_due(cast.school)
    assert to_jo(cast).state == "failed" and server.taken == []
    assert Notice.objects.get(adult=cast.jo).state == "by_hand"


def test_a_no_for_good_stands_before_the_office_at_once(cast: Cast, client: Client) -> None:
    with by_day(), sink({"RCPT": "550 no such mailbox"}):
        invited(cast)
        began = clock.now()
        sender.send_due(cast.school)
        assert to_jo(cast).state == "failed" and clock.now() - began < timedelta(minutes=5)
        page = cast.sign_in(client, cast.finch).get("/office/?show=by_hand")
        assert cast.jo.name in page.content.decode()


def test_what_nobody_knows_waits_for_a_person_and_is_not_sent_again(cast: Cast) -> None:
    with by_day() as traveller, sink({"end": HANG_UP}) as server:
        invited(cast)
        sender.send_due(cast.school)
        traveller.shift(timedelta(minutes=15))
        sender.send_due(cast.school)
    assert to_jo(cast).state == "uncertain" and len(server.taken) == 1
