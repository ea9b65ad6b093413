"""Puts what can wait for one adult into one message: each thing keeps its own promise and its own attempt.

One attempt leads, the others go along: they are taken up, handed over, refused, repeated and reported with it. Each
has passed the gate by itself just before, so what is stopped is not in the message, and the rest is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from gatepost.core import clock
from gatepost.know.models import Channel
from gatepost.reach import notices
from gatepost.reach.delivery.render import Letter, is_neutral, letter_for
from gatepost.reach.kinds import KINDS
from gatepost.reach.links import NewLink
from gatepost.reach.models import Delivery, Notice

State = Delivery.State
LEADS = (State.QUEUED, State.CLAIMED, State.ON_WIRE)


def gather() -> None:
    """Let what is due for one adult, at one telephone or mailbox and in one language, go in one message.

    Safe to do again, and by two senders at once: whose lead has come to an end goes by itself again.
    """
    if _without_lead().exists() or _alone().exists():
        _gather()


def _without_lead() -> QuerySet[Delivery]:
    waits = Delivery.objects.filter(state=State.QUEUED, along__isnull=False)
    return waits.exclude(along__state__in=LEADS)


def _alone() -> QuerySet[Delivery]:
    """What has waited long enough, and neither leads nor goes along; letters lie in one envelope anyway."""
    leads_some = Exists(Delivery.objects.filter(along=OuterRef("pk")))
    due = Delivery.objects.filter(state=State.QUEUED, not_before__lte=clock.now(), together_at__isnull=False)
    return due.filter(~leads_some, along=None).exclude(channel=Channel.LETTER)


@transaction.atomic
def _gather() -> None:
    _without_lead().update(along=None)
    rows = _alone().select_for_update(of=("self",)).order_by("id").select_related("notice")
    for _alike, some in groupby(sorted(rows, key=_of_one), _of_one):
        first, *others = sorted(some, key=_first)
        if others:
            Delivery.objects.filter(pk__in=[each.pk for each in others]).update(along=first)


def _of_one(delivery: Delivery) -> tuple[str, ...]:
    notice = delivery.notice
    return str(notice.adult_id), str(delivery.contact_point_id), delivery.channel, notice.language


def _first(delivery: Delivery) -> tuple[bool, datetime, str, str, str]:
    """What can be stopped with one click leads, then the oldest; never by chance."""
    return not KINDS[delivery.notice.kind].optional, *_in_turn(delivery.notice)


def _in_turn(told: Notice) -> tuple[datetime, str, str, str]:
    return told.created_at, told.kind, str(told.child_id), str(told.params)


def company_of(leads: Iterable[Delivery]) -> list[Delivery]:
    """What goes along with these, which are being taken up: nobody else takes it up meanwhile."""
    waited = [lead.pk for lead in leads if lead.together_at]
    if not waited:
        return []
    theirs = Delivery.objects.filter(along__in=waited, state=State.QUEUED).select_for_update(of=("self",))
    return list(theirs.select_related("notice__adult", "notice__child", "notice__school", "contact_point"))


def joined(worded: Sequence[tuple[Delivery, Letter]], links: list[NewLink]) -> list[tuple[Letter, list[Delivery]]]:
    """Each message, and what it carries, the lead first. Where the lead was stopped, the next one leads."""
    messages = defaultdict[UUID, list[tuple[Delivery, Letter]]](list)
    for delivery, letter in worded:
        messages[delivery.along_id or delivery.pk].append((delivery, letter))
    made = list[tuple[Letter, list[Delivery]]]()
    for some in messages.values():
        some.sort(key=lambda each: each[0].along_id is not None)
        (lead, letter), others = some[0], [delivery for delivery, _letter in some[1:]]
        if lead.along_id:
            _lead_on(lead, others)
        if others:
            letter = replace(_one_letter(lead, _in_their_order(some), links), stop=letter.stop)
        made.append((letter, [lead, *others]))
    return made


def _in_their_order(some: Sequence[tuple[Delivery, Letter]]) -> list[Letter]:
    return [letter for _, letter in sorted(some, key=lambda each: _in_turn(each[0].notice))]


def _lead_on(lead: Delivery, others: Sequence[Delivery]) -> None:
    Delivery.objects.filter(pk=lead.pk).update(along=None)
    Delivery.objects.filter(pk__in=[each.pk for each in others]).update(along=lead)


def _one_letter(lead: Delivery, letters: Sequence[Letter], links: list[NewLink]) -> Letter:
    """How many there are, the page that has them all, and by mail each of them in full.

    A place that others read, or that nobody has confirmed, learns that there is a message, as ever.
    """
    told, point = lead.notice, lead.contact_point
    assert point is not None  # noqa: S101  what goes on paper is never put together
    about_all = Notice(
        school=told.school, adult=told.adult, language=told.language, kind=notices.together.name, subject=told.adult_id
    )
    about_all.params = {"many": len(letters)}
    frame = letter_for(about_all, point, links)
    if point.channel == Channel.SMS or is_neutral(notices.together, point):
        return frame
    return _with_all(frame, letters)


def _with_all(frame: Letter, letters: Sequence[Letter]) -> Letter:
    """All of them in full below what the frame says first; whom to ask stands once, at the end."""
    greeting, *said, ask = _paragraphs(frame.body)
    once = {greeting, *ask.splitlines()}
    for number, letter in enumerate(letters, 1):
        said.append(f"{number}. " + " ".join(letter.title.split()))
        own = ("\n".join(line for line in each.splitlines() if line not in once) for each in _paragraphs(letter.body))
        said += [each for each in own if each]
    return replace(frame, body="\n\n".join([greeting, *said, ask]), html="")


def _paragraphs(text: str) -> list[str]:
    return [each for each in re.split(r"\n\s*\n", text) if each.strip()]
