"""Whom we told nothing although others of the same child were told: by which rule, or by none.

Denying a parent needs a rule. This is where a school sees whether it had one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gatepost.core import clock
from gatepost.disclosure import RULES, Fact, Standing, Tri, Verdict
from gatepost.disclosure.gate import decide_all
from gatepost.know.models import Care
from gatepost.know.queries import Pair, care_facts_of
from gatepost.know.rules import children_open_to
from gatepost.measure.releases import Number, Table
from gatepost.measure.suppression import Count, Sheet, Sum, published
from gatepost.meet import notices
from gatepost.meet.models import Eligible, Event, Invitation
from gatepost.org.actor import Actor
from gatepost.reach.kinds import KINDS
from gatepost.reach.models import Notice
from gatepost.reach.services.optouts import ASKED_FOR_NONE

WINDOWS = (7, 30, 90)  # days that one can look back
EVENTS = 40  # the newest events that are looked through
LEARNING = frozenset({Fact.EDUCATION, Fact.LOGISTICS})


@dataclass(frozen=True)
class LeftOut:
    """One adult who was not told one thing about one child, and what to do about it."""

    adult_id: UUID
    adult: str
    child: str
    what: str
    at: datetime
    rule: str  # blank: there was none
    step: str
    url: str = ""
    tell: tuple[UUID, UUID, UUID] | None = None  # event, adult, child: one press invites them

    @property
    def why(self) -> str:
        """The rule in words."""
        if self.rule == ASKED_FOR_NONE:
            return _("They want none of these messages")
        return RULES[self.rule] if self.rule else _("No rule: tell them")


def left_out(actor: Actor, days: int) -> list[LeftOut]:
    """Adults with responsibility, parents and carers who were left out of something about learning or a meeting.

    Those without a rule come first. The number of queries does not depend on how many there are.
    """
    since = clock.now() - timedelta(days=days)
    rows = [*_not_sent(actor, since), *_never_written(actor, since)]
    return sorted(rows, key=lambda row: (bool(row.rule), -row.at.timestamp(), row.adult, row.child))


def _bonds(actor: Actor) -> QuerySet[Care]:
    """Bonds of adults who are to be treated alike: with responsibility, or a parent or carer by standing."""
    alike = Q(responsibility=Tri.YES) | Q(standing__in=[Standing.PARENT, Standing.CARER])
    return Care.objects.filter(alike, child__in=children_open_to(actor), ended_on=None)


def _not_sent(actor: Actor, since: datetime) -> Iterator[LeftOut]:
    """Notices that were written and did not leave."""
    kinds = [kind.name for kind in KINDS.values() if kind.facts & LEARNING]
    stuck = [Notice.State.BY_HAND, Notice.State.HELD, Notice.State.BARRED]
    rows = Notice.objects.filter(created_at__gte=since, kind__in=kinds, state__in=stuck, child__isnull=False)
    found = list(rows.select_related("adult", "child"))
    bonds = {
        (care.adult_id, care.child_id): care for care in _bonds(actor).filter(adult__in={row.adult_id for row in found})
    }
    for notice in found:
        care = bonds.get((notice.adult_id, notice.child_id)) if notice.child_id else None
        if care and notice.child:
            rule = "" if notice.state == Notice.State.BY_HAND else notice.rule
            yield LeftOut(
                notice.adult_id, notice.adult.name, notice.child.called, _kind(notice.kind), notice.created_at, rule,
                *_step(notice, care),
            )  # fmt: skip


def _step(notice: Notice, care: Care) -> tuple[str, str]:
    if notice.state == Notice.State.BY_HAND:
        return _("Say it in person"), reverse("front:say", args=[notice.pk])
    if notice.state == Notice.State.HELD:
        return _("Settle what they are to the child"), reverse("front:settle", args=[care.pk])
    if notice.rule == ASKED_FOR_NONE:
        return _("Nothing: it is their wish"), ""
    return _("Look at the orders"), reverse("front:orders")


def _kind(name: str) -> str:
    words = {
        "meet.invitation": _("Invitation"),
        "meet.booked": _("The time they have"),
        "agree.summary": _("Summary of a talk"),
        "agree.promise_kept": _("A promise that was kept"),
    }
    return words.get(name) or _("A message")


def _never_written(actor: Actor, since: datetime) -> Iterator[LeftOut]:
    """Adults of invited children who have no invitation to the same event."""
    events = {event.pk: event for event in Event.objects.filter(sent_at__gte=since)[:EVENTS]}
    invited: dict[UUID, set[Pair]] = defaultdict(set)
    for event, adult, child in Invitation.objects.filter(event__in=events).values_list("event", "adult", "child"):
        invited[event].add((adult, child))
    children = {child for pairs in invited.values() for _adult, child in pairs}
    by_child: dict[UUID, list[Care]] = defaultdict(list)
    for care in _bonds(actor).filter(child__in=children).select_related("adult", "child"):
        by_child[care.child_id].append(care)
    eligible = set(Eligible.objects.filter(event__in=events).values_list("event", "adult"))
    missing = [
        (event, care)
        for event, pairs in invited.items()
        for child in {child for _adult, child in pairs}
        for care in by_child[child]
        if (care.adult_id, child) not in pairs
        and (not events[event].for_some or (event, care.adult_id) in eligible)  # for others there is no such event
    ]
    yield from _judged(events, missing)


def _judged(events: dict[UUID, Event], missing: Sequence[tuple[UUID, Care]]) -> Iterator[LeftOut]:
    """What the gate says today of those who were not invited."""
    facts = care_facts_of((care.adult_id, care.child_id) for _event, care in missing)
    last = _last_times(event for event, _care in missing)
    for event_id, care in missing:
        event, today = events[event_id], clock.today()
        said = decide_all(facts[care.adult_id, care.child_id], notices.invitation.facts, on=today)
        words, at = _("Invitation: %(title)s") % {"title": event.title}, event.sent_at or event.made_at
        who = (care.adult_id, care.adult.name, care.child.called, words, at)
        if said.verdict is Verdict.HOLD:
            step = _("Settle what they are to the child")
            yield LeftOut(*who, said.rule, step, reverse("front:settle", args=[care.pk]))
        elif not said.allowed:
            yield LeftOut(*who, said.rule, _("Look at the orders"), reverse("front:orders"))
        elif event_id in last and last[event_id] > clock.now():
            yield LeftOut(*who, "", _("Invite them now"), tell=(event_id, care.adult_id, care.child_id))
        else:
            step = _("It is over: ring them, and note the talk")
            yield LeftOut(*who, "", step, reverse("reach:note_talk", args=[care.adult_id]))


def _last_times(events: Iterable[UUID]) -> dict[UUID, datetime]:
    rows = Event.objects.filter(pk__in=set(events)).order_by().annotate(last=Max("slots__starts_at"))
    return {pk: last for pk, last in rows.values_list("pk", "last") if last}


def tables(rows: Sequence[LeftOut]) -> tuple[Table, ...]:
    """How many adults were left out, by rule. Each adult is counted once, under the first of their rows."""
    first: dict[UUID, str] = {}
    for row in rows:
        first.setdefault(row.adult_id, row.why)
    counted = Counter(first.values())
    counts = [Count("all", len(first)), *(Count(f"rule/{why}", number) for why, number in counted.items())]
    sums = (Sum("all", tuple(f"rule/{why}" for why in counted)),) if counted else ()
    known: dict[str, Number] = published(Sheet(tuple(counts), sums))
    lines = [(why, (known[f"rule/{why}"],)) for why in sorted(counted)]
    return (Table(_("Left out, by rule"), (_("Adults"),), ((_("All adults"), (known["all"],)), *lines)),)
