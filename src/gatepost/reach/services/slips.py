"""Answers on paper: somebody keys in the slip that came back, and it counts like a click. None is lost or guessed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.plain import kept as kept_whole
from gatepost.org.actor import Actor
from gatepost.reach.delivery.letters import read_reference
from gatepost.reach.models import IncomingText, Notice, Sheet, Thread, Touch
from gatepost.reach.notices import broadcast, message, praise, worry
from gatepost.reach.onpaper import CALL, PAPERS, Box, Paper, register_paper
from gatepost.reach.services.incoming import have_read
from gatepost.reach.services.threads import receive


def find_sheet(typed: str) -> Sheet | None:
    """The sheet whose slip has this number, at this school."""
    reference = read_reference(typed)
    found = Sheet.objects.filter(reference=reference).exclude(reference="")
    return found.select_related("delivery__notice__adult", "delivery__notice__child").first()


@transaction.atomic
def key_in(sheet: Sheet, ticked: Sequence[str], words: str, *, by: Actor) -> None:
    """Write in what came back on a slip.

    Holds afterwards: what was asked is answered as by a click, by way of paper; a wish to be rung, and words that
    answer nothing, wait for the office; a slip is keyed in once.
    """
    if not ticked and not words.strip():
        raise Refused(_("Nothing is ticked and nothing is written. Was the slip empty? Then ask the family."))
    still = Sheet.objects.filter(pk=sheet.pk, keyed_at=None)
    if not still.update(keyed_at=clock.now(), keyed_by_id=by.staff_id):
        raise Refused(_("Somebody has keyed this slip in already."))
    notice = sheet.delivery.notice
    paper = PAPERS.get(notice.kind)
    answers = [value for value in ticked if value != CALL]
    said = kept_whole(words)
    taken = paper.take(notice, answers, said, by) if paper and (answers or said) else False
    rest = [] if taken or not said else [said]
    if CALL in ticked:
        rest = [_ring_me(sheet), *rest]
    if rest:
        _for_the_office(sheet.reference, "\n".join(rest), notice=notice, by=by)
    audit.record("reach.slip_keyed", sheet, by=by, ticked=len(ticked), taken=taken)


def _ring_me(sheet: Sheet) -> str:
    return next((box["words"] for box in sheet.boxes if box["value"] == CALL), "Please ring me.")


@transaction.atomic
def key_in_unmatched(typed: str, words: str, *, by: Actor) -> IncomingText:
    """A slip whose number nobody can read, or that is not ours: a person finds out whose it is, nobody guesses."""
    if not words.strip():
        raise Refused(_("Please write what stands on it."))
    return _for_the_office(typed.strip()[:20], kept_whole(words), notice=None, by=by)


def _for_the_office(number: str, words: str, *, notice: Notice | None, by: Actor) -> IncomingText:
    kept = IncomingText.objects.create(
        school_id=by.school_id,
        way=Touch.Way.PAPER,
        number=number,
        words=words,
        at=clock.now(),
        notice=notice,
        adult=notice.adult if notice else None,
    )
    have_read(kept, by=by)
    audit.record("reach.words_came", kept, by=by)
    return kept


# ── what is written on the slips of messages falls into their thread ─────────────────────────────


def _no_boxes(notice: Notice) -> list[Box]:
    return []


def _into_the_thread(notice: Notice, ticked: list[str], words: str, by: Actor) -> bool:
    thread = Thread.objects.filter(pk=notice.subject).first() if notice.subject else None
    if thread is None or not words:
        return False
    receive(thread, words, way=Touch.Way.PAPER, by=by)
    return True


for kind in (message, praise, worry, broadcast):
    register_paper(kind, Paper(asks=_no_boxes, take=_into_the_thread))
