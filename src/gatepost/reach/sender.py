"""Hands the ledger's messages to the wire, one lease at a time, so that none is silently lost or repeated."""

from __future__ import annotations

import logging
import secrets
import time
import uuid
from collections import deque
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import batched, groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet

from gatepost.core import bulk, clock
from gatepost.core.readings import worded_once
from gatepost.know.models import Channel
from gatepost.org.models import School
from gatepost.reach import circuit, ladder, together
from gatepost.reach.channels import NoChannel, NotNow, Refusal, Transport, Unsure, Wires
from gatepost.reach.freezing import frozen
from gatepost.reach.kinds import KINDS
from gatepost.reach.ledger import reconcile
from gatepost.reach.models import Delivery, Notice
from gatepost.reach.preparing import LEASE, Ready, move, prepare, take
from gatepost.reach.services import release_settled

log = logging.getLogger(__name__)

FEWEST, BATCH, MOST = 10, 100, 400  # messages under one lease: at the least, at first, and at the most
PARTS, PART = 5, 20  # in which it goes to the wire, and their most: one may be uncertain when a machine dies
FRESH = 2  # seconds for which the words of a message are good
GIVE_UP_AFTER = timedelta(hours=72)  # trust.md F4
LONGEST_PAUSE = 240  # minutes between two attempts
MOST_REPEATS = 2  # of one message that may come twice; after that a person asks
State = Delivery.State
NEEDED = (
    *("school", "notice", "channel", "contact_point", "state", "fence", "attempts", "repeats", "parts"),
    *("together_at", "along"),
    *(f"notice__{name}" for name in ("school", "adult", "child", "kind", "language", "facts", "params", "subject")),
    *("notice__created_at", "notice__adult__name", "notice__adult__times", "notice__child__called"),
    *(f"contact_point__{name}" for name in ("adult", "channel", "value", "shared", "bounced_at")),
    *("contact_point__confirmed_at", "contact_point__confirm_again_on"),
)


def send_due(school: School) -> int:
    """Hand over everything that is due at this school. Returns how many were accepted."""
    settle_crashes()
    release_settled()
    reconcile()
    sent = 0
    ladder.leave_what_is_down()
    together.gather()
    with Wires() as wires:
        for channel in circuit.to_probe():
            sent += hand_over_all(claim(only=channel), wires)
        size = BATCH
        while batch := claim(most=size):
            began = time.monotonic()
            sent += hand_over_all(batch, wires)
            size = _next_size(size, time.monotonic() - began)
    return sent


def _next_size(size: int, seconds: float) -> int:
    """As many as the other side takes while words are good: what it does not take in time waits for another lease."""
    if seconds > FRESH:
        return max(size // 2, FEWEST)
    return min(size * 2, MOST) if seconds < FRESH / 4 else size


def settle_crashes() -> None:
    """What a crash left behind: before the wire it is tried again; on the wire nobody can say what became of it.

    Then the kind decides: what may come twice (a code) goes out once more, and says so; all else is shown to a person.
    """
    late = Delivery.objects.filter(leased_until__lt=clock.now())
    free = {"fence": None, "leased_until": None}
    late.filter(state=State.CLAIMED).update(state=State.QUEUED, **free)
    stopped = {"problem": "The sender stopped while handing it over.", **free}
    again = [kind.name for kind in KINDS.values() if kind.again]
    harmless = late.filter(state=State.ON_WIRE, notice__kind__in=again, repeats__lt=MOST_REPEATS)
    harmless.update(state=State.QUEUED, repeats=F("repeats") + 1, **stopped)
    late.filter(state=State.ON_WIRE).update(state=State.UNCERTAIN, **stopped)


def claim(*, only: str = "", most: int = 0) -> list[Delivery]:
    """Take a lease on a batch of due messages, in one transaction; nobody else can take the same ones.

    On PostgreSQL rows that another host has in hand are skipped, not waited for. None while all sending is stopped.
    None of a channel that is down; `only`: one message of this one, to see whether it is back.
    """
    due = Q(state=State.QUEUED, along=None) & ~Q(channel=Channel.LETTER)  # those wait for a print run
    if only:
        due &= Q(channel=only)
    else:
        due &= Q(not_before__lte=clock.now()) & ~Q(channel__in=circuit.channels_down())
    if not Delivery.objects.filter(due).exists() or frozen():
        return []
    fence = uuid.uuid4()
    with transaction.atomic():
        first = Delivery.objects.filter(due).order_by("not_before").select_for_update(skip_locked=True)
        # Read first: PostgreSQL may ask a sub-select anew for each row, and would take more than a batch.
        mine = dict(first.values_list("pk", "together_at")[: 1 if only else most or BATCH])
        take(Delivery.objects.filter(pk__in=mine), fence)
        if waited := [pk for pk, together_at in mine.items() if together_at]:
            take(Delivery.objects.filter(along__in=waited), fence)
    batch = _in_hand(fence)
    schools = School.objects.in_bulk({delivery.notice.school_id for delivery in batch})
    for delivery in batch:
        delivery.notice.school = schools[delivery.notice.school_id]  # what it has worked out once serves every letter
    return batch


@worded_once
def _in_hand(fence: UUID) -> QuerySet[Delivery]:
    """What a lease holds, with as much of its family as a message needs; the rest is read where it is asked for."""
    ours = Delivery.objects.filter(fence=fence, state=State.CLAIMED, along=None).order_by("not_before")
    return ours.select_related("notice__adult", "notice__child", "contact_point").only(*NEEDED)


def hand_over(delivery: Delivery) -> bool:
    """Hand over one message that is in hand. Whether it was accepted."""
    with Wires() as wires:
        return hand_over_all([delivery], wires) == 1


def hand_over_all(batch: Sequence[Delivery], wires: Wires) -> int:
    """Put a batch on the wire, a few at a time, and write down what became of each. Returns how many were taken.

    Holds afterwards: whatever goes wrong with one message stays with it; the next one is not kept waiting. The gate is
    asked for each few as they go to the wire, and only then are they worded; where the other side is slow, the rest
    waits as if nobody had taken it up.
    """
    stale, sent = time.monotonic() + FRESH, 0
    for group in batched(batch, min(max(len(batch) // PARTS, 1), PART)):
        if time.monotonic() > stale:
            _give_back([*group, *together.company_of(group, State.CLAIMED)], State.CLAIMED)
        else:
            sent += _hand_over_group(_on_wire(group), wires, stale)
    return sent


def _hand_over_group(group: Sequence[Ready], wires: Wires, stale: float) -> int:
    """Send each; what was taken is written down together, also when something unforeseen ends the work."""
    taken = list[Delivery]()
    left = deque(group)
    try:
        while left:
            each = left.popleft()
            if _send(each, wires):
                taken += each.all
            if time.monotonic() > stale:
                break
    finally:
        accepted = _accepted(taken)
        _give_back([one for each in left for one in each.all], State.ON_WIRE)
    return accepted


@transaction.atomic
def _on_wire(group: Sequence[Delivery]) -> list[Ready]:
    """Ask the gate, word what may go, mark it as on the wire, and begin its lease anew. Returns what is still ours."""
    ready, broken = prepare([*group, *together.company_of(group, State.CLAIMED)])
    for delivery, problem in broken:
        failed(delivery, problem)
    own = [one for each in ready for one in each.all]
    if _change(own, State.CLAIMED, state=State.ON_WIRE, leased_until=clock.now() + LEASE) == len(own):
        return ready
    kept = set(_ours(own, State.ON_WIRE).values_list("pk", flat=True))
    whole = [each for each in ready if kept.issuperset(one.pk for one in each.all)]
    gone = {one.pk for each in whole for one in each.all}
    _give_back([one for one in own if one.pk in kept - gone], State.ON_WIRE)  # its words are not all ours any more
    return whole


def _change(deliveries: Collection[Delivery], was: State, **to: Any) -> int:
    """Change those of one lease that nobody else has taken up since. Returns how many."""
    fences = {delivery.fence for delivery in deliveries}
    return bulk.change(Delivery, [each.pk for each in deliveries], was={"fence": fences, "state": [was]}, **to)


def _ours(deliveries: Collection[Delivery], state: str) -> QuerySet[Delivery]:
    """The same ones, to be looked at."""
    fences = {delivery.fence for delivery in deliveries}
    return Delivery.objects.filter(pk__in=[each.pk for each in deliveries], fence__in=fences, state=state)


def _give_back(deliveries: Collection[Delivery], was: str) -> None:
    """What has certainly not been sent waits again, as if nobody had taken it up."""
    if deliveries:
        waits = {"state": State.QUEUED, "fence": None, "leased_until": None}
        _ours(deliveries, was).update(attempts=F("attempts") - 1, **waits)


def _send(each: Ready, wires: Wires) -> bool:
    """Send one; all but a yes is written down at once, of all that it carries. Whether it was taken."""
    watch, letter = wires.watch, each.letter
    try:
        if watch.is_gone(letter.channel):
            raise NotNow("It was gone a moment ago.")
        wires.of(letter.channel).send(letter, each.delivery)
    except (NoChannel, Refusal) as problem:
        for one in each.all:
            failed(one, str(problem))
    except NotNow as problem:
        if problem.everywhere:
            watch.failed(each.delivery.school_id, letter.channel, str(problem))
        _later(each, str(problem), problem.until)
    except Unsure as problem:
        return _ask_or_leave_open(wires.of(letter.channel), each, str(problem))
    except DatabaseError:
        raise
    except Exception as broken:  # a transport may break in any way: it may have been handed over
        _uncertain(each, f"Something unforeseen happened while handing it over ({type(broken).__name__}).")
    else:
        watch.well(letter.channel)
        return True
    return False


@transaction.atomic
def _accepted(taken: Sequence[Delivery]) -> int:
    """Write down what the other side has taken, as far as it is still ours. Returns how many."""
    if not taken:
        return 0
    now, done = clock.now(), set[UUID]()
    for parts, of_it in groupby(sorted(taken, key=attrgetter("parts")), attrgetter("parts")):
        some = list(of_it)
        ours = {"state": State.ACCEPTED, "accepted_at": now, "leased_until": None, "parts": parts}
        if _change(some, State.ON_WIRE, **ours) == len(some):
            done |= {each.notice_id for each in some}
        else:
            done |= set(_ours(some, State.ACCEPTED).filter(accepted_at=now).values_list("notice", flat=True))
    bulk.change(Notice, done, was={}, state=Notice.State.SENT)
    return len(done)


@transaction.atomic
def _later(each: Ready, problem: str, until: datetime | None) -> None:
    """Try again, waiting twice as long each time, for three days; then a person is told."""
    lead = each.delivery
    if clock.now() - (lead.together_at or lead.notice.created_at) > GIVE_UP_AFTER:
        for one in each.all:
            failed(one, problem)
        return
    minutes = min(2**lead.attempts, LONGEST_PAUSE)
    jitter = minutes * secrets.randbelow(500) / 1000  # so that a thousand messages do not come back at once
    again = max(clock.now() + timedelta(minutes=minutes + jitter), until or clock.now())
    for one in each.all:
        waits = {"state": State.QUEUED, "fence": None, "leased_until": None, "not_before": again}
        move(one, State.ON_WIRE, **waits, problem=problem)


def _ask_or_leave_open(transport: Transport, each: Ready, problem: str) -> bool:
    """Ask the other side whether it has the message, where it can be asked; else nobody knows. Whether it has."""
    ask = getattr(transport, "was_taken", None)
    try:
        taken = ask(each.delivery) if ask else None
    except (NotNow, Unsure):
        taken = None
    if taken is None:
        _uncertain(each, problem)
    elif not taken:
        _later(each, problem, None)
    return bool(taken)


@transaction.atomic
def _uncertain(each: Ready, problem: str) -> None:
    """It may have been taken. What may come twice goes out once more and says so; of all else a person asks."""
    log.warning("delivery uncertain", extra={"delivery": str(each.delivery.pk)})
    free = {"fence": None, "leased_until": None, "problem": problem[:200]}
    if KINDS[each.delivery.notice.kind].again and each.delivery.repeats < MOST_REPEATS:
        again = {"repeats": F("repeats") + 1, "not_before": clock.now() + timedelta(minutes=1)}
        move(each.delivery, State.ON_WIRE, state=State.QUEUED, **free, **again)
        return
    for one in each.all:
        move(one, State.ON_WIRE, state=State.UNCERTAIN, **free)


@transaction.atomic
def failed(delivery: Delivery, problem: str) -> None:
    """It cannot be sent: it takes the next way, or the office says it. A hand that comes too late changes nothing."""
    log.warning("delivery failed", extra={"delivery": str(delivery.pk)})
    ours = Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence, state__in=[State.CLAIMED, State.ON_WIRE])
    if ours.update(state=State.FAILED, leased_until=None, problem=problem[:200]):
        ladder.fall(delivery.notice, by=None)
