"""Letting the family read a record; and the second reader, who comes first where an order stands about the child."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.agree import notices, queries, readable
from gatepost.agree.models import Action, Hand, Reading, Record
from gatepost.agree.services.writing import SavedMeanwhile, person_of, revise
from gatepost.agree.words import ask_for_words
from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.queries import is_read_first
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.kinds import NoticeKind


@transaction.atomic
def share(record: Record, *, by: Actor) -> Record:
    """Let the family read what was said and promised, and ask whether it made sense; or have it read first.

    Holds afterwards: the family was asked for their words, the school has promised something, and the next date, or why
    there is none, is written down; the page shows exactly this version; shared again, it asks again. Where an order
    stands about the child, the family is shown nothing before a second reader has let it go.
    """
    current = _ready(record)
    if _is_news(current) and readable.hardest(current) is not None:
        raise Refused(_("Some of this is too hard to read. Please say it in plainer words, or share it as it is."))
    return _share(current, by=by)


@transaction.atomic
def share_as_it_is(record: Record, *, by: Actor) -> Record:
    """The same, though it is hard to read: somebody answers for it.

    Holds afterwards: the audit trail says who let it go, and how hard it is.
    """
    current = _ready(record)
    age = readable.hardest(current)
    if age is not None and _is_news(current):
        audit.record("agree.shared_hard_words", current, by=by, number=current.version, age=age)
    return _share(current, by=by)


def _ready(record: Record) -> Record:
    current = held(record)
    missing = queries.missing(current)
    if missing:
        raise Refused(" ".join(missing))
    return current


def _is_news(record: Record) -> bool:
    return not record.is_shared or record.is_newer_than_shared or queries.has_unread(record)


def _share(current: Record, *, by: Actor) -> Record:
    if not _is_news(current):
        return current
    if not current.revisions.filter(number=current.version).exists():
        revise(current, by=by)
    if waits_for_reader(current):
        ask_reader(current, number=current.version, by=by)
    else:
        _let_out(current, current.version, by=by)
    return current


def held(record: Record) -> Record:
    """The record as it stands, kept from others until we are done: a double press is one. Before the audit trail."""
    return Record.objects.select_for_update(no_key=True).get(pk=record.pk)


def _let_out(record: Record, number: int, *, by: Actor) -> None:
    """Show the family this version and all that waited, and tell them what is news to them."""
    is_news = number != record.shared_number
    reasons = list(record.actions.filter(because_waits=True).values_list("pk", flat=True))
    if is_news:
        _put_out(record, number)
    record.targets.filter(waits=True).update(waits=False)
    record.actions.update(waits=False, because_waits=False)
    audit.record("agree.shared", record, by=by, number=number)
    ask_for_words(record, by=by)
    if is_news:
        reach.tell(record.adult, notices.summary, about=record.child, subject=record.pk, by=by)
    for action in Action.objects.filter(pk__in=reasons).select_related("record"):
        tell_of(action, notices.promise_not_kept, by=by)


def _put_out(record: Record, number: int) -> None:
    """Mark the version that the family sees. A save in between stops it: nobody shares what they have not read."""
    question = record.understood or reach.ask(record.adult, "agree.sense", about=record.child)
    still = Record.objects.filter(pk=record.pk, version=record.version)
    if not still.update(understood=question, shared_at=clock.now(), shared_number=number):
        raise SavedMeanwhile(_("Somebody else has just changed this. Please read it again before you share it."))
    record.refresh_from_db()


def ask_for_what_is_shown(record: Record, *, by: Actor) -> None:
    """Something was added to what the family sees: they are to read it in their language, too."""
    if record.is_shared:
        ask_for_words(record, by=by)


def tell_of(action: Action, kind: NoticeKind, *, by: Actor) -> None:
    """Tell the family of the school's own promises, once they know of them. Theirs they know themselves."""
    record = action.record
    if record.is_shared and action.side == Action.Side.SCHOOL and not action.waits:
        reach.tell(record.adult, kind, about=record.child, subject=record.pk, by=by)


# ── the second reader ────────────────────────────────────────────────────────────────────────────


def waits_for_reader(record: Record) -> bool:
    """Whether words of this record are read by somebody else before the family gets them. Begun, it is finished."""
    return queries.waiting_reading(record) is not None or is_read_first(record.child)


def ask_reader(record: Record, *, number: int | None, by: Actor) -> Reading:
    """Put a record before a second reader, in this version. Asked again while it waits, the newest version counts."""
    reading = queries.waiting_reading(record)
    if reading is None:
        reading = Reading.objects.create(
            school_id=record.school_id,
            record=record,
            number=number or record.version,
            asked_by_id=person_of(by),
            asked_at=clock.now(),
        )
        audit.record("agree.reader_asked", reading, by=by, number=reading.number)
    elif number and number > reading.number:
        Reading.objects.filter(pk=reading.pk).update(number=number)
        audit.record("agree.reader_asked", reading, by=by, number=number)
    Hand.objects.get_or_create(reading=reading, person_id=person_of(by), defaults={"school_id": record.school_id})
    return reading


def add_to_reading(record: Record, *, by: Actor) -> bool:
    """Have something read first that was added to what the family sees already. Says whether it has to be."""
    if not record.is_shared or not waits_for_reader(record):
        return False
    ask_reader(record, number=record.shared_number, by=by)
    return True


@transaction.atomic
def release(reading: Reading, *, seen: str, by: Actor) -> None:
    """Let it go: the family is shown what this reader has seen, and told.

    Holds afterwards: exactly that went out, to the letter; it was released once, and not by whoever wrote it.
    """
    record = held(reading.record)
    reading.refresh_from_db()
    _refuse_as_reader(reading, by)
    if queries.fingerprint(queries.passages(reading)) != seen:
        raise Refused(_("Something was changed after you opened this. Please read it again."))
    if not queries.promises_of_the_school(record).exists():
        raise Refused(_("The school’s promise was taken back. Please send this back."))
    _settle(reading, Reading.State.RELEASED, by=by)
    audit.record("agree.read_first", reading, by=by, number=reading.number)
    _let_out(record, reading.number, by=by)


@transaction.atomic
def send_back(reading: Reading, *, words: str, by: Actor) -> None:
    """Give it back to whoever wrote it, with words. Nothing is lost, and the family is shown none of it."""
    if not words.strip():
        raise Refused(_("Please write what should be different."))
    held(reading.record)
    reading.refresh_from_db()
    _refuse_as_reader(reading, by)
    _settle(reading, Reading.State.SENT_BACK, by=by, words=words.strip())
    audit.record("agree.sent_back", reading, by=by)


def _refuse_as_reader(reading: Reading, by: Actor) -> None:
    if reading.state != Reading.State.WAITING:
        raise Refused(_("Somebody has read this already."))
    if reading.hands.filter(person=by.person_id).exists():
        raise Refused(_("Somebody else has to read what you have written."))


def _settle(reading: Reading, state: Reading.State, *, by: Actor, words: str = "") -> None:
    reading.state, reading.words, reading.read_by_id, reading.read_at = state, words, person_of(by), clock.now()
    reading.save()
