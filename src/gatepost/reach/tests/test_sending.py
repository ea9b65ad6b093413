"""The ledger: nothing is silently lost or repeated, and the gate has the last word at the wire."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import override_settings

from gatepost.core import clock
from gatepost.reach.channels import NotNow, Refusal, Unsure, Wires
from gatepost.reach.delivery import sender
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery, Notice, PostRoomCopy
from gatepost.testing import Cast

State = Delivery.State


class Moody:
    """A transport whose mood the test sets."""

    mood: Exception | None = None
    sent: list[str] = []

    def send(self, letter: Letter, delivery: Delivery) -> None:
        if Moody.mood:
            raise Moody.mood
        Moody.sent.append(letter.address)


@pytest.fixture
def moody(cast: Cast) -> Any:
    Moody.mood, Moody.sent = None, []
    path = f"{__name__}.Moody"
    with override_settings(GATEPOST_CHANNELS={"email": path, "sms": path}):
        cast.invite_all()
        yield Moody


def delivery_to(cast: Cast) -> Delivery:
    return Delivery.objects.get(notice__adult=cast.jo)


def test_everything_due_is_handed_over_once(cast: Cast, moody: type[Moody]) -> None:
    first = sender.send_due(cast.school)
    assert first == len(moody.sent) == Delivery.objects.filter(state=State.ACCEPTED).count() > 10
    assert sender.send_due(cast.school) == 0
    assert cast.told(cast.jo)[0].state == Notice.State.SENT


def test_a_busy_server_is_tried_again_later_and_at_last_a_person_is_told(cast: Cast, moody: type[Moody]) -> None:
    moody.mood = NotNow("451")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        sender.send_due(cast.school)
        waiting = delivery_to(cast)
        assert waiting.state == State.QUEUED and waiting.not_before > clock.now()
        assert sender.send_due(cast.school) == 0
        Delivery.objects.update(attempts=sender.FEWEST_TRIES)
        traveller.shift(timedelta(hours=73))
        sender.send_due(cast.school)
    assert delivery_to(cast).state == State.FAILED
    assert cast.told(cast.jo)[0].state == Notice.State.BY_HAND


def test_what_is_refused_for_good_goes_to_the_office(cast: Cast, moody: type[Moody]) -> None:
    moody.mood = Refusal("550")
    sender.send_due(cast.school)
    assert delivery_to(cast).state == State.FAILED
    assert cast.told(cast.jo)[0].state == Notice.State.BY_HAND


def test_what_nobody_can_be_sure_of_is_shown_and_not_repeated(cast: Cast, moody: type[Moody]) -> None:
    moody.mood = Unsure("gone")
    sender.send_due(cast.school)
    moody.mood = None
    assert sender.send_due(cast.school) == 0
    assert delivery_to(cast).state == State.UNCERTAIN


def test_where_no_channel_is_set_up_nothing_disappears(cast: Cast) -> None:
    cast.invite_all()
    with override_settings(GATEPOST_CHANNELS={}):
        assert sender.send_due(cast.school) == 0
    assert not Notice.objects.filter(state=Notice.State.QUEUED).exists()
    assert cast.told(cast.amina)[0].state == Notice.State.BY_HAND


def test_a_hand_that_comes_too_late_sends_nothing_and_changes_nothing(cast: Cast, moody: type[Moody]) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        late = sender.take_up(3)
        assert late and len(late.ready) == 3
        traveller.shift(2 * sender.LEASE + timedelta(seconds=1))
        sender.send_due(cast.school)
        sent = len(moody.sent)
        assert sent > 10 and hand_over(late) == 0
    assert len(moody.sent) == sent
    theirs = Delivery.objects.filter(pk__in=[each.delivery.pk for each in late.ready])
    assert {delivery.state for delivery in theirs} == {State.UNCERTAIN}  # that sender was not dead: it stood still


def hand_over(part: sender.Part) -> int:
    with Wires() as wires:
        return sender.hand_over(part, wires)


def test_two_workers_never_take_up_the_same_message(cast: Cast, moody: type[Moody]) -> None:
    one, two = sender.take_up(5), sender.take_up(5)
    assert one and two
    assert not {each.delivery.pk for each in one.ready} & {each.delivery.pk for each in two.ready}


def test_what_a_slow_server_does_not_take_in_time_waits_as_if_nobody_had_taken_it_up(
    cast: Cast, moody: type[Moody], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "FRESH", 0)
    part = sender.take_up(5)
    assert part and hand_over(part) == len(moody.sent) == 1
    given_back = Delivery.objects.filter(pk__in=[each.delivery.pk for each in part.ready[1:]])
    assert {(row.state, row.attempts, row.fence) for row in given_back} == {(State.QUEUED, 0, None)}


def test_the_post_room_is_closed_where_real_families_live(cast: Cast) -> None:
    cast.invite_all()
    path = "gatepost.reach.channels.postroom.PostRoom"
    with override_settings(GATEPOST_CHANNELS={"email": path, "sms": path}, GATEPOST_DEMO=False, DEBUG=False):
        sender.send_due(cast.school)
    assert not PostRoomCopy.objects.exists()


def test_what_was_held_is_released_once_the_office_has_settled_it(cast: Cast) -> None:
    from gatepost.disclosure import Standing, Tri
    from gatepost.know.models import Care
    from gatepost.know.services import settle
    from gatepost.meet import notices
    from gatepost.reach import services

    care = Care.objects.get(adult=cast.rel)
    held = services.tell(cast.rel, notices.given_back, about=care.child, by=None)
    assert (held.state, held.rule) == ("held", "relationship-unknown")
    finch = cast.actor_of(cast.finch)
    settle(care, standing=Standing.CARER, responsibility=Tri.NO, lives_with=Tri.YES, by=finch)
    assert services.release(cast.rel, child=care.child, by=finch) == 1
    assert cast.told(cast.rel)[0].state in {"queued", "by_hand"}


def test_a_person_settles_what_is_uncertain(cast: Cast, moody: type[Moody]) -> None:
    from gatepost.core.errors import Refused
    from gatepost.reach import services

    finch = cast.actor_of(cast.finch)
    for settled, state in ((services.send_again, State.QUEUED), (services.it_came, State.ACCEPTED)):
        Delivery.objects.filter(notice__adult=cast.jo).update(state=State.UNCERTAIN)
        settled(delivery_to(cast), by=finch)
        assert delivery_to(cast).state == state
    with pytest.raises(Refused):
        services.it_came(delivery_to(cast), by=finch)
