"""Hands the ledger's messages to the wire, one lease at a time, so that none is silently lost or repeated."""

from __future__ import annotations

import logging
import secrets
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, Q

from gatepost.core import audit, clock
from gatepost.disclosure import Fact, Verdict
from gatepost.disclosure.gate import Decision, decide_all
from gatepost.know.queries import care_facts, is_kept_private, may_tell_old_contact
from gatepost.org.models import School
from gatepost.reach import notices
from gatepost.reach.channels import NoChannel, NotNow, Refusal, Transport, Unsure, Wires
from gatepost.reach.freezing import frozen
from gatepost.reach.hours import LONGEST_WAIT, next_time
from gatepost.reach.kinds import KINDS
from gatepost.reach.ledger import reconcile
from gatepost.reach.models import Delivery, LinkCode, Notice
from gatepost.reach.optouts import ASKED_FOR_NONE, wants
from gatepost.reach.render import Letter, letter_for
from gatepost.reach.services import release_settled

log = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=72)  # trust.md F4
LONGEST_PAUSE = 240  # minutes between two attempts
MOST_REPEATS = 2  # of one message that may come twice; after that a person asks
State = Delivery.State


def send_due(school: School) -> int:
    """Hand over everything that is due at this school. Returns how many were accepted."""
    settle_crashes()
    release_settled()
    reconcile()
    sent = 0
    with Wires() as wires:
        while batch := claim():
            sent += sum(hand_over(delivery, wires) for delivery in batch)
    return sent


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


def claim() -> list[Delivery]:
    """Take a lease on a batch of due messages, in one statement; nobody else can take the same ones.

    On PostgreSQL rows that another host has in hand are skipped, not waited for. None while all sending is stopped.
    """
    due = Q(state=State.QUEUED, not_before__lte=clock.now())
    if not Delivery.objects.filter(due).exists() or frozen():
        return []
    fence, until = uuid.uuid4(), clock.now() + LEASE
    with transaction.atomic():
        first = Delivery.objects.filter(due).order_by("not_before").select_for_update(skip_locked=True)
        Delivery.objects.filter(pk__in=first.values("pk")[:BATCH]).update(
            state=State.CLAIMED, fence=fence, leased_until=until, attempts=F("attempts") + 1
        )
    return list(Delivery.objects.filter(fence=fence, state=State.CLAIMED).order_by("not_before"))


def hand_over(delivery: Delivery, wires: Wires | None = None) -> bool:
    """Ask the gate once more, put one message on the wire, and write down what became of it.

    Holds afterwards: whatever goes wrong with this message stays with it; the next one is not kept waiting.
    """
    try:
        letter = _prepare(delivery)
    except DatabaseError:
        raise
    except Exception as broken:  # a letter that cannot be worded must not stop the others
        _failed(delivery, f"It could not be worded ({type(broken).__name__}).")
        return False
    if letter is None:
        return False
    if wires:
        return _send(letter, delivery, wires)
    with Wires() as own:
        return _send(letter, delivery, own)


def _send(letter: Letter, delivery: Delivery, wires: Wires) -> bool:
    try:
        wires.of(letter.channel).send(letter, delivery)
    except (NoChannel, Refusal) as problem:
        _failed(delivery, str(problem))
    except NotNow as problem:
        _later(delivery, str(problem), problem.until)
    except Unsure as problem:
        _ask_or_leave_open(wires.of(letter.channel), delivery, str(problem))
    except DatabaseError:
        raise
    except Exception as broken:  # a transport may break in any way: it may have been handed over
        _uncertain(delivery, f"Something unforeseen happened while handing it over ({type(broken).__name__}).")
    else:
        return _accepted(delivery)
    return False


@transaction.atomic
def _prepare(delivery: Delivery) -> Letter | None:
    """Word the message and mark it as on the wire; or stop it, where the gate or a lost address says so."""
    notice = delivery.notice
    if wait := _not_yet(notice):
        _move(delivery, State.CLAIMED, state=State.QUEUED, fence=None, leased_until=None, not_before=wait)
        return None
    if _is_stopped(delivery, notice):
        return None
    if delivery.contact_point is None:
        _failed(delivery, "The address is no longer known.")
        return None
    if notice.child and not is_kept_private(delivery.contact_point, about=notice.child):
        _failed(delivery, "Somebody else reads this address who must not know.")
        return None
    if notice.kind == notices.contact_changed.name and not may_tell_old_contact(delivery.contact_point):
        _move(delivery, State.CLAIMED, state=State.STOPPED, problem="It is not safe any more.")
        return None
    letter = letter_for(notice, delivery.contact_point)
    until = clock.now() + LEASE  # begins anew: the rest of the batch may have taken long
    return letter if _move(delivery, State.CLAIMED, state=State.ON_WIRE, leased_until=until) else None


def _is_stopped(delivery: Delivery, notice: Notice) -> bool:
    """Whether the gate says no today, or the adult wants none of these: then that is written down."""
    decision = _gate_now(notice)
    if decision and not decision.allowed:
        _move(delivery, State.CLAIMED, state=State.STOPPED, problem=decision.rule)
        held = decision.verdict is Verdict.HOLD  # it goes out once the office has settled it: nothing is buried
        state = Notice.State.HELD if held else Notice.State.BARRED
        Notice.objects.filter(pk=notice.pk).update(state=state, rule=decision.rule)
        audit.record("reach.stopped_at_the_gate", notice, by=None, rule=decision.rule)
        return True
    if not wants(notice.adult, KINDS[notice.kind]):
        _move(delivery, State.CLAIMED, state=State.STOPPED, problem=ASKED_FOR_NONE)
        Notice.objects.filter(pk=notice.pk).update(state=Notice.State.BARRED, rule=ASKED_FOR_NONE)
        return True
    return False


def _not_yet(notice: Notice) -> datetime | None:
    """Until when it has to wait: for the morning, for an hour that the adult likes, or while all sending is stopped."""
    if frozen():
        return clock.now()
    if not settings.GATEPOST_QUIET_HOURS or KINDS[notice.kind].at_once:
        return None
    now = clock.now()
    waited_long = now - notice.created_at >= LONGEST_WAIT
    time = next_time(now, () if waited_long else notice.adult.times)
    return time if time > now else None


def _gate_now(notice: Notice) -> Decision | None:
    if notice.child is None:
        return None
    facts = frozenset(Fact(fact) for fact in notice.facts) or _facts_behind(notice)
    return decide_all(care_facts(notice.adult, notice.child), facts, on=clock.today()) if facts else None


def _facts_behind(notice: Notice) -> frozenset[Fact]:
    """A code opens a page about a child: it goes only where that page may."""
    opened = LinkCode.objects.filter(pk=notice.subject).exists() if notice.subject else False
    return frozenset([Fact.EDUCATION]) if opened else frozenset()


def _move(delivery: Delivery, was: str, **change: object) -> bool:
    """Change a row only while it is still ours."""
    ours = Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence, state=was)
    return bool(ours.update(**change))


@transaction.atomic
def _accepted(delivery: Delivery) -> bool:
    done = {"accepted_at": clock.now(), "leased_until": None, "parts": delivery.parts}
    ours = _move(delivery, State.ON_WIRE, state=State.ACCEPTED, **done)
    if ours:
        Notice.objects.filter(pk=delivery.notice_id).update(state=Notice.State.SENT)
    return ours


@transaction.atomic
def _later(delivery: Delivery, problem: str, until: datetime | None) -> None:
    """Try again, waiting twice as long each time, for three days; then a person is told."""
    if clock.now() - delivery.notice.created_at > GIVE_UP_AFTER:
        _failed(delivery, problem)
        return
    minutes = min(2**delivery.attempts, LONGEST_PAUSE)
    jitter = minutes * secrets.randbelow(500) / 1000  # so that a thousand messages do not come back at once
    again = max(clock.now() + timedelta(minutes=minutes + jitter), until or clock.now())
    _move(
        delivery,
        State.ON_WIRE,
        state=State.QUEUED,
        fence=None,
        leased_until=None,
        not_before=again,
        problem=problem,
    )


def _ask_or_leave_open(transport: Transport, delivery: Delivery, problem: str) -> None:
    """Ask the other side whether it has the message, where it can be asked; else nobody knows."""
    ask = getattr(transport, "was_taken", None)
    try:
        taken = ask(delivery) if ask else None
    except (NotNow, Unsure):
        taken = None
    if taken is None:
        _uncertain(delivery, problem)
    elif taken:
        _accepted(delivery)
    else:
        _later(delivery, problem, None)


def _uncertain(delivery: Delivery, problem: str) -> None:
    """It may have been taken. What may come twice goes out once more and says so; of all else a person asks."""
    log.warning("delivery uncertain", extra={"delivery": str(delivery.pk)})
    if KINDS[delivery.notice.kind].again and delivery.repeats < MOST_REPEATS:
        again = {"repeats": F("repeats") + 1, "not_before": clock.now() + timedelta(minutes=1)}
        _move(
            delivery, State.ON_WIRE, state=State.QUEUED, fence=None, leased_until=None, problem=problem[:200], **again
        )
        return
    _move(delivery, State.ON_WIRE, state=State.UNCERTAIN, fence=None, leased_until=None, problem=problem[:200])


@transaction.atomic
def _failed(delivery: Delivery, problem: str) -> None:
    """It cannot be sent: the office says it in person instead. A hand that comes too late changes nothing."""
    log.warning("delivery failed", extra={"delivery": str(delivery.pk)})
    ours = Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence, state__in=[State.CLAIMED, State.ON_WIRE])
    if ours.update(state=State.FAILED, leased_until=None, problem=problem[:200]):
        Notice.objects.filter(pk=delivery.notice_id).update(state=Notice.State.BY_HAND)
