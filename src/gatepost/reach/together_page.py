"""What can wait for one adult, shown at once: what they will get together, what they got lately, and how often."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gatepost.core import clock
from gatepost.disclosure import Disclosed
from gatepost.disclosure.gate import decide_all
from gatepost.know.confirming import is_confirmed
from gatepost.know.models import Adult, Barrier, ContactPoint, Together
from gatepost.know.queries import Privacy, best_contact, care_facts_of
from gatepost.language.dates import london_day, say_when
from gatepost.org.actor import Actor
from gatepost.reach import notices
from gatepost.reach.delivery import timing
from gatepost.reach.delivery.few import most_a_week, when_together
from gatepost.reach.delivery.render import all_of, fill, link_for, values_of
from gatepost.reach.kinds import KINDS
from gatepost.reach.links import NewLink, keep
from gatepost.reach.models import Delivery, FamilyLink, Notice
from gatepost.reach.services import tell_there

LATELY = timedelta(days=30)
MOST = 50
SHOWN = (Notice.State.QUEUED, Notice.State.SENT, Notice.State.BY_HAND)


@dataclass(frozen=True)
class Row(Disclosed):
    """One thing that can wait: enough to know what it is about, and whether it has been sent."""

    pk: UUID
    title: str
    on: date
    words: str = ""  # all of it, where it leads nowhere


@dataclass(frozen=True)
class Page(Disclosed):
    """All of it for one adult at one school."""

    waits: tuple[Row, ...]
    sent: tuple[Row, ...]
    every: str  # blank, daily, weekly
    next_at: str
    few: int | None = None  # so many a week come by themselves, since there is a lot on them


def shown(link: FamilyLink, adult: Adult, tag: str) -> Page:
    """The page behind a link. Where others read along, or nobody has confirmed who reads, it says only that it is."""
    told = _open_to(link)
    waits = {notice.pk for notice in told if notice.state == Notice.State.QUEUED}
    rows = [(_row(notice, tag, neutral=_reads_along(link)), notice.pk in waits) for notice in told]
    few = _few(link, adult)
    moment = timing.round_after(adult, clock.now()).not_before if adult.together else None
    if few is not None:
        moment = when_together(adult).not_before
    return Page(
        waits=tuple(row for row, waiting in rows if waiting),
        sent=tuple(row for row, waiting in rows if not waiting),
        every=adult.together,
        next_at=say_when(moment, tag) if moment else "",
        few=few,
    )


def _few(link: FamilyLink, adult: Adult) -> int | None:
    """How many come by themselves in a week; None: as many as there are, or none since they wait for a round."""
    said = not adult.together and adult.barriers.filter(kind=Barrier.Kind.PRESSURE).exists()
    return most_a_week(link.school_id) if said else None


def _open_to(link: FamilyLink) -> list[Notice]:
    """What this adult may be told today, the newest first: the gate is asked again of each."""
    kinds = [kind.name for kind in KINDS.values() if kind.can_wait]
    since = clock.now() - LATELY
    theirs = Notice.objects.filter(adult=link.adult, school=link.school_id, kind__in=kinds, state__in=SHOWN)
    told = list(theirs.filter(created_at__gt=since).select_related("adult", "child", "school"))
    told.sort(key=lambda notice: (notice.created_at, notice.kind, str(notice.child_id)), reverse=True)
    known = care_facts_of((notice.adult_id, notice.child_id) for notice in told if notice.child_id)
    private, today = _private_to(link.contact_point, told), clock.today()
    return [
        notice
        for notice in told
        if notice.child_id in private
        and decide_all(known[notice.adult_id, notice.child_id], KINDS[notice.kind].facts, on=today).allowed
    ][:MOST]


def _private_to(point: ContactPoint | None, told: Iterable[Notice]) -> set[UUID]:
    """The children of whom this place may hear: nobody reads along from whom it is to be kept."""
    children = {notice.child_id for notice in told if notice.child_id}
    if point is None or not point.shared:
        return children
    privacy = Privacy.of([point], children)
    return {child for child in children if privacy.private(point, child)}


def _reads_along(link: FamilyLink) -> bool:
    return link.nameless or not (link.contact_point is None or is_confirmed(link.contact_point))


def _row(notice: Notice, tag: str, *, neutral: bool) -> Row:
    kind, on = KINDS[notice.kind], london_day(notice.created_at)
    if neutral:
        return Row(notice.pk, fill("reach/notices/shared.subject", {}), on)
    values: dict[str, Any] = all_of(notice) | values_of(notice, tag)
    words = "" if kind.opens else fill(f"{kind.template}.sms", values)
    return Row(notice.pk, fill(f"{kind.template}.subject", values), on, words)


def one_open_to(link: FamilyLink, pk: UUID) -> Notice | None:
    """One of them, as long as it leads somewhere and is open to this adult."""
    return next((told for told in _open_to(link) if told.pk == pk and KINDS[told.kind].opens), None)


@transaction.atomic
def new_address(link: FamilyLink, told: Notice) -> str:
    """A link to one of them, made now for the place that the first went to: the page behind it asks for its proof."""
    made = list[NewLink]()
    address = link_for(told, KINDS[told.kind], link.contact_point, made, None)
    keep(made)
    return address.removeprefix(settings.GATEPOST_ORIGIN)


@transaction.atomic
def plan_anew(adult: Adult) -> None:
    """They have chosen otherwise: what waits goes at the hour they like now, or at once. Safe to do again.

    What a sender has in hand goes as it was.
    """
    waits = Delivery.objects.filter(notice__adult=adult, state=Delivery.State.QUEUED, together_at__gt=clock.now())
    now = clock.now()
    anew = timing.round_after(adult, now) if adult.together else timing.at_the_next_chance(notices.together, adult, {})
    waits.update(not_before=anew.not_before, together_at=anew.not_before)


def say_that_it_is_so(adult: Adult, *, by: Actor) -> None:
    """Tell whoever gets it together from now on: where to read it before that, and how to end it."""
    point = best_contact(adult)
    if point is None or not adult.together:
        return
    weekly = adult.together == Together.WEEKLY
    tell_there(point, notices.together, school_id=by.school_id, subject=adult.pk, by=by, weekly=weekly)
