"""What a sceptic tried to lose a message, to send it twice, or to bury it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings

from gatepost.core import clock
from gatepost.disclosure import Standing, Tri
from gatepost.know.models import Care
from gatepost.know.services import settle
from gatepost.reach import services as reach
from gatepost.reach.delivery import sender
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery, Notice
from gatepost.testing import Cast


class Choosy:
    """A transport that breaks in an unforeseen way for Jo, and carries everything else."""

    error: Exception = ValueError("unforeseen")
    sent: list[str] = []

    def send(self, letter: Letter, delivery: Delivery) -> None:
        if letter.recipient == "Jo Pell":
            raise Choosy.error
        Choosy.sent.append(letter.recipient)


@pytest.fixture
def choosy() -> Any:
    Choosy.error, Choosy.sent = ValueError("unforeseen"), []
    path = f"{__name__}.Choosy"
    with override_settings(GATEPOST_CHANNELS={"email": path, "sms": path}):
        yield Choosy


def test_a_message_that_cannot_be_worded_goes_to_the_office_and_stops_no_other(cast: Cast, choosy: Any) -> None:
    cast.invite_all()
    Notice.objects.filter(adult=cast.jo).update(params={"first_on": "no day"})
    sent = sender.send_due(cast.school)
    assert sent == len(choosy.sent) > 10
    assert cast.told(cast.jo)[0].state == Notice.State.BY_HAND
    assert not Delivery.objects.exclude(state__in=["accepted", "failed"]).exists()


def test_a_transport_that_breaks_is_uncertain_at_once_and_stops_no_other(cast: Cast, choosy: Any) -> None:
    cast.invite_all()
    assert sender.send_due(cast.school) == len(choosy.sent) > 10
    assert Delivery.objects.get(notice__adult=cast.jo).state == Delivery.State.UNCERTAIN
    assert not Delivery.objects.filter(state__in=["claimed", "queued", "on_wire"]).exists()


def test_a_hold_that_comes_after_the_queue_holds_and_does_not_bury(cast: Cast) -> None:
    cast.invite_all()
    Care.objects.filter(adult=cast.jo).update(held=True)
    cast.deliver()
    assert cast.told(cast.jo)[0].state == Notice.State.HELD
    care = Care.objects.get(adult=cast.jo)
    by = cast.actor_of(cast.finch)
    settle(care, standing=Standing.PARENT, responsibility=Tri.YES, lives_with=Tri.YES, by=by)
    reach.release(cast.jo, child=cast.ella, by=by)
    assert len(cast.letters(cast.jo)) == 1


def held_notice(cast: Cast) -> Notice:
    from gatepost.meet import notices

    return reach.tell(cast.rel, notices.given_back, about=cast.lily, subject=None, by=None)


def test_what_was_held_goes_out_when_the_source_says_what_the_adult_is(cast: Cast) -> None:
    assert held_notice(cast).state == Notice.State.HELD
    Care.objects.filter(adult=cast.rel).update(standing=Standing.PARENT)  # as the next roster does
    cast.deliver()
    assert cast.told(cast.rel)[0].state == Notice.State.SENT


def test_a_hand_that_is_refused_too_late_takes_nothing_back(cast: Cast) -> None:
    cast.invite_all()
    part = sender.take_up(100)
    assert part
    late = next(each.delivery for each in part.ready if each.delivery.notice.adult_id == cast.jo.pk)
    Delivery.objects.filter(pk=late.pk).update(state="accepted", fence=None, accepted_at=clock.now())
    Notice.objects.filter(pk=late.notice_id).update(state="sent")
    sender.failed(late, "550")
    assert Notice.objects.get(pk=late.notice_id).state == Notice.State.SENT


def test_a_lease_begins_when_the_wire_does(cast: Cast) -> None:
    cast.invite_all()
    part = sender.take_up(1)
    assert part
    held = Delivery.objects.get(pk=part.ready[0].delivery.pk)
    assert held.state == Delivery.State.ON_WIRE
    assert held.leased_until and held.leased_until > clock.now() + timedelta(minutes=4)
