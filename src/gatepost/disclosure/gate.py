"""One pure function that every text and every page asks, and who may read its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from gatepost.disclosure.facts import CareFacts, ChannelFacts, Fact
from gatepost.disclosure.table import TABLE, WORDS_ONLY, Question, Verdict

RULES: dict[str, str] = {rule.name: rule.words for rule in TABLE} | WORDS_ONLY
"""Every rule id that can be shown, and what it means in words that a safeguarding lead can read."""

ORDER_RULES = frozenset(rule.name for rule in TABLE if rule.betrays)
"""Rules that give away that an order or a hold exists: ordinary staff see `ask-the-office` instead."""

STRICTEST_FIRST = [Verdict.DENY, Verdict.HOLD, Verdict.ALLOW]


class Reader(StrEnum):
    """Who reads why the gate has said so."""

    FAMILY = "family"
    OUTSIDER = "outsider"
    STAFF = "staff"
    OFFICE = "office"
    HEAD = "head"
    SAFEGUARDING_LEAD = "safeguarding_lead"


MAY_KNOW = frozenset({Reader.OFFICE, Reader.HEAD, Reader.SAFEGUARDING_LEAD})
"""Who may know that an order or a hold exists."""


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

    def as_seen_by(self, reader: Reader) -> Decision:
        """What this reader may know of the answer: the reason, only its effect, or nothing but a closed door."""
        if self.allowed or reader in MAY_KNOW:
            return self
        if reader in (Reader.FAMILY, Reader.OUTSIDER):
            return Decision(Verdict.DENY, "no-link")
        return Decision(Verdict.HOLD, "ask-the-office") if self.rule in ORDER_RULES else self


def decide(
    care: CareFacts, fact: Fact, *, on: date, channel: ChannelFacts | None = None, own_meeting: bool = False
) -> Decision:
    """Say whether this adult may receive this kind of fact about this child, by this channel, on this day.

    Holds: every answer names a rule in `RULES`; orders that have ended still bind until two people lift them; an order
    removes only what it says; what contradicts itself, and what no rule fits, waits (`trust.md` D1, `architecture.md`
    §3.3). Without a channel it says what may be said at all; with one, what may be said there.
    """
    asked = Question(care, fact, on, channel, own_meeting)
    return next(Decision(rule.verdict, rule.name) for rule in TABLE if rule.fits(asked))


def decide_all(
    care: CareFacts,
    facts: frozenset[Fact],
    *,
    on: date,
    channel: ChannelFacts | None = None,
    own_meeting: bool = False,
) -> Decision:
    """The strictest answer over several kinds of fact: a text passes only if each of its facts does.

    A text that does not say what it carries waits.
    """
    return _decide_all(care, facts, on, channel, own_meeting)


@lru_cache(maxsize=1024)  # the same question gets the same answer: what is known of most families is alike
def _decide_all(
    care: CareFacts, facts: frozenset[Fact], on: date, channel: ChannelFacts | None, own_meeting: bool
) -> Decision:
    answers = [decide(care, fact, on=on, channel=channel, own_meeting=own_meeting) for fact in sorted(facts)]
    unsaid = Decision(Verdict.HOLD, "no-rule")
    return min(answers, key=lambda answer: STRICTEST_FIRST.index(answer.verdict), default=unsaid)


__all__ = [
    "MAY_KNOW",
    "ORDER_RULES",
    "RULES",
    "STRICTEST_FIRST",
    "Decision",
    "Reader",
    "Verdict",
    "decide",
    "decide_all",
]
