"""The rules of the gate as one table, read from the top: the first rule that fits answers.

First come all rules that say no, then those that say wait, then those that say yes. So it never matters in which order
two rules of one kind stand, a reason to say no always beats a reason to wait, and both beat every reason to say yes.
What no rule fits, waits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gatepost.disclosure.facts import Bar, CareFacts, ChannelFacts, Fact, OrderFacts, Standing, Tri, Way

DIRECT = (Standing.PARENT, Standing.CARER)


class Verdict(StrEnum):
    """What the gate says."""

    ALLOW = "allow"
    DENY = "deny"
    HOLD = "hold"  # a person must look first


@dataclass(frozen=True)
class Question:
    """What the gate is asked, and what follows from it."""

    care: CareFacts
    fact: Fact
    on: date
    channel: ChannelFacts | None = None  # None: nobody has chosen one yet
    own_meeting: bool = False  # the adult needs it for a meeting of their own

    @property
    def binding(self) -> list[OrderFacts]:
        """The orders that stand today and take this kind of fact from this adult."""
        return [order for order in self.care.orders if order.stands_on(self.on) and order.takes(self.fact)]

    @property
    def clear(self) -> list[OrderFacts]:
        """Those of them that nothing else in the school's records contradicts."""
        return [] if self.only_carer else [order for order in self.binding if not self.is_faced(order)]

    @property
    def only_carer(self) -> bool:
        """Whether the child lives with this adult and, as far as is written down, with nobody else."""
        return self.care.lives_with == Tri.YES and self.care.others_live_with == Tri.NO

    def is_faced(self, order: OrderFacts) -> bool:
        """Whether an order against the very adult whom this one protects protects this adult, and takes the same."""
        return any(
            order.protects == other.restrains != "" and other.protects == order.restrains != ""
            for other in self.care.others_orders
            if other.stands_on(self.on) and other.takes(self.fact)
        )

    def goes_by(self, flag: Callable[[ChannelFacts], bool]) -> bool:
        """Whether a channel has been chosen of which this is true."""
        return self.channel is not None and flag(self.channel)


@dataclass(frozen=True)
class Rule:
    """One row of the table."""

    name: str
    verdict: Verdict
    words: str
    fits: Callable[[Question], bool]
    betrays: bool = False  # gives away that an order or a hold exists: not for every colleague's eyes


TABLE = (
    # ── No ───────────────────────────────────────────────────────────────────────────────────────
    Rule(
        "other-adult-secret",
        Verdict.DENY,
        "Nobody ever learns another adult's contact details, invitation, booking or words.",
        lambda asked: asked.fact == Fact.OTHER_ADULT,
    ),
    Rule(
        "restriction-secret",
        Verdict.DENY,
        "Nobody in a family is told by the system that an order or a hold exists.",
        lambda asked: asked.fact == Fact.RESTRICTION,
    ),
    Rule(
        "safeguarding-by-hand",
        Verdict.DENY,
        "A concern is never sent by the system. A person decides whom to speak to, and speaks.",
        lambda asked: asked.fact == Fact.SAFEGUARDING,
    ),
    Rule(
        "no-link",
        Verdict.DENY,
        "This adult has no link to this child in the school's records.",
        lambda asked: asked.care.standing == Standing.NONE,
    ),
    Rule(
        "order-bars-everything",
        Verdict.DENY,
        "An order that the school has seen bars this adult from everything about this child.",
        lambda asked: any(Bar.EVERYTHING in order.bars and not order.has_run_out_on(asked.on) for order in asked.clear),
        betrays=True,
    ),
    Rule(
        "order-bars-this",
        Verdict.DENY,
        "An order that the school has seen bars this adult from this kind of fact.",
        lambda asked: any(not order.has_run_out_on(asked.on) for order in asked.clear),
        betrays=True,
    ),
    Rule(
        "order-ran-out",
        Verdict.DENY,
        "An order has passed its last day. It still bars this adult until two people have looked at it.",
        lambda asked: bool(asked.clear),
        betrays=True,
    ),
    Rule(
        "whereabouts-not-sent",
        Verdict.DENY,
        "Where a child is, and when, is not sent unless this adult needs it for their own meeting.",
        lambda asked: asked.fact == Fact.WHEREABOUTS and not asked.own_meeting,
    ),
    Rule(
        "overheard-contact-point",
        Verdict.DENY,
        "Somebody reads this telephone or mailbox from whom this is to be kept. Nothing goes there.",
        lambda asked: asked.goes_by(lambda channel: channel.overheard),
        betrays=True,
    ),
    Rule(
        "shared-contact-point",
        Verdict.DENY,
        "More than one adult reads this telephone or mailbox: no name and no purpose goes there.",
        lambda asked: asked.goes_by(lambda channel: channel.shared),
    ),
    Rule(
        "no-voice-calls",
        Verdict.DENY,
        "This adult has asked us not to ring. Nobody and nothing rings them, also where all else has failed.",
        lambda asked: asked.care.no_voice_calls and asked.goes_by(lambda channel: channel.way == Way.VOICE),
    ),
    # ── Wait ─────────────────────────────────────────────────────────────────────────────────────
    Rule(
        "order-against-only-carer",
        Verdict.HOLD,
        "An order bars this adult, but the school's records say that the child lives with them and nobody else. "
        "One of the two is wrong: please find out which.",
        lambda asked: asked.only_carer and bool(asked.binding),
        betrays=True,
    ),
    Rule(
        "orders-contradict",
        Verdict.HOLD,
        "Two orders bar two adults from the same, each to protect the other. Please find out what holds.",
        lambda asked: bool(asked.binding),
        betrays=True,
    ),
    Rule(
        "held-by-office",
        Verdict.HOLD,
        "The office has asked everybody to wait before telling this adult anything about this child.",
        lambda asked: asked.care.held,
        betrays=True,
    ),
    Rule(
        "identity-unconfirmed",
        Verdict.HOLD,
        "Nobody is sure that this record is of the adult it seems to be of. The office finds out first.",
        lambda asked: asked.care.identity_doubted,
        betrays=True,
    ),
    Rule(
        "emergency-contact-only",
        Verdict.HOLD,
        "The source names this adult as an emergency contact only. The office decides first.",
        lambda asked: asked.care.standing == Standing.EMERGENCY_ONLY,
    ),
    Rule(
        "relationship-unknown",
        Verdict.HOLD,
        "The source does not say what this adult is to the child. The office decides first.",
        lambda asked: asked.care.standing == Standing.UNKNOWN,
    ),
    Rule(
        "contact-point-unconfirmed",
        Verdict.HOLD,
        "Nobody has confirmed that this telephone or mailbox is this adult's. It carries an invitation, and no more.",
        lambda asked: asked.fact != Fact.LOGISTICS and asked.goes_by(lambda channel: not channel.confirmed),
    ),
    # ── Yes ──────────────────────────────────────────────────────────────────────────────────────
    Rule(
        "own-meeting-told",
        Verdict.ALLOW,
        "This adult has a meeting of their own, and has to know where the child will be for it.",
        lambda asked: asked.care.standing in DIRECT and asked.fact == Fact.WHEREABOUTS,
    ),
    Rule(
        "unknown-parent-told",
        Verdict.ALLOW,
        "A parent or carer whose responsibility is unknown is told: nothing forbids it.",
        lambda asked: asked.care.standing in DIRECT and asked.care.responsibility == Tri.UNKNOWN,
    ),
    Rule(
        "parent-told",
        Verdict.ALLOW,
        "A parent or carer is told what concerns their child's learning and their own meetings.",
        lambda asked: asked.care.standing in DIRECT,
    ),
    # ── Whatever nobody has thought of ───────────────────────────────────────────────────────────
    Rule(
        "no-rule",
        Verdict.HOLD,
        "No rule fits. The office decides first.",
        lambda asked: True,
    ),
)

WORDS_ONLY = {
    "ask-the-office": "Please speak to the office before you speak to this adult.",
    "somebody-reads-first": "Somebody else at the school reads this first.",
}
"""What is shown in the gate's language though the table never answers it."""
