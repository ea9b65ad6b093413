"""What a sceptic tried: reaching the wrong adult, losing a message, and making two promises of one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from gatepost.agree import services as agree
from gatepost.agree.tests.saying import shared
from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.know.models import Adult, Care, Child, ContactPoint
from gatepost.know.services import record_order, settle
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Event, Invitation, Slot
from gatepost.org.models import Role, Staff
from gatepost.reach import sender
from gatepost.reach import services as reach
from gatepost.reach.models import Delivery, Notice, PostRoomCopy, Touch
from gatepost.reach.render import Letter
from gatepost.testing import Cast

OWN_KEYS = re.compile(rb"[0-9a-f]{8}-[0-9a-f-]{27}|/[is]/[\w-]{20,}|csrfmiddlewaretoken\" value=\"\w+")


def plain(body: bytes) -> bytes:
    """A page without what differs at every call: ids, tokens, stamps."""
    return re.sub(rb"DTSTAMP:\w+", b"", OWN_KEYS.sub(b"*", body))


def book(cast: Cast, adult: Adult, slot: Slot, child: Child | None = None, wishes: Any = None) -> Booking:
    invitation = cast.invitation(adult, child, event=slot.event)
    return meet.book(invitation, slot, wishes=wishes or meet.Wishes(), by=cast.family_actor(invitation))


def at(event: Event, hour: int, minute: int = 0) -> Slot:
    return next(
        slot for slot in event.slots.all() if clock.timezone.localtime(slot.starts_at).time() == time(hour, minute)
    )


def bar_everything(cast: Cast, adult: Adult, child: Child, *bars: Bar) -> None:
    record_order(
        adult,
        child=child,
        bars=frozenset(bars or {Bar.EVERYTHING}),
        seen_by=cast.bell,
        from_on=clock.today(),
        by=None,
    )


def same_mailbox(one: Adult, other: Adult) -> None:
    """Both read the family's old mailbox, and nothing else is known of either."""
    ContactPoint.objects.filter(adult__in=[one, other]).delete()
    for adult in (one, other):
        ContactPoint.objects.create(
            organisation=adult.organisation, adult=adult, channel="email", value="us@example.org", shared=True
        )


# ── twin worlds ──────────────────────────────────────────────────────────────────────────────────


def seen_by(cast: Cast, client: Client, adult: Adult, event: Event) -> list[bytes]:
    """Every byte that this adult's invitation can give: pages, refusals, the calendar file, and all letters."""
    invitation = cast.invitation(adult, event=event)
    link = cast.link(adult)
    pages = [client.get(link + path).content for path in ("", "none/", "no/", "meeting.ics", "?in=ur", "?change=1")]
    taken = str(at(event, 17).pk)
    pages.append(client.post(link, {"slot": taken, "talk_about": "x"}).content)
    pages += [client.get(link).content, client.get(link + "meeting.ics").content]
    assert queries_left(invitation)
    return [plain(page) for page in pages] + [plain(text.encode()) for text in cast.letters(adult)]


def queries_left(invitation: Invitation) -> bool:
    return Booking.objects.filter(invitation=invitation, status="booked").exists()


def in_both_worlds(cast: Cast, act: Callable[[], list[bytes]], more: Callable[[], object]) -> None:
    """The same acts in a world without and in one with what is barred: every byte is the same."""
    worlds = []
    for add in (lambda: None, more):
        mark = transaction.savepoint_create()
        add()
        worlds.append(act())
        transaction.savepoint_rollback(mark)
    assert worlds[0] == worlds[1]


def test_mark_sees_the_same_world_whatever_jo_wrote_wished_and_was_told(cast: Cast, client: Client) -> None:
    event = cast.event()
    cast.invite_all(event)
    book(cast, cast.jo, at(event, 16))  # in both worlds: her time is taken, like anybody's

    def more() -> None:
        wishes = meet.Wishes("Mark must not know", "My sister Ann", "fr", elsewhere=True)
        book(cast, cast.jo, at(event, 16), wishes=wishes)
        record = agree.open_record(Booking.objects.get(invitation__adult=cast.jo), by=cast.actor_of(cast.ode))
        agree.write_down(record, {"parent_says": "x"}, seen_version=record.version, by=cast.actor_of(cast.ode))
        ContactPoint.objects.filter(adult=cast.jo).update(value="new.home@example.org")
        reach.touch(cast.jo, child=cast.ella, way=Touch.Way.DOOR, two_way=True, school_id=cast.school.pk, by=None)

    in_both_worlds(cast, lambda: seen_by(cast, client, cast.mark, event), more)


def test_jos_time_looks_to_mark_like_a_strangers(cast: Cast, client: Client) -> None:
    event = cast.event()
    Event.objects.filter(pk=event.pk).update(apart_minutes=0)
    event.refresh_from_db()
    cast.invite_all(event)
    mark = transaction.savepoint_create()
    book(cast, cast.jo, at(event, 16))
    hers = seen_by(cast, client, cast.mark, event)
    transaction.savepoint_rollback(mark)
    book(cast, cast.dawn, at(event, 16))
    assert seen_by(cast, client, cast.mark, event) == hers


def test_kev_gets_nothing_whatever_happens_for_tyler(cast: Cast, client: Client) -> None:
    event = cast.event()
    cast.invite_all(event)
    book(cast, cast.dawn, at(event, 16))
    shared(cast, cast.dawn)
    cast.deliver()
    assert cast.told(cast.kev) == []
    assert not Invitation.objects.filter(adult=cast.kev).exists()
    assert not PostRoomCopy.objects.filter(address__icontains="kev").exists()


def test_lee_sees_no_sign_of_mias_mother(cast: Cast, client: Client) -> None:
    event = cast.event()
    cast.invite_all(event)

    def more() -> None:
        ContactPoint.objects.filter(adult=cast.lees_ex).update(value="safe@example.org")
        invitation = cast.invitation(cast.lees_ex, event=event)
        meet.say_no(invitation, value="declined", words="not beside Lee", by=cast.family_actor(invitation))

    in_both_worlds(cast, lambda: seen_by(cast, client, cast.lee, event), more)


# ── the wrong adult ──────────────────────────────────────────────────────────────────────────────


def test_the_mailbox_that_kev_still_reads_gets_nothing_of_dawns(cast: Cast) -> None:
    same_mailbox(cast.dawn, cast.kev)
    cast.invite_all()
    cast.deliver()
    assert not PostRoomCopy.objects.filter(address="us@example.org").exists()
    assert {notice.state for notice in cast.told(cast.dawn)} == {Notice.State.BY_HAND}


def test_a_mailbox_shared_with_an_adult_who_lives_apart_gets_no_link_of_either(cast: Cast) -> None:
    same_mailbox(cast.jo, cast.mark)
    cast.invite_all()
    cast.deliver()
    assert not PostRoomCopy.objects.filter(address="us@example.org").exists()
    assert cast.told(cast.jo)[0].state == cast.told(cast.mark)[0].state == Notice.State.BY_HAND


def test_an_order_that_comes_after_the_queue_stops_what_goes_to_their_common_mailbox(cast: Cast) -> None:
    same_mailbox(cast.hina, cast.bilal)
    cast.invite_all()
    bar_everything(cast, cast.bilal, cast.zara)
    cast.deliver()
    assert not PostRoomCopy.objects.filter(address="us@example.org").exists()
    assert cast.told(cast.hina)[0].state == Notice.State.BY_HAND


def test_adults_apart_do_not_meet_at_two_events_of_one_evening(cast: Cast) -> None:
    first = cast.event()
    day = clock.timezone.localdate(first.slots.all()[0].starts_at)
    other = cast.event(days=[day], hosts=[cast.nye])
    book(cast, cast.jo, at(first, 16))
    with pytest.raises(Refused, match="taken"):
        book(cast, cast.mark, at(other, 16, 10))


def test_adults_apart_do_not_meet_when_one_comes_for_another_child(cast: Cast) -> None:
    event = cast.event()
    Care.objects.create(
        school=cast.school, adult=cast.lee, child=cast.finn, standing=Standing.PARENT, responsibility=Tri.YES
    )
    book(cast, cast.lees_ex, at(event, 16), cast.mia)
    with pytest.raises(Refused, match="taken"):
        book(cast, cast.lee, at(event, 16, 10), cast.finn)


def test_a_colleague_reads_no_answers_of_children_they_do_not_teach(cast: Cast, client: Client) -> None:
    event = cast.event(hosts=[cast.ode, cast.nye], by=cast.actor_of(cast.finch))
    invitation = cast.invitation(cast.jo, event=event)
    meet.say_no(invitation, value="declined", words="Mark might come", by=cast.family_actor(invitation))
    page = cast.sign_in(client, cast.nye).get(f"/meet/events/{event.pk}/").content.decode()
    assert "Mark might come" not in page and "Jo Pell" not in page


def rorys_father(cast: Cast) -> Adult:
    """Pat works at the school and lives apart from Rory's father."""
    father = Adult.objects.create(organisation=cast.organisation, name="Tom Vane", language="en")
    Care.objects.create(
        school=cast.school,
        adult=father,
        child=cast.rory,
        standing=Standing.PARENT,
        responsibility=Tri.YES,
        lives_with=Tri.NO,
    )
    return father


def test_nobody_sees_at_work_how_the_other_parent_of_their_own_child_is_told(cast: Cast, client: Client) -> None:
    Staff.objects.filter(person=cast.pat_person).update(role=Role.OFFICE)
    father = rorys_father(cast)
    event = cast.event()
    cast.sign_in(client, cast.pat_person)
    assert "Tom Vane" not in client.get(f"/meet/events/{event.pk}/preview/").content.decode()
    invitation = cast.invitation(father, event=event)
    meet.say_no(invitation, value="declined", words="not with Pat", by=cast.family_actor(invitation))
    for path in (f"/meet/events/{event.pk}/", "/office/?show=by_hand", "/office/?show=to_settle"):
        assert "Tom Vane" not in client.get(path).content.decode()
    notice = Notice.objects.filter(adult=father).latest("created_at")
    assert client.get(f"/office/say/{notice.pk}/").status_code == 403


def test_nobody_settles_at_work_what_they_are_to_their_own_child(cast: Cast, client: Client) -> None:
    Staff.objects.filter(person=cast.pat_person).update(role=Role.OFFICE)
    care = Care.objects.get(adult=cast.pat)
    Care.objects.filter(pk=care.pk).update(held=True)
    answers = {"standing": "parent", "responsibility": "yes", "lives_with": "yes"}
    cast.sign_in(client, cast.pat_person).post(f"/office/settle/{care.pk}/", answers)
    assert Care.objects.get(pk=care.pk).held


def test_after_an_order_nobody_books_for_the_adult_by_telephone(cast: Cast, client: Client) -> None:
    invitation = cast.invitation(cast.mark)
    slot = cast.slot(event=invitation.event)
    bar_everything(cast, cast.mark, cast.ella)
    page = cast.sign_in(client, cast.ode).post(f"/meet/invitations/{invitation.pk}/answer/", {"slot": str(slot.pk)})
    assert not Booking.objects.filter(invitation=invitation).exists()
    assert "order" not in page.content.decode().lower().replace("border", "")


def test_a_contact_id_that_goes_to_another_person_takes_no_settled_bond_with_it(cast: Cast, tmp_path: Any) -> None:
    from gatepost.exchange.roster.services import take_over

    def roster(name: str, mail: str) -> Any:
        path = tmp_path / f"{name}.csv"
        head = "pupil_id,name,class,contact1_id,contact1_name,contact1_relationship,contact1_email"
        path.write_text(f"{head}\nP9,Ivy Lane,Wrens,C12,{name},friend,{mail}\n")
        return path

    first = take_over(roster("Mary Smith", "mary@example.org"), school="Elm Park", allow_many=True, by=None)
    assert first.ok
    care = Care.objects.get(child__name="Ivy Lane")
    settle(care, standing=Standing.CARER, responsibility=Tri.YES, lives_with=Tri.YES, by=cast.actor_of(cast.finch))
    take_over(roster("Bob Jones", "bob@example.org"), school="Elm Park", allow_many=True, by=None)
    care = Care.objects.select_related("adult").get(pk=care.pk)
    assert care.held or care.adult.name == "Mary Smith"


# ── lost and doubled messages ────────────────────────────────────────────────────────────────────


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
    late = next(row for row in sender.claim() if row.notice.adult_id == cast.jo.pk)
    Delivery.objects.filter(pk=late.pk).update(state="accepted", fence=None, accepted_at=clock.now())
    Notice.objects.filter(pk=late.notice_id).update(state="sent")
    sender._failed(late, "550")
    assert Notice.objects.get(pk=late.notice_id).state == Notice.State.SENT


def test_the_lease_begins_anew_on_the_wire(cast: Cast) -> None:
    cast.invite_all()
    (first, *_) = sender.claim()
    Delivery.objects.filter(pk=first.pk).update(leased_until=clock.now() + timedelta(seconds=1))
    assert sender._prepare(first) is not None
    renewed = Delivery.objects.get(pk=first.pk).leased_until
    assert renewed and renewed > clock.now() + timedelta(minutes=4)
