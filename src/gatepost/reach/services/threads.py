"""Writing with one adult about one child, to and fro. What is written to them is a notice like any other.

Two adults of a child are never in one thread. Staff stand there by name; nobody's number or address does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.plain import kept
from gatepost.disclosure import Verdict
from gatepost.know.models import Adult, Child
from gatepost.know.queries import is_read_first
from gatepost.language.guessing import language_of, typed_in
from gatepost.language.plain import look_over
from gatepost.org.actor import Actor
from gatepost.org.pressing import kept_once
from gatepost.org.rules import may_know_of_orders
from gatepost.reach import kinds, notices, sayings, services
from gatepost.reach.kinds import Tone
from gatepost.reach.models import IncomingText, Message, Sense, Thread, Touch, Translation
from gatepost.reach.models.translations import MESSAGE
from gatepost.reach.queries import tongues
from gatepost.reach.sayings import Saying
from gatepost.reach.services import may_tell, tell, translating

KINDS = {Tone.GOOD: notices.praise, Tone.NEUTRAL: notices.message, Tone.CONCERN: notices.worry}
OPEN_FOR = timedelta(days=30)  # so long a text falls into the thread in which the school wrote last
LONGEST = 2000


@dataclass(frozen=True)
class Page:
    """The page from which somebody writes to a family."""

    answers: datetime | None = None  # all that the family had said by then; where none of it was shown, it still waits
    key: UUID | None = None  # of the press of its button (`press_of`), which is done once


@transaction.atomic
def write(
    adult: Adult,
    words: str = "",
    *,
    about: Child,
    tone: Tone = Tone.NEUTRAL,
    said: Saying = (),
    high: bool = False,
    page: Page = Page(),
    by: Actor,
) -> Message:
    """Write to one adult about one child: in phrases that they read in their own language, or in words of one's own.

    `high`: it is about rights, safety, money or special needs. `page`: from which it is written.

    Holds afterwards: the words are in their thread, and on their way as a notice; or, where an order stands about the
    child and the writer may not know of it, they wait for somebody who may; or for their words in the adult's language.
    Refused where the gate does not let pass.
    """
    if said:
        words, tone = sayings.words(said, "en", adult=adult.name, child=about.called), sayings.tone_of(said)
    what = {"words": words, "said": list(said), "tone": tone, "high": high}
    return _write(adult, about, what, page, by=by)


@transaction.atomic
def write_letter(adult: Adult, said: Saying, *, about: Child, signed: str, page: Page = Page(), by: Actor) -> Message:
    """Write a letter of praise to one adult about what they do: on paper wherever one gets there, signed by name.

    Holds afterwards: as with `write`; and it waits for the printer, and counts as good news.
    """
    words = sayings.words(said, "en", adult=adult.name, child=about.called)
    what = {"words": words, "said": list(said), "tone": Tone.GOOD, "signed": signed}
    return _write(adult, about, what, page, by=by)


def _write(adult: Adult, about: Child, what: dict[str, Any], page: Page, *, by: Actor) -> Message:
    words, tone = what["words"].strip(), what["tone"]
    if not words:
        raise Refused(_("Please write a few words."))
    _refuse_closed(adult, about, tone)
    waits = is_read_first(about) and not may_know_of_orders(by)
    state = Message.State.TO_PASS if waits else Message.State.SENT
    message, is_new = _keep(adult, about, what | {"words": words[:LONGEST], "state": state}, page.key, by=by)
    if not is_new:
        return message
    if page.answers:
        _answered(message.thread_id, page.answers)
    audit.record(
        "reach.message_written", message, by=by, tone=tone, waits=waits, phrases=len(what["said"]), age=hard(words)
    )
    if not waits:
        _let_out(message, by=by)
    return message


def hard(words: str) -> float | None:
    """The reading age of words that are so hard to read that somebody answers for them."""
    found = look_over(words)
    return found.age if found.stops else None


def _keep(adult: Adult, child: Child, what: dict[str, Any], key: UUID | None, *, by: Actor) -> tuple[Message, bool]:
    begun = {"school_id": child.school_id, "begun_at": clock.now()}
    thread, _made = Thread.objects.get_or_create(adult=adult, child=child, defaults=begun)
    tag = typed_in(what["words"], adult.language)
    return _kept_once(key, thread, {"by_id": by.staff_id, "language": tag, **what})


def _kept_once(key: UUID | None, thread: Thread, what: dict[str, Any]) -> tuple[Message, bool]:
    """The message, and whether it is new: one press of a button makes one."""
    row = what | {"school_id": thread.school_id, "thread": thread, "at": clock.now()}
    return kept_once(Message, key, row)


def _let_out(message: Message, *, by: Actor) -> None:
    """Send it, or have it put into the adult's language first."""
    adult, child = message.thread.adult, message.thread.child
    wanted = translating.Wanted(
        message.pk, MESSAGE, message.words, message.school_id, adult=adult, child=child, high=message.high
    )
    tag = tongues.read_by(adult)
    row = None if tag in tongues.spoken(message.said) else translating.ask_out(wanted, tag, by=by)
    if row and tongues.waits(row):
        message.state = Message.State.TO_SAY
        message.save(update_fields=["state"])
    else:
        _send(message, row, by=by)


@transaction.atomic
def go_on(message: Message, row: Translation | None, *, by: Actor | None) -> None:
    """What waited for the adult's language leaves now: with those words, or without where nobody can give them.

    The gate is asked again, and so is whether somebody has to read it first: an order may be newer than the words.
    """
    thread = message.thread
    first = is_read_first(thread.child) and message.passed_by_id is None and not (by and may_know_of_orders(by))
    shut = may_tell(thread.adult, KINDS[Tone(message.tone)], about=thread.child).verdict is not Verdict.ALLOW
    state = Message.State.SENT_BACK if shut else Message.State.TO_PASS if first else Message.State.SENT
    if not Message.objects.filter(pk=message.pk, state=Message.State.TO_SAY).update(state=state):
        raise Refused(_("This does not wait any more."))
    message.refresh_from_db()
    if state == Message.State.SENT:
        _send(message, row, by=by)
    if state == Message.State.SENT_BACK:
        _waits_for_other_words(message)


def _waits_for_other_words(message: Message) -> None:
    """Nothing has left: the thread waits, so that whoever wrote sees it."""
    still = Thread.objects.filter(pk=message.thread_id)
    still.update(wrote_last=message.by_id, waits_since=Coalesce("waits_since", clock.now()))


def _refuse_closed(adult: Adult, child: Child, tone: Tone) -> None:
    if may_tell(adult, KINDS[Tone(tone)], about=child).verdict is not Verdict.ALLOW:
        raise Refused(_("Please speak to the office before you write to this adult."))


def _send(message: Message, row: Translation | None, *, by: Actor | None) -> None:
    thread = Thread.objects.select_related("adult", "child").get(pk=message.thread_id)
    Thread.objects.filter(pk=thread.pk).update(wrote_last=message.by_id, told_at=clock.now())
    who = message.by.name if message.by else ""
    kind = notices.praise_letter if message.signed else KINDS[Tone(message.tone)]
    theirs = tongues.params_of(translating.show(row))
    tag = tongues.read_by(thread.adult)
    needed = tag not in tongues.spoken(message.said) and message.language == tongues.ENGLISH
    params = {"words": message.words, "who": who, **({"said": message.said} if message.said else {})}
    params |= theirs or ({"sorry": True} if needed else {})
    if message.signed:
        params["signed"] = message.signed
    elif message.tone == Tone.GOOD and not message.said:
        params["home"] = [{"say": sayings.ANYTHING}]
    tell(thread.adult, kind, about=thread.child, subject=thread.pk, by=by, **params)


@transaction.atomic
def pass_on(message: Message, *, send: bool, by: Actor) -> None:
    """A second reader lets a colleague's words go, or sends them back. The gate is asked again."""
    thread = message.thread
    if send:
        _refuse_closed(thread.adult, thread.child, Tone(message.tone))
    state = Message.State.SENT if send else Message.State.SENT_BACK
    waiting = Message.objects.filter(pk=message.pk, state=Message.State.TO_PASS)
    if not waiting.update(state=state, passed_by=by.staff_id):
        raise Refused(_("Somebody has just read this."))
    audit.record("reach.message_passed", message, by=by, sent=send)
    if send:
        message.refresh_from_db()
        _let_out(message, by=by)
    else:
        _waits_for_other_words(message)


@transaction.atomic
def receive(
    thread: Thread, words: str, *, way: Touch.Way = Touch.Way.WEB, key: UUID | None = None, by: Actor
) -> Message:
    """Take in what the family writes. It waits until somebody has answered, or said that no answer is needed."""
    if not words.strip():
        raise Refused(_("Please write a few words."))
    words = kept(words)
    tag = language_of(words, thread.adult.language)
    message, is_new = _kept_once(key, thread, {"words": words, "language": tag or "en", "way": way})
    if not is_new:
        return message
    heard = translating.Wanted(message.pk, MESSAGE, words, thread.school_id, adult=thread.adult, child=thread.child)
    translating.ask_in(heard, tag, by=by)
    Thread.objects.filter(pk=thread.pk).update(waits_since=Coalesce("waits_since", message.at))
    thread.refresh_from_db(fields=["waits_since"])
    services.touch(thread.adult, child=thread.child, way=way, two_way=True, school_id=thread.school_id, by=by)
    audit.record("reach.message_came", message, by=by, way=way)
    return message


@transaction.atomic
def no_answer_needed(thread: Thread, *, seen: datetime | None = None, by: Actor) -> None:
    """Somebody has read it, and there is nothing to answer. What has come since they looked (`seen`) still waits."""
    if not Thread.objects.filter(pk=thread.pk, waits_since__isnull=False).exists():
        raise Refused(_("Nothing waits here."))
    _answered(thread.pk, seen or clock.now())
    audit.record("reach.message_settled", thread, by=by)


def _answered(thread_id: UUID, until: datetime) -> None:
    """What the family had said by then waits no longer; what it has said since does."""
    held = Thread.objects.select_for_update(no_key=True).get(pk=thread_id)  # whoever writes just now comes first
    if held.waits_since is None or held.waits_since > until:
        return
    later = Message.objects.filter(thread=held, by=None, at__gt=until).order_by("at")
    ours = Message.objects.filter(thread=held, by__isnull=False)
    unclear = Sense.objects.filter(of__in=ours.values("pk"), clear=False, at__gt=until).order_by("at")
    since = [said.at for said in (later.first(), unclear.first()) if said]
    Thread.objects.filter(pk=held.pk).update(waits_since=min(since, default=None))


def take_into_thread(text: IncomingText, *, asked_at: datetime | None, by: Actor) -> bool:
    """Let a text fall into the one thread in which the school wrote last; nowhere, where that is not plain.

    Not where a question came after it, nor where two threads are open, nor where the gate has closed since.
    """
    open_ones = Thread.objects.filter(
        adult=text.adult, school=text.school_id, told_at__gt=clock.now() - OPEN_FOR
    ).select_related("adult", "child")
    found = list(open_ones[:2])
    if len(found) != 1 or not text.words.strip():
        return False
    thread = found[0]
    if asked_at and thread.told_at and asked_at > thread.told_at:
        return False
    if not may_tell(thread.adult, notices.message, about=thread.child).allowed:
        return False
    receive(thread, text.words, way=Touch.Way.SMS, by=by)
    return True


def reply_into_thread(text: IncomingText, *, by: Actor) -> bool:
    """Let a mail that replies to a message fall into its thread; nowhere, where it replies to something else.

    A yes or a no in it answers what that message said, and no question that happens to be open.
    """
    told = text.notice
    if told is None or told.subject is None or kinds.KINDS[told.kind].opens != notices.THREAD_OPENS:
        return False
    thread = Thread.objects.filter(pk=told.subject, adult=text.adult).select_related("adult", "child").first()
    if thread is None or not may_tell(thread.adult, notices.message, about=thread.child).allowed:
        return False
    receive(thread, text.words, way=Touch.Way.EMAIL, by=by)
    return True
