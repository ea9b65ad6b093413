"""An order acts at once, also on what is half sent, and takes away only what it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from gatepost.agree.tests.saying import shared
from gatepost.disclosure import Bar
from gatepost.know.models import Adult
from gatepost.meet import services as meet
from gatepost.meet.models import Event
from gatepost.reach.delivery import sender
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery, Notice
from gatepost.testing import Cast
from tests.reviewing import bar_everything

MANY = 500


class Clerk:
    """A wire at which the office records an order in the middle of a batch, on somebody who stands in that batch."""

    cast: Cast
    carried: list[str]
    barred: Adult | None

    def send(self, letter: Letter, delivery: Delivery) -> None:
        Clerk.carried.append(letter.address)
        if len(Clerk.carried) == MANY // 2 + 1:
            waiting = Delivery.objects.exclude(pk=delivery.pk).exclude(state__in=["accepted", "on_wire"])
            next_one = waiting.order_by("not_before").first()
            assert next_one is not None
            notice = next_one.notice
            assert notice.child is not None
            Clerk.barred = notice.adult
            bar_everything(Clerk.cast, notice.adult, notice.child)


@pytest.fixture
def clerk(cast: Cast) -> Iterator[type[Clerk]]:
    Clerk.cast, Clerk.carried, Clerk.barred = cast, [], None
    path = f"{__name__}.Clerk"
    with override_settings(GATEPOST_CHANNELS={"email": path, "sms": path}):
        yield Clerk


def five_hundred(cast: Cast) -> Event:
    cast.families(MANY, group=cast.robins)
    event = cast.event(groups=[cast.robins], hosts=[cast.nye])
    assert len(meet.invite(event, by=cast.actor_of(cast.finch))) == MANY
    return event


def test_an_order_in_the_middle_of_500_invitations_stops_one_and_no_other(cast: Cast, clerk: type[Clerk]) -> None:
    five_hundred(cast)
    sent = sender.send_due(cast.school)
    assert clerk.barred is not None
    addresses = [point.value for point in clerk.barred.contact_points.all()]
    assert not set(addresses) & set(clerk.carried)
    assert sent == len(clerk.carried) == len(set(clerk.carried)) == MANY - 1
    (notice,) = Notice.objects.filter(adult=clerk.barred)
    # each of these children lives with one adult alone: the office looks at such an order first
    assert (notice.state, notice.rule) == (Notice.State.HELD, "order-against-only-carer")
    assert not Delivery.objects.exclude(notice=notice).exclude(state=Delivery.State.ACCEPTED).exists()


def test_an_order_that_bars_contact_only_leaves_the_report_in_place(cast: Cast) -> None:
    record = shared(cast, cast.lees_ex)
    bar_everything(cast, cast.lees_ex, cast.mia, Bar.CONTACT_WITH_ADULT)
    assert any("/s/" in letter for letter in cast.letters(cast.lees_ex))
    assert {notice.state for notice in Notice.objects.filter(subject=record.pk)} == {Notice.State.SENT}


def test_an_order_that_bars_the_report_stops_it_in_the_queue_and_leaves_the_meeting(cast: Cast) -> None:
    record = shared(cast, cast.mark)
    bar_everything(cast, cast.mark, cast.ella, Bar.EDUCATION)
    letters = cast.letters(cast.mark)
    assert letters and not any("/s/" in letter for letter in letters)
    (report,) = Notice.objects.filter(subject=record.pk)
    assert (report.state, report.rule) == (Notice.State.BARRED, "order-bars-this")
