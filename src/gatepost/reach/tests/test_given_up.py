"""A number or a mailbox that somebody has given up: it gets nothing, answers nothing, and opens what is safe."""

from __future__ import annotations

from email.message import EmailMessage

from django.test import Client, override_settings

from gatepost.core import clock
from gatepost.core.models import AuditEvent
from gatepost.disclosure import Bar
from gatepost.know import services as know
from gatepost.know.models import Adult, Care, Channel, ContactPoint
from gatepost.meet import notices as meet
from gatepost.reach.delivery import mailtokens, sender
from gatepost.reach.delivery.mailtokens import For
from gatepost.reach.models import FamilyLink, IncomingText, Notice, PostRoomCopy
from gatepost.reach.services import celebrating, mailroom, tell
from gatepost.reach.services.incoming import take_text
from gatepost.testing import Cast

DOMAIN = "in.school.example"


def gives_up(cast: Cast, adult: Adult, channel: str) -> ContactPoint:
    point = adult.contact_points.get(channel=channel)
    know.end_contact(point, by=cast.actor_of(cast.finch))
    return point


def got(point: ContactPoint) -> list[str]:
    """What reached it, but for the one line that it is not used any more."""
    copies = PostRoomCopy.objects.filter(address=point.value)
    return list(copies.exclude(delivery__notice__kind="reach.contact_changed").values_list("body", flat=True))


def test_what_waited_takes_the_next_way_or_is_said(cast: Cast) -> None:
    cast.invite_all()
    gone = [gives_up(cast, cast.ruth, Channel.SMS), gives_up(cast, cast.jo, Channel.EMAIL)]
    cast.deliver()
    cast.deliver()
    assert [got(point) for point in gone] == [[], []]
    assert got(cast.ruth.contact_points.get(channel=Channel.EMAIL))
    assert cast.told(cast.jo)[0].state == Notice.State.BY_HAND


def test_whoever_has_the_number_or_the_mailbox_now_does_not_answer_for_them(cast: Cast) -> None:
    asked = cast.invitation(cast.amina).ask
    number = gives_up(cast, cast.amina, Channel.SMS).value
    kept = take_text(number, "no", school=cast.school)
    assert (kept.adult, kept.state) == (None, IncomingText.State.WAITING)
    assert take_text(number, "STOP", school=cast.school).adult is None
    assert not asked.answers.exists()
    with override_settings(GATEPOST_MAIL_DOMAIN=DOMAIN):
        notice, mailbox = cast.told(cast.jo)[0], gives_up(cast, cast.jo, Channel.EMAIL).value
        message = EmailMessage()
        message["From"], message["Message-ID"] = mailbox, "<1@home.example>"
        message.set_content("no")
        mailroom.take(message.as_bytes(), mailtokens.address(For.REPLY, notice.pk))
    came = IncomingText.objects.get(notice=notice)
    assert (came.adult, came.state) == (None, IncomingText.State.WAITING)
    assert not cast.invitation(cast.jo).ask.answers.exists()


def test_the_number_of_somebody_else_now_is_theirs(cast: Cast) -> None:
    cast.invite_all()
    value = gives_up(cast, cast.amina, Channel.SMS).value
    know.add_contact(cast.dawn, Channel.SMS, value, by=cast.actor_of(cast.finch))
    assert take_text(value, "no", school=cast.school).adult == cast.dawn
    assert not cast.invitation(cast.amina).ask.answers.exists()


def test_links_that_lie_there_are_shut_where_anybody_could_be_in_danger(cast: Cast, client: Client) -> None:
    cast.invite_all()
    hers, safe = cast.link(cast.lees_ex), cast.link(cast.amina)
    assert client.get(hers).status_code == client.get(safe).status_code == 200
    gives_up(cast, cast.lees_ex, Channel.EMAIL)  # an order protects her
    gives_up(cast, cast.amina, Channel.SMS)  # the same telephone, with a new number
    assert client.get(hers).status_code == 404
    assert client.get(safe).status_code == 200
    assert FamilyLink.objects.get(adult=cast.lees_ex).revoked_at


def test_a_telephone_that_others_read_by_now_shows_no_name(cast: Cast, client: Client) -> None:
    cast.invite_all()
    link = cast.link(cast.amina)
    assert cast.ayan.called in client.get(link).content.decode()
    point = cast.amina.contact_points.get(channel=Channel.SMS)
    know.change_contact(point, point.value, shared=True, by=cast.actor_of(cast.finch))
    assert cast.ayan.called not in client.get(link).content.decode()


def together_link(cast: Cast, adult: Adult) -> str:
    """Where what can wait for them stands, also what is written to them from now on."""
    know.say_wishes(adult, {"together": "weekly"}, by=cast.actor_of(cast.finch))
    link = cast.link(adult)
    celebrating.praise(adult.cares.get().child, "Sang well.", by=cast.actor_of(cast.ode))
    return link


def test_whoever_has_it_now_reads_nothing_that_is_written_later(cast: Cast, client: Client) -> None:
    jos, graces, news = together_link(cast, cast.jo), together_link(cast, cast.foster), b"Good news from the school"
    assert news in client.get(jos).content and news in client.get(graces).content
    gives_up(cast, cast.jo, Channel.EMAIL)
    assert client.get(jos).status_code == 404
    point = cast.foster.contact_points.get(channel=Channel.EMAIL)
    know.change_contact(point, point.value, shared=True, by=cast.actor_of(cast.finch))
    assert news not in client.get(graces).content


def test_what_is_held_is_written_down_once_however_often_it_is_looked_at(cast: Cast) -> None:
    by = cast.actor_of(cast.finch)
    Care.objects.filter(child=cast.ella).update(lives_with="unknown")
    for one, other in ((cast.jo, cast.mark), (cast.mark, cast.jo)):
        bars, today = frozenset({Bar.EVERYTHING}), clock.today()
        know.record_order(
            one, child=cast.ella, bars=bars, seen_by=cast.finch, from_on=today, keeps_apart_from=other, by=by
        )
    waits = tell(cast.jo, meet.invitation, about=cast.ella, by=None)
    assert (waits.state, waits.rule) == (Notice.State.HELD, "orders-contradict")
    for _each_second in range(3):
        sender.send_due(cast.school)
    assert not AuditEvent.objects.filter(verb="reach.notice_released").exists()
