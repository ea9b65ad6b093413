"""Mail out to a real mail server and back from one: what stands on it, who may answer, and what came back."""

from __future__ import annotations

import asyncio
import email
import email.policy
import smtplib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from django.test import override_settings

from gatepost.core import clock
from gatepost.disclosure import Bar
from gatepost.know import services as know
from gatepost.reach import kinds, services
from gatepost.reach.delivery import mailtokens, sender
from gatepost.reach.delivery.mailtokens import For
from gatepost.reach.mailwords import without_quotes, words_of
from gatepost.reach.models import Delivery, IncomingText, Message, Notice, OptOut
from gatepost.reach.services import mailroom, optouts, threads
from gatepost.reach.signals import reply_came
from gatepost.testing import Cast

DOMAIN = "in.school.example"
INVITATION = "meet.invitation"


class Sink:
    """A mail server that keeps what it gets, and counts who connects."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []
        self.sessions: set[int] = set()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.sessions.add(id(session))
        self.taken.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return "250 taken"


@contextmanager
def listening(make: Callable[[], SMTP]) -> Iterator[int]:
    """A server in a thread of its own, for as long as the block lasts; its port."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(make, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def sent(cast: Cast) -> Iterator[Sink]:
    """Everybody's invitation, at a mail server."""
    sink = Sink()
    cast.invite_all()
    Delivery.objects.exclude(channel="email").delete()
    with listening(lambda: SMTP(sink)) as port:
        backend = "django.core.mail.backends.smtp.EmailBackend"
        mailers = {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5}}}
        with override_settings(
            MAILERS=mailers,
            GATEPOST_CHANNELS={"email": "gatepost.reach.channels.smtp.Smtp"},
            GATEPOST_MAIL_DOMAIN=DOMAIN,
        ):
            sender.send_due(cast.school)
            yield sink


@contextmanager
def optional_invitations() -> Iterator[None]:
    was = kinds.KINDS[INVITATION]
    kinds.KINDS[INVITATION] = replace(was, optional=True)
    try:
        yield
    finally:
        kinds.KINDS[INVITATION] = was


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_many_mails_go_over_one_connection_each_to_one_adult_and_come_back_to_their_own_name(cast: Cast) -> None:
    with sent(cast) as sink:
        assert len(sink.taken) > 3 and len(sink.sessions) == 1
        for back, recipients, raw in sink.taken:
            message = read(raw)
            what, pk = mailtokens.of_address(back)  # type: ignore[misc]
            delivery = Delivery.objects.get(pk=pk)
            assert what is For.BOUNCE and recipients == [delivery.contact_point.value] == [str(message["To"])]
            assert mailtokens.of_address(str(message["Reply-To"])) == (For.REPLY, delivery.notice_id)
            assert message["Cc"] is message["Bcc"] is message["List-Unsubscribe"] is None
            assert delivery.pk.hex in str(message["Message-ID"]) and delivery.state == Delivery.State.ACCEPTED
            plain, page = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
            assert plain.split("/i/")[1][:20] in page


def test_what_is_sent_once_more_says_so_under_the_same_name(cast: Cast) -> None:
    with sent(cast) as sink:
        first = read(sink.taken[0][2])
        (_what, pk) = mailtokens.of_address(sink.taken[0][0])  # type: ignore[misc]
        Delivery.objects.filter(pk=pk).update(state="queued", repeats=1)
        sender.send_due(cast.school)
    again = read(sink.taken[-1][2])
    assert (first["X-May-Be-A-Repeat"], again["X-May-Be-A-Repeat"]) == (None, "yes")
    assert first["Message-ID"] == again["Message-ID"]


# ── one click ────────────────────────────────────────────────────────────────────────────────────


def test_one_click_ends_what_nobody_needs_and_looking_does_not(cast: Cast, client: Any) -> None:
    with optional_invitations(), sent(cast) as sink:
        message = next(read(raw) for _b, to, raw in sink.taken if to[0] in addresses(cast.jo))
        assert str(message["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
        path = str(message["List-Unsubscribe"]).strip("<>").partition("8000")[2]
        assert client.get(path).status_code == 200 and not OptOut.objects.exists()
        body = {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"}
        strict = type(client)(enforce_csrf_checks=True)
        assert [strict.post(path, **body).status_code for _ in range(2)] == [200, 200]
        assert OptOut.objects.get().adult == cast.jo
        child = cast.told(cast.jo)[0].child
        kind = kinds.KINDS[INVITATION]
        assert not optouts.wants(cast.jo, kind)
        barred = services.tell(cast.jo, kind, about=child, by=None)
        assert (barred.state, barred.rule) == (Notice.State.BARRED, optouts.ASKED_FOR_NONE)
        assert client.post(path, {"again": "1"}).status_code == 200
        assert optouts.wants(cast.jo, kind)
    assert client.get(path).status_code == 404  # what has to be told has no such page
    assert client.get("/u/guess/").status_code == 404


def test_what_waits_in_the_ledger_is_stopped_too(cast: Cast) -> None:
    with optional_invitations():
        cast.invite_all()
        notice = cast.told(cast.jo)[0]
        optouts.stop(notice, way="email", by=None)
        sender.send_due(cast.school)
        assert Delivery.objects.get(notice=notice).state == Delivery.State.STOPPED
        notice.refresh_from_db()
        assert notice.state == Notice.State.BARRED


def addresses(adult: Any) -> set[str]:
    return set(adult.contact_points.filter(channel="email").values_list("value", flat=True))


# ── what comes in ────────────────────────────────────────────────────────────────────────────────


def a_notice(cast: Cast) -> Notice:
    cast.invite_all()
    return cast.told(cast.jo)[0]


def reply(sender_: str, words: str, *, name: str = "<1@home.example>", **more: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Message-ID"], message["Subject"] = sender_, name, "Re: Ella"
    for header, value in more.items():
        message[header.replace("_", "-")] = value
    message.set_content(words)
    return message.as_bytes(policy=email.policy.SMTP)


@pytest.mark.parametrize("lmtp", [False, True])
def test_a_mail_server_brings_a_reply_and_nobody_can_write_to_a_guess(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, lmtp: bool
) -> None:
    with override_settings(GATEPOST_MAIL_DOMAIN=DOMAIN):
        notice = a_notice(cast)
        mine = mailtokens.address(For.REPLY, notice.pk)
        brought: list[tuple[bytes, str]] = []
        monkeypatch.setattr(mailroom, "_take_apart", lambda raw, address: brought.append((raw, address)))
        handler = mailroom.Mailroom()
        client_of = smtplib.LMTP if lmtp else smtplib.SMTP
        with (
            listening(lambda: mailroom.server_of(handler, lmtp=lmtp)) as port,
            client_of("127.0.0.1", port) as wire,
        ):
            wire.ehlo_or_helo_if_needed()
            raw = reply("jo@example.org", "We would love to come.")
            wire.sendmail("jo@example.org", [mine.upper().replace(DOMAIN.upper(), DOMAIN)], raw)
            for wrong in (f"office@{DOMAIN}", mine[:-1] + "x", mine.replace("reply+", "reply+a"), f"reply+x@{DOMAIN}"):
                assert wire.docmd("MAIL", "FROM:<x@example.org>")[0] == 250
                assert wire.docmd("RCPT", f"TO:<{wrong}>")[0] == 550
                wire.rset()
        mailroom.take(*brought[0])
    assert IncomingText.objects.get().words == "We would love to come."


def test_a_reply_is_taken_in_once_and_nobody_is_guessed(cast: Cast) -> None:
    with override_settings(GATEPOST_MAIL_DOMAIN=DOMAIN):
        notice = a_notice(cast)
        own = cast.jo.contact_points.get_or_create(
            organisation=cast.organisation, channel="email", value="jo.own@example.org"
        )[0]
        mine = mailtokens.address(For.REPLY, notice.pk)
        for _ in range(2):
            mailroom.take(
                reply(f"Jo <{own.value.upper()}>", "میں آؤں گی\n\nOn Monday Elm Park <x@y.z> wrote:\n> Hi"), mine
            )
        mailroom.take(reply("stranger@example.org", "Who is this?", name="<2@home.example>"), mine)
        mailroom.take(reply(own.value, "I am away", name="<3@h.example>", Auto_Submitted="auto-replied"), mine)
        mailroom.take(reply(own.value, "x"), mailtokens.address(For.STOP, notice.pk))
        mailroom.take(reply(own.value, "x"), "office@" + DOMAIN)
    hers, unknown = IncomingText.objects.order_by("source_id")
    assert (hers.adult, hers.words, hers.way, hers.notice) == (cast.jo, "میں آؤں گی", "email", notice)
    assert (unknown.adult, unknown.state) == (None, IncomingText.State.WAITING)


def test_a_reply_to_a_message_stands_in_its_thread_whole_and_answers_nothing_else(cast: Cast) -> None:
    own = cast.jo.contact_points.create(organisation=cast.organisation, channel="email", value="jo.own@example.org")
    invitation = cast.invitation(cast.jo)
    threads.write(cast.jo, "Shall Ella stay at home?", about=cast.ella, by=cast.actor_of(cast.ode))
    told = next(each for each in cast.told(cast.jo) if each.kind == "reach.message")
    long = "No. " + "She is well. " * 300
    with override_settings(GATEPOST_MAIL_DOMAIN=DOMAIN):
        mine = mailtokens.address(For.REPLY, told.pk)
        for _twice in range(2):
            mailroom.take(reply(own.value, long), mine)
        mailroom.take(reply("mark@example.org", "Yes", name="<2@home.example>"), mine)
        know.record_order(
            cast.jo, child=cast.ella, bars=frozenset(Bar), seen_by=cast.bell, from_on=clock.today(), by=None
        )
        mailroom.take(reply(own.value, "And now?", name="<3@home.example>"), mine)
    said = Message.objects.get(by=None)
    assert (said.words, said.way, said.thread.pk) == (long.strip(), "email", told.subject)
    assert not invitation.ask.answers.exists() and said.thread.waits_since
    states = IncomingText.objects.order_by("source_id").values_list("state", "adult")
    assert list(states) == [("threaded", cast.jo.pk), ("waiting", None), ("waiting", cast.jo.pk)]


def test_files_that_come_along_are_asked_for(cast: Cast) -> None:
    own = cast.jo.contact_points.create(organisation=cast.organisation, channel="email", value="jo.own@example.org")
    threads.write(cast.jo, "Is she well again?", about=cast.ella, by=cast.actor_of(cast.ode))
    told = next(each for each in cast.told(cast.jo) if each.kind == "reach.message")
    mail = read(reply(own.value, "Here is what the doctor says"))
    mail.add_related(b"x", maintype="image", subtype="png", cid="<logo>")
    mail.add_attachment(b"x", maintype="image", subtype="jpeg", filename="letter.jpg")
    with override_settings(GATEPOST_MAIL_DOMAIN=DOMAIN):
        for _twice in range(2):
            mailroom.take(mail.as_bytes(), mailtokens.address(For.REPLY, told.pk))
    (files,) = IncomingText.objects.filter(state="waiting")
    assert "1 file came" in files.words and files.adult == cast.jo
    assert Message.objects.get(by=None).words == "Here is what the doctor says"


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.c\r\nContent-Type: text/html\r\n\r\n<![foo <!DOCTYPE [ We come",
        b"From: a@b.c\r\nContent-Type: text/plain; charset=idna\r\n\r\nWe come \xff",
        b"From: a@b.c\r\nContent-Type: text/plain; charset=unicode_escape\r\n\r\nWe come \\ud800",
        b"From: a@b.c\r\nContent-Type: text/plain; charset=undefined\r\n\r\nWe come",
        b"From: a@[.c\r\nMessage-ID: \r1\r\n=ED=A0=80Content-Type: text/plain\r\n\r\nWe come",
    ],
)
def test_a_mail_that_no_program_can_read_is_read_by_a_person(cast: Cast, raw: bytes) -> None:
    with override_settings(GATEPOST_MAIL_DOMAIN=DOMAIN):
        mailroom.take(raw, mailtokens.address(For.REPLY, a_notice(cast).pk))
    assert "We come" in IncomingText.objects.get().words


def test_whoever_a_notice_belongs_to_may_take_the_reply(cast: Cast) -> None:
    heard: list[IncomingText] = []

    def listen(sender: object, *, text: IncomingText, **_: Any) -> None:
        heard.append(text)

    reply_came.connect(listen)
    try:
        with override_settings(GATEPOST_MAIL_DOMAIN=DOMAIN):
            notice = a_notice(cast)
            own = cast.jo.contact_points.get_or_create(
                organisation=cast.organisation, channel="email", value="jo.own@example.org"
            )[0]
            mailroom.take(reply(own.value, "Thank you"), mailtokens.address(For.REPLY, notice.pk))
    finally:
        reply_came.disconnect(listen)
    assert [text.words for text in heard] == ["Thank you"]


BOUNCE = """\
From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; jo@example.org
Action: {action}
Status: {status}

--b--
"""


@pytest.mark.parametrize(
    ("action", "status", "state", "promise"),
    [("failed", "5.1.1", "undelivered", "by_hand"), ("delayed", "4.4.1", "accepted", "sent")],
)
def test_what_came_back_is_the_offices_and_what_is_late_is_not(
    cast: Cast, action: str, status: str, state: str, promise: str
) -> None:
    with override_settings(GATEPOST_MAIL_DOMAIN=DOMAIN):
        delivery = Delivery.objects.get(notice=a_notice(cast))
        Delivery.objects.filter(pk=delivery.pk).update(state="accepted", accepted_at=clock.now(), attempts=1)
        Notice.objects.filter(pk=delivery.notice_id).update(state="sent")
        mine = mailtokens.address(For.BOUNCE, delivery.pk)
        mailroom.take(BOUNCE.format(to=mine, action=action, status=status).encode(), mine)
    delivery.refresh_from_db()
    assert (delivery.state, Notice.objects.get(pk=delivery.notice_id).state) == (state, promise)
    delivery.contact_point.refresh_from_db()
    assert bool(delivery.contact_point.bounced_at) is (state == "undelivered")


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Yes", "Yes"),
        ("Yes\n\nOn Mon, Elm Park <a@b.c> wrote:\n> Come\n> please", "Yes"),
        ("Yes\n\nOn Mon, Elm Park\n<reply+x@b.c> wrote:\n> Come", "Yes"),
        ("Tak\n\nW dniu pon. Elm Park napisał(a):\n> Come", "Tak"),
        ("Da\n-- \nJo\nTel", "Da"),
        ("Yes\n________________________________\nFrom: Elm Park <a@b.c>\nSent: Monday", "Yes"),
        ("Yes\n-----Original Message-----\nFrom: x", "Yes"),
        ("Yes\n\nFrom: Elm Park <a@b.c>\nTo: Jo", "Yes"),
        ("> Come?\nYes, both of us\n> When?\nMonday: at four", "Yes, both of us\nMonday: at four"),
        ("We can: Monday, Tuesday", "We can: Monday, Tuesday"),
        ("نعم\n\nكتب Elm Park:\n> x", "نعم"),
    ],
)
def test_what_was_quoted_is_cut_and_what_was_written_stays(text: str, words: str) -> None:
    assert without_quotes(text) == words


@pytest.mark.once
def test_a_mail_that_is_only_a_page_is_read_too() -> None:
    message = EmailMessage()
    message.set_content("<style>p{}</style><p>Yes,<br>both</p><blockquote><p>Come?</p></blockquote>", subtype="html")
    assert words_of(message) == "Yes,\nboth"
    only_quoted = EmailMessage()
    only_quoted.set_content("> Come on Monday?\n")
    assert words_of(only_quoted) == "> Come on Monday?"
    assert words_of(read(b"")) == ""
