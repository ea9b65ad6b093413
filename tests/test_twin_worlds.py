"""What the other adult does and wishes changes no byte that comes to somebody who may not know it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.test import Client

from gatepost.agree import services as agree
from gatepost.agree.tests.saying import shared
from gatepost.know.models import Adult, ContactPoint
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Event, Invitation
from gatepost.reach import services as reach
from gatepost.reach.models import PostRoomCopy, Touch
from gatepost.testing import Cast
from tests.reviewing import at, book, plain


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
