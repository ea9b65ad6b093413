"""Writing down what is said at a talk: nothing is overwritten unseen, and every version is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.agree import queries
from gatepost.agree.models import Record, Revision
from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.meet.models import Booking
from gatepost.org.actor import Actor

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

type Typed = Mapping[str, str | bool | date | None]


class SavedMeanwhile(Refused):
    """Somebody else saved after the version that this writer saw. Nothing of either was lost."""


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
    revise(current, by=by)
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


def revise(record: Record, *, by: Actor) -> None:
    """Keep the version: in the last row, if the same person wrote it in this sitting and it was shown to nobody."""
    last = record.revisions.first()
    content = queries.content_of(record, WORDS)
    if last and _same_sitting(last, record, by):
        Revision.objects.filter(pk=last.pk).update(number=record.version, at=clock.now(), content=content)
        return
    made = Revision.objects.create(
        school_id=record.school_id,
        record=record,
        number=record.version,
        by_id=person_of(by),
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
        and not record.readings.filter(number=last.number).exists()
        and clock.now() - last.began_at < ONE_SITTING
    )


def person_of(by: Actor) -> Any:
    """The member of staff who acts."""
    if by.person_id is None:
        raise Refused(_("Only a member of staff can do this."))
    return by.person_id


@transaction.atomic
def turn_to(record: Record, stage: Record.Stage, *, by: Actor) -> None:
    """Remember the stage to go on from, on this device or another."""
    if record.stage != stage:
        Record.objects.filter(pk=record.pk).update(stage=stage)
        audit.record("agree.turned_to", record, by=by, stage=stage)
