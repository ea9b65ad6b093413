"""Hears texts that answer an invitation: yes, no, a time that we have offered, or what would help them to come."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import receiver

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.language.yesno import yes_or_no
from gatepost.meet import helps, notices, queries, services
from gatepost.meet.models import Arrangement, InterpreterBooking, Invitation, Slot
from gatepost.meet.queries.together import asked_along
from gatepost.meet.services import helping, wishing
from gatepost.meet.wishes import wishes_at
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.models import Ask, Notice, Touch, Translation
from gatepost.reach.signals import text_came, words_came

OFFERED = 3  # times in one text
MOST = 9  # things to tick in one text: each has one digit
COME, HELP = "meet.come", notices.HELP
_DIGITS = re.compile(r"[\d\s.,;:)+&!/-]+")


@receiver(text_came)
def _invited(
    sender: object, *, asked: Ask, told: Notice, words: str, alone: bool, way: Touch.Way, by: Actor, **_: Any
) -> bool:
    """A yes brings the first times that are free, a no is an answer, numbers mean what this message numbered.

    An adult with two children may have been asked what would help with one, and be answering for the other: times come
    with the child's name, and a no that could be about either a person reads. So it does with all that is neither.
    """
    if asked.question not in (COME, HELP):
        return False
    if numbers := _numbers(words):
        return _numbered(told, numbers, words, way=way, by=by)
    meant = yes_or_no(words)
    if asked.question == HELP and meant is False:
        _has_answered(asked, words, way=way, by=by)  # nothing would
        return True
    return meant is not None and _said(asked, told, words, meant, alone, way=way, by=by)


def _said(asked: Ask, told: Notice, words: str, comes: bool, alone: bool, *, way: Touch.Way, by: Actor) -> bool:
    invitation = _open_invitation(asked)
    if invitation is None or not (alone or (comes and not _is_asked_along(invitation))):
        return False
    if _is_asked_along(invitation):
        services.say_along(invitation, comes=comes, by=by, way=way)
        return True
    if comes:
        return _offer(invitation, by=by)
    if told.kind == notices.times.name:  # none of these times, or not at all: a person asks
        return False
    services.say_no(invitation, value="declined", words=words, by=by, way=way)
    return True


def _is_asked_along(invitation: Invitation) -> bool:
    """Whether that is what they were asked last."""
    kinds = [notices.invitation.name, notices.times.name, notices.asked_along.name]
    last = (
        Notice.objects.filter(adult=invitation.adult_id, kind__in=kinds, subject=invitation.pk)
        .order_by("-created_at")
        .first()
    )
    return last is not None and last.kind == notices.asked_along.name and asked_along(invitation) is not None


def _numbers(words: str) -> list[int]:
    """The digits of a text that is nothing else, in whichever digits they write."""
    bare = words.strip()
    return [unicodedata.digit(sign) for sign in bare if sign.isdigit()] if _DIGITS.fullmatch(bare) else []


def _open_invitation(asked: Ask) -> Invitation | None:
    """The newest invitation of this adult that has no answer yet; where this is one, this."""
    theirs = Invitation.objects.filter(adult=asked.adult_id, ask__answers=None)
    found = theirs.filter(ask=asked) if asked.question == COME else theirs.order_by("-ask__asked_at")
    invitation = found.select_related("event", "adult", "child").first()
    return invitation if invitation and invitation.event.is_for(invitation.adult_id) else None


def _numbered(told: Notice, numbers: list[int], words: str, *, way: Touch.Way, by: Actor) -> bool:
    """Take the time, or write down what would help, by what this message numbered."""
    invitation = Invitation.objects.filter(pk=told.subject).first() if told.subject else None
    if invitation is None or not invitation.event.is_for(invitation.adult_id):
        return False
    if told.kind == notices.what_helps.name:
        return _help(invitation, told, numbers, words, way=way, by=by)
    if told.kind != notices.times.name or len(numbers) != 1:
        return False
    offered = [UUID(told.params[f"slot_{place}"]) for place in range(1, OFFERED + 1)]
    return _take(invitation, offered, numbers[0], way=way, by=by)


def _take(invitation: Invitation, offered: list[UUID], number: int, *, way: Touch.Way, by: Actor) -> bool:
    """Book it; where somebody else has just taken it, the times that are left are offered."""
    if not 1 <= number <= len(offered):
        return False
    slot, held = Slot.objects.filter(pk=offered[number - 1]).first(), queries.booking_of(invitation)
    if slot is None:
        return False
    try:
        with transaction.atomic():
            wishes = wishes_at(held) if held else services.Wishes()
            services.book(invitation, slot, wishes=wishes, by=by, way=way)
    except Refused:
        return _offer(invitation, by=by)
    _has_answered(invitation, str(number), way=way, by=by)
    _ask_what_helps(invitation, by=by)
    return True


def _offer(invitation: Invitation, *, by: Actor) -> bool:
    """Text the first times that are free, those that fit before others. Where too few are left, a person helps."""
    free = [time for time in queries.times_for(invitation, None) if not time.taken and time.starts_at > clock.now()]
    free.sort(key=lambda time: not time.fits)
    if len(free) < OFFERED:
        return False
    params: dict[str, str] = {}
    for place, time in enumerate(free[:OFFERED], 1):
        params |= {f"slot_{place}": str(time.slot_id), f"time_{place}_at": time.starts_at.isoformat()}
    reach.tell(invitation.adult, notices.times, about=invitation.child, subject=invitation.pk, by=by, **params)
    return True


def _ask_what_helps(invitation: Invitation, *, by: Actor) -> None:
    """Whoever has booked by text is asked once by text what would help them to come: others tick it on the page."""
    told = Notice.objects.filter(adult=invitation.adult_id, subject=invitation.pk)
    if told.filter(kind=notices.what_helps.name).exists():
        return
    adult = invitation.adult
    ticks = dict(list(helps.by_text(invitation.event, adult).items())[:MOST])
    said = helps.in_words(ticks, reach.language_for(adult))
    numbered = {f"value_{number}": value for number, value in enumerate(ticks, 1)}
    numbered["choices"] = "\n".join(f"{number}: {words}" for number, words in enumerate(said, 1))
    reach.ask(adult, HELP, about=invitation.child)
    reach.tell(adult, notices.what_helps, about=invitation.child, subject=invitation.pk, by=by, **numbered)


def _help(invitation: Invitation, asked: Notice, numbers: list[int], words: str, *, way: Touch.Way, by: Actor) -> bool:
    """Write it down as if it was ticked, and say what we arrange."""
    ticked = [asked.params.get(f"value_{number}", "") for number in numbers]
    if not all(ticked):
        return False
    wishes = helps.wishes_of(ticked, invitation.adult)
    promised = wishing.wish_also(invitation, wishes=wishes, by=by)
    helping.tell_promised(promised, by=by)
    _has_answered(invitation, words, way=way, by=by)
    if wishes.interpreter_wish == InterpreterBooking.Wish.OTHER_DATE:
        _offer(invitation, by=by)
    return True


def _has_answered(of: Invitation | Ask, words: str, *, way: Touch.Way, by: Actor) -> None:
    """What was asked by text waits no longer."""
    for question in Ask.objects.filter(adult=of.adult_id, child=of.child_id, question=HELP, answers=None):
        reach.answer(question, "said", words=words, way=way, by=by)


@receiver(words_came)
def _arranged_in_their_language(sender: object, *, row: Translation, by: Actor | None, **_: Any) -> None:
    """Somebody has put how it is arranged into the adult's language: they are told again, in it."""
    done = Arrangement.objects.filter(pk=row.of).exclude(at=None).first()
    if done and done.asked_at:
        helping.tell_arranged(done, by=by)
