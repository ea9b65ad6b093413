"""Asking for words in another language. What people do with them: `reviewing.py`.

The original is kept as it was typed. Where much hangs on the words, no family sees what no person has read; the
database holds to that, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from gatepost.core import audit, clock
from gatepost.know.models import Adult, Child
from gatepost.language.guessing import language_of, typed_in
from gatepost.language.sameness import fingerprint
from gatepost.language.stakes import high_stakes
from gatepost.language.yesno import yes_or_no
from gatepost.org.actor import Actor
from gatepost.org.calendar import school_days_after
from gatepost.reach.models import Translation
from gatepost.reach.queries.tongues import ENGLISH, may_show

WITHIN = 2  # school days
FEW = 3  # so few words can be a yes


@dataclass(frozen=True)
class Wanted:
    """Words to be had in another language: where they stand, and whose they are."""

    of: UUID
    part: str
    words: str
    school_id: UUID
    adult: Adult | None = None
    child: Child | None = None
    high: bool = False


def ask_out(wanted: Wanted, tag: str, *, by: Actor | None) -> Translation | None:
    """Ask for the school's words in a family's language. None: they are in English, or not in English to begin with.

    Holds afterwards: what a person of this school has read before is taken again, where little hangs on it; where much
    does, it is offered to whoever reads it now.
    """
    if not tag or typed_in(wanted.words, tag) != ENGLISH:
        return None
    high = wanted.high or high_stakes(wanted.words)
    row = _row(wanted, source=ENGLISH, target=tag, high=high, incoming=False)
    remember(row)
    row.save()
    audit.record("reach.translation_asked", row, by=by, language=tag, high=high, state=row.state)
    return row


def ask_in(wanted: Wanted, tag: str, *, by: Actor | None) -> Translation | None:
    """Ask what a family's words say. None where they are English; nobody is left waiting for an engine."""
    if not tag:
        return None
    row = _row(wanted, source=tag, target=ENGLISH, high=True, incoming=True)
    row.save()
    audit.record("reach.translation_asked", row, by=by, language=tag, high=True, state=row.state)
    return row


def hear(wanted: Wanted, *, by: Actor | None) -> Translation | None:
    """The same, where nobody has looked yet in which language the words are. A plain yes or no needs nobody."""
    if len(wanted.words.split()) <= FEW and yes_or_no(wanted.words) is not None:
        return None
    adult = wanted.adult
    return ask_in(wanted, language_of(wanted.words, adult.language if adult else ""), by=by)


def _row(wanted: Wanted, *, source: str, target: str, high: bool, incoming: bool) -> Translation:
    return Translation(
        school_id=wanted.school_id,
        of=wanted.of,
        part=wanted.part,
        incoming=incoming,
        original=wanted.words,
        fingerprint=fingerprint(wanted.words),
        source=source,
        target=target,
        stakes=Translation.Stakes.HIGH if high else Translation.Stakes.LOW,
        adult=wanted.adult,
        child=wanted.child,
        asked_at=clock.now(),
        due_on=school_days_after(wanted.school_id, clock.today(), WITHIN),
    )


def remember(row: Translation) -> None:
    """Take what a person of this school has made of the same words before; where much hangs on it, as an offer."""
    before = (
        Translation.objects.filter(
            school=row.school_id,
            fingerprint=row.fingerprint,
            source=row.source,
            target=row.target,
            state=Translation.State.REVIEWED,
            incoming=row.incoming,
        )
        .order_by("-reviewed_at")
        .first()
    )
    if before is None:
        return
    row.words, row.proposed_by_id = before.words, before.reviewed_by_id
    if row.stakes == Translation.Stakes.LOW:
        row.state, row.reviewed_by_id, row.reviewed_at = before.state, before.reviewed_by_id, before.reviewed_at
    else:
        row.state = Translation.State.PROPOSED


def show(row: Translation | None) -> Translation | None:
    """Let the family read it from now on, if it may; returns what it may read."""
    if row is None or not may_show(row):
        return None
    if row.shown_at is None:
        row.shown_at = clock.now()
        row.save(update_fields=["shown_at"])
    return row
