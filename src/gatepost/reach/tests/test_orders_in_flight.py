"""An order binds at once: what is queued, what a sender takes up next, what is to be said, and every live link."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client, override_settings

from gatepost.core import clock
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.know import services as know
from gatepost.know.models import Adult, Care, Child, ContactPoint, Order, Paper
from gatepost.meet import services as meet
from gatepost.reach.channels import Wires
from gatepost.reach.delivery import sender
from gatepost.reach.models import Delivery, FamilyLink, Notice, PostRoomCopy
from gatepost.testing import POST_ROOM, Cast

FAMILIES = 60
WIRE = override_settings(GATEPOST_DEMO=True, GATEPOST_CHANNELS={"email": POST_ROOM, "sms": POST_ROOM})


def order_against(cast: Cast, adult: Adult, child: Child, *bars: Bar, apart: Adult | None = None) -> Order:
    return know.record_order(
        adult,
        child=child,
        bars=frozenset(bars),
        seen_by=cast.finch,
        from_on=clock.today(),
        keeps_apart_from=apart,
        by=cast.actor_of(cast.finch),
    )


def lift(cast: Cast, order: Order) -> None:
    know.ask_to_lift(order, paper=Paper.ENDED, seen_on=clock.today(), by=cast.actor_of(cast.finch))
    order.refresh_from_db()
    know.agree_to_lift(order, by=cast.actor_of(cast.bell))


@WIRE
def test_an_order_stops_what_is_queued_and_what_a_sender_takes_up_next(cast: Cast):
    children = cast.families(FAMILIES)
    Care.objects.filter(child__in=children).update(lives_with=Tri.NO)  # else the gate would doubt the order
    meet.invite(cast.event(), by=cast.actor_of(cast.finch))
    others = Delivery.objects.exclude(notice__child__in=children)
    others.update(not_before=clock.now() + timedelta(days=1))
    with Wires() as wires:
        sender.hand_over(sender.take_up(20), wires)
        queued = Delivery.objects.filter(state=Delivery.State.QUEUED, not_before__lte=clock.now()).order_by(
            "not_before"
        )
        next_one, last = queued.first().notice, queued.last().notice
        for notice in (next_one, last):
            order_against(cast, notice.adult, notice.child, Bar.EVERYTHING)
        sender.hand_over(sender.take_up(20), wires)
    sender.send_due(cast.school)
    for notice in (next_one, last):
        assert not PostRoomCopy.objects.filter(delivery__notice=notice).exists()
        notice.refresh_from_db()
        assert (notice.state, notice.rule) == (Notice.State.BARRED, "order-bars-everything")
    assert PostRoomCopy.objects.count() == FAMILIES - 2
    assert Notice.objects.filter(child__in=children, state=Notice.State.SENT).count() == FAMILIES - 2


def test_a_live_link_dies_and_stays_dead_when_the_order_is_lifted(cast: Cast, client: Client):
    cast.invite_all()
    his, hers = cast.link(cast.mark), cast.link(cast.jo)
    assert client.get(his).status_code == 200
    order = order_against(cast, cast.mark, cast.ella, Bar.EVERYTHING)
    assert client.get(his).status_code == 404
    assert client.get(hers).status_code == 200
    assert FamilyLink.objects.get(adult=cast.mark).revoked_at
    lift(cast, order)
    assert client.get(his).status_code == 404


def test_an_order_closes_no_more_than_it_says(cast: Cast, client: Client):
    """One that bars learning leaves the meeting; one that bars contact with an adult leaves everything."""
    cast.invite_all()
    his = cast.link(cast.mark)
    order_against(cast, cast.mark, cast.ella, Bar.EDUCATION)
    order_against(cast, cast.mark, cast.ella, Bar.CONTACT_WITH_ADULT, apart=cast.jo)
    assert client.get(his).status_code == 200
    assert not FamilyLink.objects.filter(adult=cast.mark).exclude(revoked_at=None).exists()


def test_what_was_to_be_said_in_person_is_not_said(cast: Cast):
    cast.invite_all()
    notice = Notice.objects.get(adult=cast.nadia)
    assert notice.state == Notice.State.BY_HAND
    Care.objects.filter(adult=cast.nadia).update(lives_with=Tri.NO)
    order_against(cast, cast.nadia, cast.ines, Bar.EVERYTHING)
    notice.refresh_from_db()
    assert notice.state == Notice.State.BARRED


def test_a_hold_stops_what_is_queued_and_lets_it_go_when_it_is_settled(cast: Cast, client: Client):
    cast.invite_all()
    his = cast.link(cast.bilal)
    meet.invite(cast.event(), by=cast.actor_of(cast.finch))
    care = Care.objects.get(adult=cast.bilal)
    know.hold(care, by=cast.actor_of(cast.ode))
    assert client.get(his).status_code == 404
    assert len(cast.letters(cast.bilal)) == 1
    assert [notice.state for notice in cast.told(cast.bilal)] == ["sent", "held"]
    care.refresh_from_db()
    know.settle(
        care, standing=Standing.PARENT, responsibility=Tri.YES, lives_with=Tri.YES, by=cast.actor_of(cast.finch)
    )
    assert len(cast.letters(cast.bilal)) == 2  # what is settled is released before the next sending
    assert client.get(his).status_code == 200


def test_a_held_message_is_barred_for_good_when_an_order_comes(cast: Cast):
    meet.invite(cast.event(), by=cast.actor_of(cast.finch))
    know.hold(Care.objects.get(adult=cast.bilal), by=cast.actor_of(cast.ode))
    order_against(cast, cast.bilal, cast.zara, Bar.LOGISTICS)
    (notice,) = cast.told(cast.bilal)
    assert (notice.state, notice.rule) == ("barred", "order-bars-this")


def test_a_mailbox_shared_with_a_barred_adult_carries_nothing_more(cast: Cast):
    ContactPoint.objects.filter(adult=cast.jo).update(value="pells@example.org", shared=True)
    ContactPoint.objects.filter(adult=cast.mark).update(value="pells@example.org", shared=True)
    Care.objects.filter(adult=cast.mark).update(lives_with=Tri.YES)
    cast.invite_all()
    order_against(cast, cast.mark, cast.ella, Bar.EVERYTHING)
    assert cast.letters(cast.jo) == []
    assert cast.told(cast.jo)[0].state == "by_hand"
