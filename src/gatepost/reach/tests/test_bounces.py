"""What comes back, as each kind of mail server says it: for good it is "undelivered", for now it is on its way still.

Written by us after the forms that the kinds of servers use; the names and addresses are nobody's.
"""

from __future__ import annotations

import pytest
from django.test import override_settings

from gatepost.core import clock
from gatepost.reach.delivery import mailtokens
from gatepost.reach.delivery.mailtokens import For
from gatepost.reach.models import Delivery, IncomingText, Notice
from gatepost.reach.services import mailroom
from gatepost.testing import Cast

DOMAIN = "in.school.example"
REPORT = """\
From: {sender}
To: {{to}}
Subject: {subject}
{headers}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

{words}
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

{fields}

--b
Content-Type: message/rfc822

From: Elm Park <post@school.example>
To: jo@example.org
Subject: A talk

Come and talk with us.
--b--
"""


def report(sender: str, subject: str, words: str, *fields: str, headers: str = "") -> str:
    """A report after RFC 3464."""
    to = ("Final-Recipient: rfc822; jo@example.org", *fields)
    return REPORT.format(sender=sender, subject=subject, words=words, fields="\n".join(to), headers=headers)


def plain(sender: str, subject: str, words: str, headers: str = "") -> str:
    """Words alone, as older servers write them."""
    return f"From: {sender}\nTo: {{to}}\nSubject: {subject}\n{headers}\n{words}\n"


GOOGLE = "Mail Delivery Subsystem <mailer-daemon@googlemail.example>"
POSTFIX = "MAILER-DAEMON@mx.example (Mail Delivery System)"
FAILED, DELAYED = "Action: failed", "Action: delayed"

FOR_GOOD = {
    "postfix": report(
        POSTFIX,
        "Undelivered Mail Returned to Sender",
        "<jo@example.org>: host mx said: 550 5.1.1 no such user",
        FAILED,
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 no such user",
        headers="Auto-Submitted: auto-replied\n",
    ),
    "google": report(
        GOOGLE,
        "Delivery Status Notification (Failure)",
        "** Address not found **",
        FAILED,
        "Status: 5.1.1",
        "Remote-MTA: dns; mx.example",
        headers="X-Failed-Recipients: jo@example.org\nAuto-Submitted: auto-replied\n",
    ),
    "microsoft": report(
        "Microsoft Outlook <postmaster@outlook.example>",
        "Undeliverable: A talk",
        "Your message to jo@example.org couldn't be delivered.",
        FAILED,
        "Status: 5.2.2",
        "Diagnostic-Code: smtp;554 5.2.2 mailbox full",
    ),
    "in another language": report(
        "poczta@mx.example", "Niedostarczona wiadomość", "Nie ma takiej skrzynki.", FAILED, "Status: 5.1.1"
    ),
    "given up after days": report(POSTFIX, "Undelivered Mail", "Given up.", FAILED, "Status: 4.4.7"),
    "exim": plain(
        "Mail Delivery System <Mailer-Daemon@mx.example>",
        "Mail delivery failed: returning message to sender",
        "A message that you sent could not be delivered to one of its recipients.\n\n"
        "  jo@example.org\n    unknown user",
        "X-Failed-Recipients: jo@example.org\nAuto-Submitted: auto-replied\n",
    ),
    "qmail": plain(
        "MAILER-DAEMON@mx.example",
        "failure notice",
        "Hi. This is the qmail-send program at mx.example.\nIt did not work out.\n\n"
        "<jo@example.org>:\nSorry, no mailbox here by that name.\n\n--- Below this line is a copy of the message.",
    ),
}

FOR_NOW = {
    "postfix": report(
        POSTFIX, "Delayed Mail (still being retried)", "No need to do anything.", DELAYED, "Status: 4.4.1"
    ),
    "google": report(GOOGLE, "Delivery Status Notification (Delay)", "It is late.", DELAYED, "Status: 4.7.0"),
    "microsoft": report(
        "postmaster@outlook.example", "Delivery delayed: A talk", "It is late.", DELAYED, "Status: 4.4.7"
    ),
    "sendmail": plain(
        "MAILER-DAEMON@mx.example",
        "Warning: could not send message for past 4 hours",
        "The address to which the message has not yet been delivered is:\n\n  jo@example.org\n\n"
        "No action is required on your part.",
        "Auto-Submitted: auto-replied\n",
    ),
}


def came_back(cast: Cast, words: str) -> Delivery:
    """Jo's invitation has left, and this comes to its own address."""
    cast.invite_all()
    delivery = Delivery.objects.get(notice=cast.told(cast.jo)[0])
    Delivery.objects.filter(pk=delivery.pk).update(state="accepted", accepted_at=clock.now(), attempts=1)
    Notice.objects.filter(pk=delivery.notice_id).update(state="sent")
    with override_settings(GATEPOST_MAIL_DOMAIN=DOMAIN):
        mine = mailtokens.address(For.BOUNCE, delivery.pk)
        mailroom.take(words.replace("{to}", mine).encode(), mine)
    delivery.refresh_from_db()
    return delivery


@pytest.mark.parametrize("server", FOR_GOOD)
def test_what_came_back_for_good_is_a_persons(cast: Cast, server: str) -> None:
    delivery = came_back(cast, FOR_GOOD[server])
    assert delivery.state == "undelivered" and delivery.contact_point and delivery.contact_point.bounced_at
    assert Notice.objects.get(pk=delivery.notice_id).state == "by_hand"
    assert not IncomingText.objects.exists()


@pytest.mark.parametrize("server", FOR_NOW)
def test_what_is_only_late_is_still_on_its_way(cast: Cast, server: str) -> None:
    delivery = came_back(cast, FOR_NOW[server])
    assert delivery.state == "accepted" and delivery.contact_point and not delivery.contact_point.bounced_at
    assert Notice.objects.get(pk=delivery.notice_id).state == "sent"
    assert not IncomingText.objects.exists()
