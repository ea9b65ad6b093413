"""One pure function that every text and every page asks, and the table of rules it answers from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gatepost.disclosure.facts import Bar, CareFacts, Fact, Standing


class Verdict(StrEnum):
    """What the gate says."""

    ALLOW = "allow"
    DENY = "deny"
    HOLD = "hold"  # a person must look first


RULES: dict[str, str] = {
    "other-adult-secret": "Nobody ever learns another adult's contact details, invitation, booking or words.",
    "restriction-secret": "Nobody in a family is told by the system that an order or a hold exists.",
    "safeguarding-by-hand": "A concern is never sent by the system. A person decides whom to speak to, and speaks.",
    "no-link": "This adult has no link to this child in the school's records.",
    "order-bars-everything": "An order that the school has seen bars this adult from everything about this child.",
    "order-bars-this": "An order that the school has seen bars this adult from this kind of fact.",
    "held-by-office": "The office has asked everybody to wait before telling this adult anything about this child.",
    "emergency-contact-only": "The source names this adult as an emergency contact only. The office decides first.",
    "relationship-unknown": "The source does not say what this adult is to the child. The office decides first.",
    "whereabouts-not-sent": "Where a child is, and when, is not sent unless it is this adult's own meeting.",
    "shared-contact-point": "More than one adult reads this telephone or mailbox: no name and no purpose goes there.",
    "ask-the-office": "Please speak to the office before you speak to this adult.",
    "unknown-parent-told": "A parent or carer whose responsibility is unknown is told: nothing forbids it.",
    "parent-told": "A parent or carer is told what concerns their child's learning and their own meetings.",
}
"""Every rule id that a decision can carry, and what it means in words that a safeguarding lead can read."""

ORDER_RULES = frozenset({"order-bars-everything", "order-bars-this", "held-by-office"})
"""Rules that give away that an order or a hold exists: staff outside the office see `ask-the-office` instead."""

_BARRED_BY = {
    Fact.EDUCATION: Bar.EDUCATION,
    Fact.LOGISTICS: Bar.LOGISTICS,
    Fact.WHEREABOUTS: Bar.WHEREABOUTS,
}
_NEVER = {
    Fact.OTHER_ADULT: "other-adult-secret",
    Fact.RESTRICTION: "restriction-secret",
    Fact.SAFEGUARDING: "safeguarding-by-hand",
}


@dataclass(frozen=True)
class Decision:
    """The gate's answer and the rule that gave it."""

    verdict: Verdict
    rule: str

    @property
    def allowed(self) -> bool:
        """Whether the fact may pass."""
        return self.verdict is Verdict.ALLOW

    @property
    def why(self) -> str:
        """The rule in words."""
        return RULES[self.rule]


def decide(care: CareFacts, fact: Fact, *, on: date) -> Decision:
    """Say whether this adult may receive this kind of fact about this child on this day.

    Holds: a denial or a hold always names a rule in `RULES`; orders that have ended still bind until two people lift
    them; an order removes only what it says (`trust.md` D1, `architecture.md` §3.3).
    """
    if fact in _NEVER:
        return Decision(Verdict.DENY, _NEVER[fact])
    if care.standing is Standing.NONE:
        return Decision(Verdict.DENY, "no-link")
    barred = frozenset[Bar]().union(*(order.bars for order in care.orders if order.stands_on(on)))
    if Bar.EVERYTHING in barred:
        return Decision(Verdict.DENY, "order-bars-everything")
    if _BARRED_BY[fact] in barred:
        return Decision(Verdict.DENY, "order-bars-this")
    return _by_standing(care, fact)


def _by_standing(care: CareFacts, fact: Fact) -> Decision:
    if care.held:
        return Decision(Verdict.HOLD, "held-by-office")
    if care.standing is Standing.EMERGENCY_ONLY:
        return Decision(Verdict.HOLD, "emergency-contact-only")
    if care.standing is Standing.UNKNOWN:
        return Decision(Verdict.HOLD, "relationship-unknown")
    if fact is Fact.WHEREABOUTS:
        return Decision(Verdict.DENY, "whereabouts-not-sent")
    if care.responsibility == "unknown":
        return Decision(Verdict.ALLOW, "unknown-parent-told")
    return Decision(Verdict.ALLOW, "parent-told")


def decide_all(care: CareFacts, facts: frozenset[Fact], *, on: date) -> Decision:
    """The strictest answer over several kinds of fact: a text passes only if each of its facts does."""
    answers = [decide(care, fact, on=on) for fact in sorted(facts)]
    order = [Verdict.DENY, Verdict.HOLD, Verdict.ALLOW]
    return min(answers, key=lambda answer: order.index(answer.verdict))
