"""The ladder: what fails takes the next way, once, and at last a person says it; a channel that is down is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client, override_settings

from gatepost.core import clock
from gatepost.reach import notices
from gatepost.reach.channels import NotNow, Refusal, Unsure
from gatepost.reach.delivery import circuit, ladder, ledger, receipts, sender
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery, Notice, Outage
from gatepost.reach.services import tell_there
from gatepost.testing import Cast

State = Delivery.State
SMS, EMAIL = "sms", "email"


class Wire:
    """Two ways out, each with its own mood."""

    moods: dict[str, Exception] = {}
    sent: list[tuple[str, str]] = []

    def send(self, letter: Letter, delivery: Delivery) -> None:
        if mood := Wire.moods.get(letter.channel):
            raise mood
        Wire.sent.append((letter.channel, letter.recipient))


@pytest.fixture
def wire(cast: Cast) -> Iterator[type[Wire]]:
    """Ruth, whom a text reaches first and a mail next, is invited."""
    Wire.moods, Wire.sent = {}, []
    path = f"{__name__}.Wire"
    with (
        override_settings(GATEPOST_CHANNELS={EMAIL: path, SMS: path}, GATEPOST_QUIET_HOURS=False),
        time_machine.travel(clock.now(), tick=False),
    ):
        cast.invite_all()
        Delivery.objects.exclude(notice__adult=cast.ruth).delete()
        Notice.objects.exclude(adult=cast.ruth).delete()
        yield Wire


def ways(cast: Cast) -> list[tuple[str, str]]:
    """What was tried for Ruth, in its order."""
    found = Delivery.objects.filter(notice__adult=cast.ruth)
    return sorted(((row.channel, row.state) for row in found), key=lambda way: way[0] == EMAIL)


def state(cast: Cast) -> str:
    return cast.told(cast.ruth)[0].state


def delivery(cast: Cast, channel: str = SMS) -> Delivery:
    return Delivery.objects.get(notice__adult=cast.ruth, channel=channel)


def test_what_is_refused_takes_the_next_way_and_then_the_office_says_it(cast: Cast, wire: type[Wire]) -> None:
    wire.moods = {SMS: Refusal("no such number")}
    assert sender.send_due(cast.school) == 1
    assert (ways(cast), wire.sent, state(cast)) == (
        [(SMS, "failed"), (EMAIL, "accepted")],
        [(EMAIL, cast.ruth.name)],
        Notice.State.SENT,
    )
    receipts.report(delivery(cast, EMAIL).pk, State.UNDELIVERED)
    assert (ways(cast), state(cast)) == ([(SMS, "failed"), (EMAIL, "undelivered")], Notice.State.BY_HAND)
    assert ledger.count().adds_up


def test_what_comes_back_takes_the_next_way(cast: Cast, wire: type[Wire]) -> None:
    sender.send_due(cast.school)
    assert ways(cast) == [(SMS, "accepted")]
    for _twice in range(2):
        receipts.report(delivery(cast).pk, State.UNDELIVERED, problem="no such number")
    assert (ways(cast), state(cast)) == ([(SMS, "undelivered"), (EMAIL, "queued")], Notice.State.QUEUED)
    assert sender.send_due(cast.school) == 1 and state(cast) == Notice.State.SENT


def test_what_has_arrived_after_all_does_not_come_twice(cast: Cast, wire: type[Wire]) -> None:
    sender.send_due(cast.school)
    receipts.report(delivery(cast).pk, State.UNDELIVERED)
    receipts.report(delivery(cast).pk, State.DELIVERED)
    assert sender.send_due(cast.school) == 0
    assert (ways(cast), state(cast)) == ([(SMS, "delivered"), (EMAIL, "skipped")], Notice.State.SENT)


def test_what_perhaps_arrived_falls_only_when_somebody_says_so(cast: Cast, wire: type[Wire], client: Client) -> None:
    wire.moods = {SMS: Unsure("gone")}
    sender.send_due(cast.school)
    sender.send_due(cast.school)
    assert ways(cast) == [(SMS, "uncertain")]
    address = f"/office/uncertain/{delivery(cast).pk}/"
    cast.sign_in(client, cast.finch).post(address, {"came": "other"})
    assert ways(cast) == [(SMS, "failed"), (EMAIL, "queued")]
    assert client.post(address, {"came": "other"}, follow=True).status_code == 200
    assert ways(cast) == [(SMS, "failed"), (EMAIL, "queued")]


def test_a_way_that_others_read_or_that_came_back_is_no_way_down(cast: Cast, wire: type[Wire]) -> None:
    cast.ruth.contact_points.filter(channel=EMAIL).update(bounced_at=clock.now())
    wire.moods = {SMS: Refusal("no")}
    sender.send_due(cast.school)
    assert (ways(cast), state(cast)) == ([(SMS, "failed")], Notice.State.BY_HAND)


def test_what_is_meant_for_one_telephone_goes_to_no_other(cast: Cast, wire: type[Wire]) -> None:
    Notice.objects.update(stays=True)
    wire.moods = {SMS: Refusal("no")}
    sender.send_due(cast.school)
    assert (ways(cast), state(cast)) == ([(SMS, "failed")], Notice.State.BY_HAND)


def test_the_database_refuses_two_ways_at_once(cast: Cast, wire: type[Wire]) -> None:
    first = delivery(cast)
    for live in ("queued", "claimed", "on_wire", "uncertain"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.create(
                school=cast.school, notice=first.notice, channel=EMAIL, state=live, not_before=clock.now()
            )


def go_on(cast: Cast, traveller: Any, minutes: int) -> None:
    """So many minutes in which the sender looks every minute."""
    for _minute in range(minutes):
        traveller.shift(timedelta(minutes=1))
        Delivery.objects.filter(state=State.QUEUED).update(not_before=clock.now())
        sender.send_due(cast.school)


def test_a_channel_that_is_down_is_left_alone_shown_and_found_again(
    cast: Cast, wire: type[Wire], client: Client
) -> None:
    cast.ruth.contact_points.filter(channel=EMAIL).delete()
    wire.moods = {SMS: NotNow("not reached", everywhere=True)}
    with time_machine.travel(clock.now(), tick=False) as traveller:
        go_on(cast, traveller, 16)
        assert [(down.channel, down.waiting) for down in circuit.shown()] == [("Text message", 1)]
        assert sender.take_up(1) is None and ledger.waits_for_nobody() == 0
        words = cast.sign_in(client, cast.finch).get("/office/").content.decode()
        assert "Down: Text message" in words and "One message waits for it." in words
        wire.moods = {}
        go_on(cast, traveller, 6)
    assert ways(cast) == [(SMS, "accepted")] and not circuit.shown()
    assert Outage.objects.get().ended_at


def test_what_is_due_on_a_channel_that_is_down_is_not_even_taken_up_and_the_rest_leaves(
    cast: Cast, wire: type[Wire]
) -> None:
    wire.moods = {SMS: NotNow("not reached", everywhere=True)}
    with time_machine.travel(clock.now(), tick=False) as traveller:
        go_on(cast, traveller, 17)
        tried = delivery(cast).attempts
        Notice.objects.update(stays=True)
        told = tell_there(
            cast.ruth.contact_points.get(channel=EMAIL), notices.stopped, school_id=cast.school.pk, by=None
        )
        Delivery.objects.filter(state=State.QUEUED).update(not_before=clock.now())
        assert sender.send_due(cast.school) == 1 and wire.sent == [(EMAIL, cast.ruth.name)]
        assert delivery(cast).attempts == tried
    assert told.deliveries.get().state == State.ACCEPTED


def test_what_waits_for_an_hour_takes_another_way_and_what_has_none_is_said_within_a_day(
    cast: Cast, wire: type[Wire]
) -> None:
    wire.moods = {SMS: NotNow("not reached", everywhere=True)}
    with time_machine.travel(clock.now(), tick=False) as traveller:
        go_on(cast, traveller, 59)
        assert ways(cast) == [(SMS, "queued")]
        go_on(cast, traveller, 2)
        assert ways(cast) == [(SMS, "skipped"), (EMAIL, "accepted")]
        cast.ruth.contact_points.filter(channel=EMAIL).delete()
        cast.invite_all()
        Delivery.objects.filter(state=State.QUEUED).exclude(notice__adult=cast.ruth).delete()
        go_on(cast, traveller, 1)
        traveller.shift(timedelta(hours=24))
        sender.send_due(cast.school)
    assert {notice.state for notice in cast.told(cast.ruth)} == {Notice.State.SENT, Notice.State.BY_HAND}
    assert ladder.rungs(cast.told(cast.ruth)[1]) == []


def test_one_busy_mailbox_is_no_channel_that_is_down(cast: Cast, wire: type[Wire]) -> None:
    wire.moods = {SMS: NotNow("451")}
    with time_machine.travel(clock.now(), tick=False) as traveller:
        go_on(cast, traveller, 30)
    assert not Outage.objects.exists()


def test_after_three_in_a_row_the_rest_is_not_tried(cast: Cast, wire: type[Wire]) -> None:
    watch = circuit.Watch()
    for _time in range(3):
        assert not watch.is_gone(SMS)
        watch.failed(cast.school.pk, SMS, "not reached")
    assert watch.is_gone(SMS) and not watch.is_gone(EMAIL)
    watch.well(SMS)
    assert not watch.is_gone(SMS) and Outage.objects.get().ended_at
