"""Hands the ledger's messages to the wire, one lease at a time, so that none is silently lost or repeated."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import F, Q

from gatepost.core import audit, clock
from gatepost.disclosure import Fact, Verdict
from gatepost.disclosure.gate import Decision, decide_all
from gatepost.know.queries import care_facts, is_kept_private, may_tell_old_contact
from gatepost.org.models import School
from gatepost.reach import notices
from gatepost.reach.channels import NoChannel, NotNow, Refusal, Unsure, Wires
from gatepost.reach.kinds import KINDS
from gatepost.reach.models import Delivery, LinkCode, Notice
from gatepost.reach.optouts import ASKED_FOR_NONE, wants
from gatepost.reach.render import Letter, letter_for
from gatepost.reach.services import release_settled

log = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=72)  # trust.md F4
State = Delivery.State


def send_due(school: School) -> int:
    """Hand over everything that is due at this school. Returns how many were accepted."""
    settle_crashes()
    release_settled()
    sent = 0
    with Wires() as wires:
        while batch := claim():
            sent += sum(hand_over(delivery, wires) for delivery in batch)
    return sent


def settle_crashes() -> None:
    """What a crash left behind: before the wire it is tried again; on the wire it is uncertain, and shown."""
    late = Delivery.objects.filter(leased_until__lt=clock.now())
    late.filter(state=State.CLAIMED).update(state=State.QUEUED, fence=None, leased_until=None)
    late.filter(state=State.ON_WIRE).update(
        state=State.UNCERTAIN,
        fence=None,
        leased_until=None,
        problem="The sender stopped while handing it over.",
    )


def claim() -> list[Delivery]:
    """Take a lease on a batch of due messages; nobody else can take the same ones."""
    fence = uuid.uuid4()
    due = Q(state=State.QUEUED, not_before__lte=clock.now())
    ids = list(Delivery.objects.filter(due).order_by("not_before").values_list("pk", flat=True)[:BATCH])
    if not ids:
        return []
    Delivery.objects.filter(due, pk__in=ids).update(
        state=State.CLAIMED, fence=fence, leased_until=clock.now() + LEASE, attempts=F("attempts") + 1
    )
    return list(Delivery.objects.filter(fence=fence, state=State.CLAIMED))


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
        _uncertain(delivery, str(problem))
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
    decision = _gate_now(notice)
    if decision and not decision.allowed:
        _move(delivery, State.CLAIMED, state=State.STOPPED, problem=decision.rule)
        held = decision.verdict is Verdict.HOLD  # it goes out once the office has settled it: nothing is buried
        state = Notice.State.HELD if held else Notice.State.BARRED
        Notice.objects.filter(pk=notice.pk).update(state=state, rule=decision.rule)
        audit.record("reach.stopped_at_the_gate", notice, by=None, rule=decision.rule)
        return None
    if not wants(notice.adult, KINDS[notice.kind]):
        _move(delivery, State.CLAIMED, state=State.STOPPED, problem=ASKED_FOR_NONE)
        Notice.objects.filter(pk=notice.pk).update(state=Notice.State.BARRED, rule=ASKED_FOR_NONE)
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
    wait = timedelta(minutes=min(2**delivery.attempts, 240))
    again = max(clock.now() + wait, until or clock.now())
    _move(
        delivery,
        State.ON_WIRE,
        state=State.QUEUED,
        fence=None,
        leased_until=None,
        not_before=again,
        problem=problem,
    )


def _uncertain(delivery: Delivery, problem: str) -> None:
    """It may have been taken: a person asks, and nobody sends it twice."""
    log.warning("delivery uncertain", extra={"delivery": str(delivery.pk)})
    _move(delivery, State.ON_WIRE, state=State.UNCERTAIN, fence=None, leased_until=None, problem=problem[:200])


@transaction.atomic
def _failed(delivery: Delivery, problem: str) -> None:
    """It cannot be sent: the office says it in person instead. A hand that comes too late changes nothing."""
    log.warning("delivery failed", extra={"delivery": str(delivery.pk)})
    ours = Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence, state__in=[State.CLAIMED, State.ON_WIRE])
    if ours.update(state=State.FAILED, leased_until=None, problem=problem[:200]):
        Notice.objects.filter(pk=delivery.notice_id).update(state=Notice.State.BY_HAND)
