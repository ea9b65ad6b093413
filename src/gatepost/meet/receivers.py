"""Hears texts that answer an invitation: yes, no, or the number of a time that we have offered by text."""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import receiver

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.language.yesno import yes_or_no
from gatepost.meet import notices, queries, services
from gatepost.meet.models import Invitation, Slot
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.models import Ask, Notice, Touch
from gatepost.reach.signals import text_came

OFFERED = 3  # times in one text


@receiver(text_came)
def _invited(sender: object, *, asked: Ask, words: str, way: Touch.Way, by: Actor, **_: Any) -> bool:
    """A yes brings the first times that are free, a number takes one, a no is an answer; all else a person reads."""
    found = Invitation.objects.filter(ask=asked) if asked.question == "meet.come" else Invitation.objects.none()
    invitation = found.select_related("event", "adult", "child").first()
    if invitation is None or not invitation.event.is_for(invitation.adult_id):
        return False
    offered = _offered(invitation)
    number = _number(words)
    if offered and number is not None:
        return _take(invitation, offered, number, way=way, by=by)
    meant = yes_or_no(words) if number is None else None
    if meant is False:
        services.say_no(invitation, value="declined", words=words, by=by, way=way)
        return True
    return bool(meant) and _offer(invitation, by=by)


def _number(words: str) -> int | None:
    """The one digit that a text is, in whichever digits they write."""
    bare = words.strip().rstrip(".!)")
    return unicodedata.digit(bare, None) if len(bare) == 1 else None


def _offered(invitation: Invitation) -> list[UUID]:
    """The times of the last text with times, in their order."""
    last = Notice.objects.filter(kind=notices.times.name, subject=invitation.pk).order_by("-created_at").first()
    return [UUID(last.params[f"slot_{place}"]) for place in range(1, OFFERED + 1)] if last else []


def _take(invitation: Invitation, offered: list[UUID], number: int, *, way: Touch.Way, by: Actor) -> bool:
    """Book it; where somebody else has just taken it, the times that are left are offered."""
    if not 1 <= number <= len(offered):
        return False
    slot = Slot.objects.filter(pk=offered[number - 1]).first()
    if slot is None:
        return False
    try:
        with transaction.atomic():
            services.book(invitation, slot, wishes=services.Wishes(), by=by, way=way)
    except Refused:
        return _offer(invitation, by=by)
    return True


def _offer(invitation: Invitation, *, by: Actor) -> bool:
    """Text the first times that are free. Where fewer are left than a text holds, a person helps."""
    free = [time for time in queries.times_for(invitation, None) if not time.taken and time.starts_at > clock.now()]
    if len(free) < OFFERED:
        return False
    params: dict[str, str] = {}
    for place, time in enumerate(free[:OFFERED], 1):
        params |= {f"slot_{place}": str(time.slot_id), f"time_{place}_at": time.starts_at.isoformat()}
    reach.tell(invitation.adult, notices.times, about=invitation.child, subject=invitation.pk, by=by, **params)
    return True
