"""The verbs of promising: open a record, write down, promise, share, keep or not, and hear whether it made sense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.agree import notices, queries
from gatepost.agree.models import Action, Record, Revision, Target
from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.meet.models import Booking
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.reach import services as reach
from gatepost.reach.kinds import NoticeKind
from gatepost.reach.models import Answer, Touch

WORDS = (
    "parent_says",
    "nothing_to_add",
    "strengths",
    "works_at_home",
    "concerns",
    "aspirations",
    "child_view",
    "priorities",
    "summary_plain",
    "contact_between",
    "next_on",
    "no_next_because",
)
"""The fields of a record that somebody types."""

ONE_SITTING = timedelta(seconds=60)
ONE_MOMENT = timedelta(seconds=10)
RING_WITHIN = 2  # school days
CALL_BACK = "Ring the family: the summary did not quite make sense."  # for staff; families read a sentence of their own

type Typed = Mapping[str, str | bool | date | None]


class SavedMeanwhile(Refused):
    """Somebody else saved after the version that this writer saw. Nothing of either was lost."""


@dataclass(frozen=True)
class Promise:
    """What somebody types to promise something."""

    text: str
    side: Action.Side
    owner: Person | None
    due_on: date


@transaction.atomic
def open_record(booking: Booking, *, by: Actor) -> Record:
    """Begin to write down a talk. Pressing it twice begins it once.

    Holds afterwards: the record belongs to the adult who booked, and to the member of staff who listens.
    """
    if booking.status != Booking.Status.BOOKED:
        raise Refused(_("This time was given back. Please open the time that the family holds now."))
    invitation = booking.invitation
    record, fresh = Record.objects.get_or_create(
        booking=booking,
        defaults={
            "school_id": booking.school_id,
            "adult": invitation.adult,
            "child": invitation.child,
            "teacher": booking.slot.host,
            "created_at": clock.now(),
        },
    )
    if fresh:
        audit.record("agree.opened", record, by=by)
    return record


@transaction.atomic
def write_down(record: Record, content: Typed, *, seen_version: int, by: Actor) -> Record:
    """Save what was typed, if nobody else saved in between.

    Holds afterwards: the record holds these words and a revision holds them too; where somebody else was quicker,
    theirs stand, and this writer is told. The family still sees what was shared.
    """
    typed = {name: content[name] for name in WORDS if name in content}
    current = Record.objects.get(pk=record.pk)
    if all(getattr(current, name) == value for name, value in typed.items()):
        return current
    seen = _own_hand(current, seen_version, by=by)
    ours = Record.objects.filter(pk=record.pk, version=seen)
    if not ours.update(version=seen + 1, **typed):
        raise SavedMeanwhile(_("Somebody else saved this page while you were writing. Nothing is lost."))
    current.refresh_from_db()
    _revise(current, by=by)
    return current


def _own_hand(record: Record, seen: int, *, by: Actor) -> int:
    """The version a writer may build on: the one they saw, or the save that their own page made a moment ago.

    A page saves by itself and by the button; where the button is quicker, nobody else was in between.
    """
    last = record.revisions.first()
    overtaken = (
        last
        and last.number == record.version == seen + 1
        and last.by_id == by.person_id
        and clock.now() - last.at < ONE_MOMENT
    )
    return record.version if overtaken else seen


def _revise(record: Record, *, by: Actor) -> None:
    """Keep the version: in the last row, if the same person wrote it in this sitting and nobody was shown it."""
    last = record.revisions.first()
    content = queries.content_of(record, WORDS)
    if last and _same_sitting(last, record, by):
        Revision.objects.filter(pk=last.pk).update(number=record.version, at=clock.now(), content=content)
        return
    made = Revision.objects.create(
        school_id=record.school_id,
        record=record,
        number=record.version,
        by_id=_person(by),
        began_at=clock.now(),
        at=clock.now(),
        content=content,
    )
    audit.record("agree.wrote_down", made, by=by, number=made.number)


def _same_sitting(last: Revision, record: Record, by: Actor) -> bool:
    return (
        last.by_id == by.person_id
        and last.number == record.version - 1
        and last.number != record.shared_number
        and clock.now() - last.began_at < ONE_SITTING
    )


def _person(by: Actor) -> Any:
    if by.person_id is None:
        raise Refused(_("Only a member of staff can do this."))
    return by.person_id


@transaction.atomic
def turn_to(record: Record, stage: Record.Stage, *, by: Actor) -> None:
    """Remember the stage to go on from, on this device or another."""
    if record.stage != stage:
        Record.objects.filter(pk=record.pk).update(stage=stage)
        audit.record("agree.turned_to", record, by=by, stage=stage)


@transaction.atomic
def add_target(record: Record, *, text: str, kind: Target.Kind, measure: str, review_on: date, by: Actor) -> Target:
    """Write down what the child works towards, and when it is looked at again."""
    target = Target.objects.create(
        school_id=record.school_id, record=record, text=text, kind=kind, measure=measure, review_on=review_on
    )
    audit.record("agree.target_set", target, by=by)
    return target


@transaction.atomic
def drop_target(target: Target, *, by: Actor) -> None:
    """Take back a target that the family has not seen yet."""
    _refuse_after_sharing(target.record)
    audit.record("agree.target_dropped", target, by=by)
    target.delete()


@transaction.atomic
def promise(record: Record, promised: Promise, *, by: Actor) -> Action:
    """Write down who does what by when.

    Holds afterwards: a promise of the school has a named owner, who is no parent or carer of the child.
    """
    owner = promised.owner if promised.side == Action.Side.SCHOOL else None
    if promised.side == Action.Side.SCHOOL and owner is None:
        raise Refused(_("Please say who at the school will do it."))
    if owner and queries.cares_for(owner, record.child):
        raise Refused(_("Please choose somebody else at the school for this promise."))
    if promised.due_on < clock.today():
        raise Refused(_("That day has passed. Please choose a day to come."))
    action = Action.objects.create(
        school_id=record.school_id,
        record=record,
        text=promised.text,
        side=promised.side,
        owner=owner,
        due_on=promised.due_on,
    )
    audit.record("agree.promised", action, by=by, side=action.side)
    return action


@transaction.atomic
def drop(action: Action, *, by: Actor) -> None:
    """Take back a promise that the family has not seen yet. Afterwards it is kept, or not kept because."""
    _refuse_after_sharing(action.record)
    audit.record("agree.promise_dropped", action, by=by)
    action.delete()


def _refuse_after_sharing(record: Record) -> None:
    if record.is_shared:
        raise Refused(_("The family has seen this. Say whether it was kept, or why not."))


@transaction.atomic
def share(record: Record, *, by: Actor) -> Record:
    """Let the family read what was said and promised, and ask whether it made sense.

    Holds afterwards: the family was asked for their words, the school has promised something, and the next date, or why
    there is none, is written down; the page shows exactly this version; shared again, it asks again.
    """
    current = _held(record)
    missing = queries.missing(current)
    if missing:
        raise Refused(" ".join(missing))
    if current.is_shared and not current.is_newer_than_shared:
        return current
    _put_out(current, by=by)
    audit.record("agree.shared", current, by=by, number=current.version)
    reach.tell(current.adult, notices.summary, about=current.child, subject=current.pk, by=by)
    return current


def _held(record: Record) -> Record:
    """The record as it stands, kept from others until we are done: a double press is one. Before the audit trail."""
    return Record.objects.select_for_update(no_key=True).get(pk=record.pk)


def _put_out(record: Record, *, by: Actor) -> None:
    """Mark the version that the family sees. A save in between stops it: nobody shares what they have not read."""
    if not record.revisions.filter(number=record.version).exists():
        _revise(record, by=by)
    question = record.understood or reach.ask(record.adult, "agree.sense", about=record.child)
    still = Record.objects.filter(pk=record.pk, version=record.version)
    if not still.update(understood=question, shared_at=clock.now(), shared_number=record.version):
        raise SavedMeanwhile(_("Somebody else has just changed this. Please read it again before you share it."))
    record.refresh_from_db()


@transaction.atomic
def keep(action: Action, *, by: Actor) -> None:
    """Say that a promise was kept. The family is told; a call that was made is not announced, it was the telling.

    Holds afterwards: it is closed once, however often the button is pressed.
    """
    _close(action, state=Action.State.KEPT, because="")
    audit.record("agree.kept", action, by=by)
    if action.kind == Action.Kind.CALL_BACK:
        record = action.record
        reach.touch(
            record.adult, child=record.child, way=Touch.Way.PHONE, two_way=True, school_id=record.school_id, by=by
        )
        return
    _tell(action, notices.promise_kept, by=by)


@transaction.atomic
def not_kept(action: Action, *, because: str, by: Actor) -> None:
    """Say that a promise was not kept, and why. The family is told, and reads the reason on their page."""
    if not because.strip():
        raise Refused(_("Please say why. The family will read it."))
    _close(action, state=Action.State.NOT_KEPT, because=because.strip())
    audit.record("agree.not_kept", action, by=by)
    _tell(action, notices.promise_not_kept, by=by)


def _close(action: Action, *, state: Action.State, because: str) -> None:
    live = Action.objects.filter(pk=action.pk, state=Action.State.OPEN)
    if not live.update(state=state, because=because, closed_at=clock.now()):
        raise Refused(_("Somebody has already said how this promise went."))
    action.refresh_from_db()


def _tell(action: Action, kind: NoticeKind, *, by: Actor) -> None:
    """Tell the family of the school's own promises, once they know of them. Theirs they know themselves."""
    record = action.record
    if record.is_shared and action.side == Action.Side.SCHOOL:
        reach.tell(record.adult, kind, about=record.child, subject=record.pk, by=by)


@transaction.atomic
def say_sense(record: Record, *, made_sense: str, words: str = "", by: Actor) -> Answer:
    """Keep whether the summary made sense to the adult.

    Holds afterwards: "not quite" stands as a promise of the teacher to ring within two school days, once.
    """
    _held(record)
    said = reach.answer(queries.asked(record), made_sense, words=words, way=Touch.Way.WEB, by=by)
    audit.record("agree.said_sense", record, by=by, value=made_sense)
    if made_sense == queries.NOT_QUITE and not queries.waits_for_a_call(record):
        action = Action.objects.create(
            school_id=record.school_id,
            record=record,
            kind=Action.Kind.CALL_BACK,
            text=CALL_BACK,
            side=Action.Side.SCHOOL,
            owner=record.teacher,
            due_on=clock.school_days_after(clock.today(), RING_WITHIN),
        )
        audit.record("agree.promised", action, by=by, side=action.side, kind=action.kind)
    return said


@transaction.atomic
def correct(record: Record, *, words: str, by: Actor) -> Answer:
    """Keep what the adult says is wrong or missing, in their own words. The teacher sees it beside the record."""
    if not words.strip():
        raise Refused(_("Please write what is wrong or missing."))
    said = reach.answer(queries.asked(record), queries.CORRECTION, words=words.strip(), way=Touch.Way.WEB, by=by)
    audit.record("agree.corrected", record, by=by)
    return said
