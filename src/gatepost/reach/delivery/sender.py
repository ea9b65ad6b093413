"""Hands the ledger's messages to the wire, one lease at a time, so that none is silently lost or repeated."""

from __future__ import annotations

import logging
import secrets
import time
import uuid
from collections import deque
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import FETCH_ONE, F, QuerySet

from gatepost.core import bulk, clock, scope
from gatepost.core.readings import changed_once, worded_once
from gatepost.know.models import Channel
from gatepost.org.models import School
from gatepost.reach.channels import NoChannel, NotNow, Refusal, Transport, Unsure, Wires
from gatepost.reach.delivery import circuit, ladder, together, wire_notes
from gatepost.reach.delivery.ledger import reconcile
from gatepost.reach.delivery.preparing import LEASE, Ready, move, prepare
from gatepost.reach.delivery.wire_notes import Begun, Note
from gatepost.reach.kinds import KINDS
from gatepost.reach.models import Delivery, Notice
from gatepost.reach.services import release_settled
from gatepost.reach.services.freezing import frozen

log = logging.getLogger(__name__)

FEWEST, FIRST, MOST = 5, 20, 100  # messages under one lease: at the least, at first, and at the most
STOPPED = "The sender stopped while handing it over."
FRESH = 2  # seconds for which the words of a message are good
GIVE_UP_AFTER = timedelta(hours=72)  # trust.md F4
FEWEST_TRIES = 7  # of one way, however old the promise is: their pauses outwait whoever says "come back in an hour"
LONGEST_PAUSE = 240  # minutes between two attempts
MOST_REPEATS = 2  # of one message that may come twice; after that a person asks
State = Delivery.State
NEEDED = (
    *("school", "notice", "channel", "contact_point", "state", "fence", "attempts", "repeats", "parts"),
    *("together_at", "along"),
    *(f"notice__{name}" for name in ("school", "adult", "child", "kind", "language", "facts", "params", "subject")),
    *("notice__created_at", "notice__adult__name", "notice__adult__times", "notice__child__called"),
    *(f"contact_point__{name}" for name in ("adult", "channel", "value", "shared", "bounced_at")),
    *("contact_point__confirmed_at", "contact_point__confirm_again_on", "contact_point__ended_on"),
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
            if probe := take_up(1, only=channel):
                sent += hand_over(probe, wires)
        size = FIRST
        while part := take_up(size):
            began = time.monotonic()
            sent += hand_over(part, wires)
            size = _next_size(size, time.monotonic() - began)
    return sent


def _next_size(size: int, seconds: float) -> int:
    """As many as the other side takes while words are good: what it does not take in time waits for another lease."""
    if seconds > FRESH:
        return max(size // 2, FEWEST)
    return min(size * 2, MOST) if seconds < FRESH / 4 else size


def settle_crashes() -> None:
    """What senders left behind that were killed: what never left is tried again, what was taken is written down.

    Of one message nobody can say, or of all that were on the wire where no note says more (`wire_notes.py`). Then the
    kind decides: what may come twice (a code) goes out once more, and says so; all else is shown to a person. Whoever
    stands still, or is settling the same, is waited for as long again.
    """
    held = set[UUID]()
    for left in wire_notes.left_behind(scope.current().schools):
        if left.begun is None:
            held.add(left.fence)
        else:
            _settle_by_note(left.fence, left.begun)
    now = clock.now()
    late = Delivery.objects.filter(leased_until__lt=now).exclude(fence__in=held, leased_until__gte=now - LEASE)
    free = {"fence": None, "leased_until": None}
    late.filter(state=State.CLAIMED).update(state=State.QUEUED, **free)
    stopped = {"problem": STOPPED, **free}
    again = [kind.name for kind in KINDS.values() if kind.again]
    harmless = late.filter(state=State.ON_WIRE, notice__kind__in=again, repeats__lt=MOST_REPEATS)
    harmless.update(state=State.QUEUED, repeats=F("repeats") + 1, **stopped)
    late.filter(state=State.ON_WIRE).update(state=State.UNCERTAIN, **stopped)


@transaction.atomic
def _settle_by_note(fence: UUID, begun: Sequence[Begun]) -> None:
    rows = Delivery.objects.filter(fence=fence, state=State.ON_WIRE).select_related("notice")
    held = {row.pk: row for row in rows}
    messages = [[row for key in each.deliveries if (row := held.pop(key, None))] for each in begun]
    _give_back(list(held.values()), State.ON_WIRE)
    for each, message in zip(begun, messages, strict=True):
        for lead in message[:1]:
            lead.parts = each.parts
    _accepted([row for message in messages[:-1] for row in message])
    if messages and messages[-1]:
        _uncertain(messages[-1], STOPPED)


@dataclass(frozen=True)
class Part:
    """Some messages in words, marked as on the wire under one lease; and for how long the words are good."""

    ready: Sequence[Ready]
    note: Note
    stale: float
    leased_until: datetime

    def may_go(self, *, first: bool) -> bool:
        """Whether the next one may still leave: under our lease, and in words of a moment ago, but for the first."""
        return clock.now() < self.leased_until and (first or time.monotonic() < self.stale)


def take_up(most: int, *, only: str | None = None) -> Part | None:
    """Take a lease on some of what is due, ask the gate, word it and mark it as on the wire: in one transaction.

    Nobody else can take the same ones; on PostgreSQL rows that another host has in hand are skipped, not waited for.
    None where nothing is due, and while all sending is stopped. None of a channel that is down; `only`: what waits for
    this one, to see whether it is back.
    """
    asked = (only, clock.now(), tuple(circuit.channels_down()))
    if not _waiting(*asked) or frozen():
        return None
    stale, until, fence = time.monotonic() + FRESH, clock.now() + LEASE, uuid.uuid4()
    with ExitStack() as held:
        with transaction.atomic():
            due = _due(*asked, most)
            if not due:
                return None
            note = held.enter_context(Note(due[0].school_id, fence))
            ready = _on_wire(due, fence, until)
        held.pop_all()  # from here on the note is closed by whoever hands over
    return Part(ready, note, stale, until)


def _queued(only: str | None, now: datetime, down: Sequence[str]) -> QuerySet[Delivery]:
    waits = Delivery.objects.filter(state=State.QUEUED, along=None)
    if only:
        return waits.filter(channel=only)
    return waits.filter(not_before__lte=now).exclude(channel__in=[Channel.LETTER, *down])  # letters: for a print run


@worded_once
def _waiting(only: str | None, now: datetime, down: tuple[str, ...]) -> QuerySet[Delivery, Any]:
    return _queued(only, now, down).order_by().values_list("pk")[:1]


@worded_once
def _due(only: str | None, now: datetime, down: tuple[str, ...], most: int) -> QuerySet[Delivery]:
    """What is due, with as much of its family as a message needs; the rest is read where it is asked for."""
    first = _queued(only, now, down).order_by("not_before").select_for_update(skip_locked=True, of=("self",))
    whole = first.select_related("notice__adult", "notice__child", "contact_point").only(*NEEDED)
    return whole.fetch_mode(FETCH_ONE)[:most]


def _on_wire(due: Sequence[Delivery], fence: UUID, until: datetime) -> list[Ready]:
    """Ask the gate, word what may go, and mark it as on the wire. Returns what is ours."""
    schools = {school.pk: school for school in _schools({delivery.school_id for delivery in due})}
    for delivery in due:
        delivery.notice.school = schools[delivery.school_id]  # what it has worked out once serves every letter
    ready, broken = prepare([*due, *together.company_of(due)])
    for delivery, problem in broken:
        failed(delivery, problem)
    own = [one for each in ready for one in each.all]
    _mark([one.pk for one in own], fence, until)
    for one in own:
        one.state, one.fence = State.ON_WIRE, fence
        one.attempts += 1
    return ready


@worded_once
def _schools(keys: set[UUID]) -> QuerySet[School]:
    return School.objects.filter(pk__in=keys)


@changed_once
def _mark(keys: Sequence[UUID], fence: UUID, until: datetime) -> tuple[QuerySet[Delivery], dict[str, Any]]:
    mine = Delivery.objects.filter(pk__in=keys, state=State.QUEUED)
    return mine, {"state": State.ON_WIRE, "fence": fence, "leased_until": until, "attempts": F("attempts") + 1}


def hand_over(part: Part, wires: Wires) -> int:
    """Send one after the other, and write down what became of each. Returns how many were taken.

    Holds afterwards: whatever goes wrong with one message stays with it; the next one is not kept waiting. Where the
    other side is slow, the rest waits as if nobody had taken it up. What was taken is written down together, also when
    something unforeseen ends the work.
    """
    taken, left = list[Delivery](), deque(part.ready)
    with part.note:
        try:
            while left and part.may_go(first=len(left) == len(part.ready)):
                each = left[0]
                part.note.begin([one.pk for one in each.all], each.delivery.parts)
                left.popleft()
                if _send(each, wires, left[0] if left else None):
                    taken += each.all
        finally:
            accepted = _accepted(taken)
            _give_back([one for each in left for one in each.all], State.ON_WIRE)
    return accepted


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


def _send(each: Ready, wires: Wires, then: Ready | None) -> bool:
    """Send one; all but a yes is written down at once, of all that it carries. Whether it was taken.

    `then`: the one that follows, if nothing comes between.
    """
    watch, letter = wires.watch, each.letter
    try:
        if watch.is_gone(letter.channel):
            raise NotNow("It was gone a moment ago.")
        wire = wires.of(letter.channel)
        if then and then.letter.channel == letter.channel and (expect := getattr(wire, "expect", None)):
            expect(then.letter, then.delivery)
        wire.send(letter, each.delivery)
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
        _uncertain(each.all, f"Something unforeseen happened while handing it over ({type(broken).__name__}).")
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
    """Try again, waiting twice as long each time, for three days; then a person is told.

    What was first tried late (it was held back, or another way had failed) is tried some hours all the same.
    """
    lead = each.delivery
    old = clock.now() - (lead.together_at or lead.notice.created_at) > GIVE_UP_AFTER
    if old and lead.attempts >= FEWEST_TRIES:
        for one in each.all:
            failed(one, problem)
        return
    minutes = min(2**lead.attempts, LONGEST_PAUSE)
    jitter = minutes * secrets.randbelow(500) / 1000  # so that a thousand messages do not come back at once
    again = max(clock.now() + timedelta(minutes=minutes + jitter), until or clock.now())
    for one in each.all:
        move(one, state=State.QUEUED, fence=None, leased_until=None, not_before=again, problem=problem)


def _ask_or_leave_open(transport: Transport, each: Ready, problem: str) -> bool:
    """Ask the other side whether it has the message, where it can be asked; else nobody knows. Whether it has."""
    ask = getattr(transport, "was_taken", None)
    try:
        taken = ask(each.delivery) if ask else None
    except (NotNow, Unsure):
        taken = None
    if taken is None:
        _uncertain(each.all, problem)
    elif not taken:
        _later(each, problem, None)
    return bool(taken)


@transaction.atomic
def _uncertain(message: Sequence[Delivery], problem: str) -> None:
    """It may have been taken. What may come twice goes out once more and says so; of all else a person asks."""
    log.warning("delivery uncertain", extra={"delivery": str(message[0].pk)})
    free = {"fence": None, "leased_until": None, "problem": problem[:200]}
    change: dict[str, Any] = {"state": State.UNCERTAIN}
    if all(KINDS[one.notice.kind].again and one.repeats < MOST_REPEATS for one in message):
        soon = clock.now() + timedelta(minutes=1)
        change = {"state": State.QUEUED, "repeats": F("repeats") + 1, "not_before": soon}
    for one in message:
        move(one, **free, **change)


@transaction.atomic
def failed(delivery: Delivery, problem: str) -> None:
    """It cannot be sent: it takes the next way, or the office says it. A hand that comes too late changes nothing."""
    log.warning("delivery failed", extra={"delivery": str(delivery.pk)})
    if move(delivery, state=State.FAILED, leased_until=None, problem=problem[:200]):
        ladder.fall(delivery.notice, by=None)
