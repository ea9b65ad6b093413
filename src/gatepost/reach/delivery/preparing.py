"""Words what is due and asks the gate one last time: for many messages in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet

from gatepost.core import audit, clock
from gatepost.disclosure import CareFacts, Fact, Verdict
from gatepost.disclosure.gate import Decision, decide_all
from gatepost.know.models import Channel, ContactPoint
from gatepost.know.queries import Privacy, care_facts_of, may_tell_old_contact
from gatepost.reach import notices
from gatepost.reach.delivery import timing, together
from gatepost.reach.delivery.hours import LONGEST_WAIT
from gatepost.reach.delivery.parts import parts_of
from gatepost.reach.delivery.render import Letter, letter_for
from gatepost.reach.kinds import KINDS
from gatepost.reach.links import NewLink, keep
from gatepost.reach.models import Delivery, LinkCode, Notice
from gatepost.reach.services.freezing import frozen
from gatepost.reach.services.optouts import ASKED_FOR_NONE, who_opted_out

LEASE = timedelta(minutes=5)
State = Delivery.State
NO_ADDRESS = "The address is no longer known."
OVER = "over"
"""Stands on a notice where a rule would stand: the moment that it was about has come."""
READ_BY_OTHERS = "Somebody else reads this address who must not know."


class CannotGo(Exception):
    """This message cannot be handed over by this way: the office says it in person instead."""


@dataclass(frozen=True)
class Ready:
    """One message in words, the attempt that carries it, and those that go along with it."""

    delivery: Delivery
    letter: Letter
    company: tuple[Delivery, ...] = ()

    @property
    def all(self) -> tuple[Delivery, ...]:
        """Every attempt that this message is."""
        return self.delivery, *self.company


@dataclass(frozen=True)
class Known:
    """What the gate and the wire have to know of a batch, read just now."""

    today: date
    frozen: bool
    care: Mapping[tuple[UUID, UUID], CareFacts]
    privacy: Privacy
    unwanted: Mapping[str, set[UUID]]  # kind → adults who want none of it
    last_days: Mapping[str, Mapping[UUID, date]]  # kind → what its links are for → its last day

    @classmethod
    def of(cls, batch: Sequence[Delivery]) -> Known:
        """All of it, in a few queries however many messages there are."""
        told = [delivery.notice for delivery in batch]
        points = [delivery.contact_point for delivery in batch]
        pairs = [(notice.adult_id, notice.child_id) for notice in told]
        by_kind = defaultdict[str, list[Notice]](list)
        for notice in told:
            by_kind[notice.kind].append(notice)
        return cls(
            today=clock.today(),
            frozen=frozen() is not None,
            care=care_facts_of((adult, child) for adult, child in pairs if child),
            privacy=Privacy.of(
                [point for point in points if point and point.shared], (child for _, child in pairs if child)
            ),
            unwanted={
                name: who_opted_out(KINDS[name], [notice.adult_id for notice in of_it])
                for name, of_it in by_kind.items()
            },
            last_days={name: _last_days(name, of_it) for name, of_it in by_kind.items()},
        )

    def may_read(self, point: ContactPoint, notice: Notice) -> bool:
        """Whether nobody else reads this contact point from whom the notice is to be kept."""
        return notice.child_id is None or self.privacy.private(point, notice.child_id)


def _last_days(kind: str, told: Iterable[Notice]) -> Mapping[UUID, date]:
    ask = KINDS[kind].last_days
    return ask({notice.subject for notice in told if notice.subject}) if ask else {}


@transaction.atomic(savepoint=False)  # a part of the sender's deed is not undone alone
def prepare(batch: Sequence[Delivery]) -> tuple[list[Ready], list[tuple[Delivery, str]]]:
    """Word some messages that a sender has in hand. Returns those that may go, and those that cannot, with why.

    Holds afterwards: what the gate stops today, what nobody wants and what has to wait is written down as that; the
    links in the words of the others are live, and their tokens exist nowhere else.
    """
    links = list[NewLink]()
    made, broken = word_each(batch, lambda delivery, known: _worded(delivery, known, links))
    ready = [Ready(lead, letter, tuple(others)) for letter, (lead, *others) in together.joined(made, links)]
    keep(links)
    for each in ready:
        each.delivery.parts = parts_of(each.letter.body) if each.letter.channel == Channel.SMS else 0
    return ready, broken


def take(due: QuerySet[Delivery], fence: UUID) -> int:
    """Take a lease on messages that are due, in one statement: nobody else can take the same ones."""
    until = clock.now() + LEASE
    return due.filter(state=State.QUEUED).update(
        state=State.CLAIMED, fence=fence, leased_until=until, attempts=F("attempts") + 1
    )


def word_each[T](
    batch: Sequence[Delivery], make: Callable[[Delivery, Known], T | None]
) -> tuple[list[tuple[Delivery, T]], list[tuple[Delivery, str]]]:
    """Word each message of a batch, on the wire's way or on paper. Returns what was made, and what broke, with why.

    What `make` gives nothing for is stopped or waits, and is written down as that.
    """
    known, made, broken = Known.of(batch), list[tuple[Delivery, T]](), list[tuple[Delivery, str]]()
    for delivery in batch:
        try:
            words = make(delivery, known)
        except DatabaseError:
            raise
        except CannotGo as why:
            broken.append((delivery, str(why)))
        except Exception as problem:  # a letter that cannot be worded must not stop the others
            # its kind only: what an error says may hold the words of the letter
            broken.append((delivery, f"It could not be worded ({type(problem).__name__})."))
        else:
            made += [(delivery, words)] if words else []
    return made, broken


def _worded(delivery: Delivery, known: Known, links: list[NewLink]) -> Letter | None:
    """The message in words; None where it is stopped or waits."""
    notice, point = delivery.notice, delivery.contact_point
    if wait := _not_yet(notice, delivery.together_at, known):
        waits = {"fence": None, "leased_until": None, "not_before": wait}
        move(delivery, state=State.QUEUED, **waits)
        return None
    if is_stopped(delivery, notice, known):
        return None
    if point is None or _is_given_up(point, notice):
        raise CannotGo(NO_ADDRESS)
    if not known.may_read(point, notice):
        raise CannotGo(READ_BY_OTHERS)
    if notice.kind == notices.contact_changed.name and not may_tell_old_contact(point):
        move(delivery, state=State.STOPPED, problem="It is not safe any more.")
        return None
    last_day = known.last_days[notice.kind].get(notice.subject) if notice.subject else None
    return letter_for(notice, point, links, last_day)


def _is_given_up(point: ContactPoint, notice: Notice) -> bool:
    """Whether the adult does not use it any more, whoever reads it now. It only hears that it was given up."""
    return point.ended_on is not None and notice.kind != notices.contact_changed.name


def is_stopped(delivery: Delivery, notice: Notice, known: Known) -> bool:
    """Whether the gate says no today, or the adult wants none of these: then that is written down."""
    found = why_not(notice, known)
    if found is None:
        return False
    rule, state = found
    if move(delivery, state=State.STOPPED, problem=rule):
        Notice.objects.filter(pk=notice.pk).update(state=state, rule=rule)
        audit.record("reach.stopped_at_the_gate", notice, by=None, rule=rule)
    return True


def why_not(notice: Notice, known: Known) -> tuple[str, Notice.State] | None:
    """The rule by which it may not go today, and what then becomes of it; None: it may go.

    What is held goes out once the office has settled it: nothing is buried.
    """
    decision = _gate_now(notice, known)
    if decision and not decision.allowed:
        held = decision.verdict is Verdict.HOLD
        return decision.rule, Notice.State.HELD if held else Notice.State.BARRED
    if notice.adult_id in known.unwanted[notice.kind]:
        return ASKED_FOR_NONE, Notice.State.BARRED
    return (OVER, Notice.State.RECALLED) if _is_over(notice) else None


def _is_over(notice: Notice) -> bool:
    """Whether it reminds of what is past."""
    moment = timing.moment_in(notice.params) if KINDS[notice.kind].over else None
    return moment is not None and moment <= clock.now()


def _not_yet(notice: Notice, together_at: datetime | None, known: Known) -> datetime | None:
    """Until when it has to wait: for the morning, for an hour that the adult likes, or while all sending is stopped."""
    if known.frozen:
        return clock.now()
    now = clock.now()
    waited_long = now - (together_at or notice.created_at) >= LONGEST_WAIT
    time = timing.light(KINDS[notice.kind], notice.adult, notice.params, now, waited_long=waited_long)
    return time if time > now else None


def _gate_now(notice: Notice, known: Known) -> Decision | None:
    if notice.child_id is None:
        return None
    facts = frozenset(map(Fact, notice.facts)) or _facts_behind(notice)
    return decide_all(known.care[notice.adult_id, notice.child_id], facts, on=known.today) if facts else None


def _facts_behind(notice: Notice) -> frozenset[Fact]:
    """A code opens a page about a child: it goes only where that page may."""
    opened = LinkCode.objects.filter(pk=notice.subject).exists() if notice.subject else False
    return frozenset([Fact.EDUCATION]) if opened else frozenset()


def move(delivery: Delivery, **change: Any) -> bool:
    """Change an attempt only while it is still as we hold it."""
    ours = Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence, state=delivery.state)
    return bool(ours.update(**change))
