"""Mail that comes in: replies to what we sent, and what came back. Only addresses that we made ourselves take any."""

from __future__ import annotations

import asyncio
import email
import email.policy
import hashlib
import logging
from email.message import EmailMessage
from email.utils import parseaddr

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, close_old_connections, transaction
from django.utils.translation import ngettext
from flufl.bounce import all_failures

from gatepost.core import audit, clock, scope
from gatepost.core.plain import kept as kept_whole
from gatepost.core.plain import plain
from gatepost.know.models import Adult, Channel
from gatepost.org.actor import Actor, Tier
from gatepost.org.models import School
from gatepost.reach.delivery import mailtokens, receipts
from gatepost.reach.delivery.mailtokens import For
from gatepost.reach.mailwords import files_of, words_of
from gatepost.reach.models import Delivery, IncomingText, Notice, Touch
from gatepost.reach.queries.questions import Meant, open_ask
from gatepost.reach.services import incoming, threads
from gatepost.reach.signals import reply_came

log = logging.getLogger(__name__)

BIGGEST = 20 * 1024 * 1024  # bytes; photographs are left out, and do not keep the words from coming
MACHINES = frozenset({"bulk", "junk", "auto_reply"})


class Mailroom:
    """Answers a mail server that hands mail over, by SMTP or LMTP."""

    async def handle_RCPT(  # aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take what is addressed to a token of ours; nothing else lives here."""
        if mailtokens.of_address(address) is None:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # as above
        """Keep it before saying that we have it: who brings it tries again otherwise."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            for address in envelope.rcpt_tos:
                await asyncio.to_thread(_take_apart, raw, address)
        except DatabaseError:
            log.exception("a mail that came could not be kept")
            return "451 4.3.0 Please try again later"
        return "250 OK"


def server_of(handler: Mailroom, *, lmtp: bool) -> SMTP:
    """What speaks to one mail server that has connected."""
    return (LMTP if lmtp else SMTP)(handler, data_size_limit=BIGGEST, ident="Gatepost", enable_SMTPUTF8=True)


def _take_apart(raw: bytes, address: str) -> None:
    """In a thread of its own, with a database connection of its own."""
    close_old_connections()
    try:
        take(raw, address)
    finally:
        close_old_connections()


def take(raw: bytes, address: str) -> None:
    """Take in one mail that came to one of our addresses. Safe to do again: it is kept once.

    Holds afterwards: a reply is with whoever waits for it, or waits for the office; what came back is on the office's
    list. A machine's answer ("I am away") is nobody's words, and is let go.
    """
    named = mailtokens.of_address(address)
    if named is None:
        return
    what, pk = named
    message = email.message_from_bytes(raw, policy=email.policy.default)
    with scope.only([school.pk for school in School.objects.all()]):
        model: type[Notice | Delivery] = Delivery if what is For.BOUNCE else Notice
        found = model.objects.filter(pk=pk).select_related("school").first()
    if found is None:
        return
    with scope.only([found.school_id], organisation=found.school.organisation_id):
        if isinstance(found, Delivery):
            _take_bounce(message, found, raw)
        elif what is For.REPLY and not _is_from_a_machine(message):
            take_reply(message, found, raw)


def _is_from_a_machine(message: EmailMessage) -> bool:
    said = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    is_one = said not in ("", "no") or _header(message, "Precedence").lower() in MACHINES
    return is_one or "X-Autoreply" in message


def _header(message: EmailMessage, name: str) -> str:
    """What stands there; nothing, where it is so broken that the library stumbles over it."""
    try:
        return plain(str(message.get(name, ""))).strip()
    except Exception:  # the words of the mail are kept all the same
        return ""


def _words(message: EmailMessage, raw: bytes) -> str:
    """What was written; of a mail that no rule fits, all that can be read."""
    try:
        return plain(words_of(message))
    except Exception:  # whatever a mail program makes, a person reads it
        return plain(raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2].decode("utf-8", "replace")).strip()


@transaction.atomic
def take_reply(message: EmailMessage, notice: Notice, raw: bytes = b"") -> IncomingText:
    """A reply to one notice: words in the thread that it is from, an answer to what it asked, or for the office.

    Who wrote it is the adult it went to, if it comes from a mailbox that is theirs alone; else nobody is guessed.
    """
    mailbox = parseaddr(_header(message, "From"))[1]
    words, files = kept_whole(_words(message, raw)), _said_of_files(message)
    came = {
        "number": mailbox[:254],
        "way": Touch.Way.EMAIL,
        "words": words or files,
        "at": clock.now(),
        "notice": notice,
        "adult": _writer(notice.adult, mailbox),
    }
    kept, is_new = incoming.take_once(_name_of(message, raw), came, school_id=notice.school_id)
    if not is_new:
        return kept
    by = _actor(kept)
    if words and files:  # the office asks for them: they do not vanish in silence
        IncomingText.objects.create(school_id=notice.school_id, **came | {"words": files})
    if kept.adult and words and threads.reply_into_thread(kept, by=by):
        kept.state = IncomingText.State.THREADED
        kept.save()
    elif kept.adult and words:
        meant = Meant(open_ask(notice), notice)
        if meant.asked and incoming.is_taken(meant, words, by, way=Touch.Way.EMAIL):
            kept.ask, kept.state = meant.asked, IncomingText.State.ANSWERED
            kept.save()
        else:
            incoming.have_read(kept, by=by)
            reply_came.send(IncomingText, text=kept, by=by)
    audit.record("reach.mail_came", kept, by=by, state=kept.state)
    return kept


def _said_of_files(message: EmailMessage) -> str:
    """That files came along, which are not kept here; blank where none did."""
    try:
        number = files_of(message)
    except Exception:  # no library reads it: its words are kept as they came, and nothing is said of files
        return ""
    said = ngettext(
        "[%(number)s file came with a mail of theirs. Files are not kept here: please ask them to bring it.]",
        "[%(number)s files came with a mail of theirs. Files are not kept here: please ask them to bring them.]",
        number,
    )
    return said % {"number": number} if number else ""


def _writer(adult: Adult, mailbox: str) -> Adult | None:
    """The adult, if this mailbox is theirs alone. Who gave it up does not answer from it: it may be anybody's."""
    own = adult.contact_points.filter(channel=Channel.EMAIL, value__iexact=mailbox, shared=False, ended_on=None)
    return adult if mailbox and own.exists() else None


def _actor(kept: IncomingText) -> Actor:
    school = kept.school
    return Actor(
        adult_id=kept.adult_id, schools=frozenset([school.pk]), organisation=school.organisation_id, tier=Tier.LINK
    )


def _name_of(message: EmailMessage, raw: bytes) -> str:
    """What the mail calls itself; one that does not is called by what it says."""
    return _header(message, "Message-ID")[:200] or hashlib.sha256(raw).hexdigest()


def _take_bounce(message: EmailMessage, delivery: Delivery, raw: bytes) -> None:
    """What a mail server says about one of ours. That it is late, it says too: then nothing has come back yet."""
    late, lost = all_failures(message)
    if lost:
        receipts.report(
            delivery.pk, Delivery.State.UNDELIVERED, problem="It came back: no such mailbox, or it is full."
        )
    elif not late and not _is_from_a_machine(message):
        take_reply(message, delivery.notice, raw)
