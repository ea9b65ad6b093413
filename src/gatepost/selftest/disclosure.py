"""The gate's rules against a second reading of them: made-up adults, orders and ways, and no answer that differs."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from gatepost.disclosure import (
    RULES,
    Bar,
    CareFacts,
    ChannelFacts,
    Fact,
    OrderFacts,
    Reader,
    Standing,
    Tri,
    Way,
    decide,
    decide_all,
)
from gatepost.selftest import Outcome, Wanted
from gatepost.selftest import disclosure_oracle as oracle
from gatepost.selftest.disclosure_oracle import Case

COUNT = 1_000_000
TODAY = date(2027, 2, 4)
STANDINGS = ["parent", "parent", "carer", "carer", "emergency_only", "unknown", "none", "nobody has thought of this"]
TRIS = ["yes", "no", "unknown"]
FACTS = ["education", "education", "logistics", "whereabouts", "other_adult", "safeguarding", "restriction"]
BARS = ["everything", "education", "logistics", "whereabouts", "contact_with_adult"]
READERS = ["family", "outsider", "staff", "office", "head", "safeguarding_lead"]
WAYS = ["email", "sms", "voice", "letter", "in_person", "page", "file"]


def draw(pick: Random) -> Case:
    """One adult, one child, one question: most of them ordinary, all of them possible."""
    channel: Case | None = None
    if pick.random() < 0.5:
        channel = {"way": pick.choice(WAYS), "confirmed": pick.random() < 0.7}
        channel |= {flag: pick.random() < 0.1 for flag in ("shared", "overheard")}
    return {
        "standing": pick.choice(STANDINGS),
        "responsibility": pick.choice(TRIS),
        "lives_with": pick.choice(TRIS),
        "others_live_with": pick.choice(TRIS),
        "held": pick.random() < 0.1,
        "identity_doubted": pick.random() < 0.1,
        "no_voice_calls": pick.random() < 0.4,
        "own_meeting": pick.random() < 0.5,
        "fact": pick.choice(FACTS),
        "channel": channel,
        "orders": [_order(pick, ["me", "me", "me", ""]) for _ in range(pick.choice([0, 0, 1, 1, 2, 3]))],
        "others_orders": [_order(pick, ["x", "y", ""]) for _ in range(pick.choice([0, 0, 1, 2]))],
    }


def _order(pick: Random, restrained: list[str]) -> Case:
    begins = pick.randint(-3, 1)
    return {
        "bars": pick.sample(BARS, pick.choice([0, 1, 1, 2])),
        "from": begins,
        "until": pick.choice([None, begins + pick.randint(0, 3)]),
        "lifted": pick.random() < 0.4,
        "second": pick.random() < 0.4,
        "restrains": pick.choice(restrained),
        "protects": pick.choice(["me", "me", "x", "y", ""]),
    }


def care_of(case: Case) -> CareFacts:
    """A case in the gate's own words."""
    return CareFacts(
        standing=_standing(case["standing"]),
        responsibility=Tri(case["responsibility"]),
        lives_with=Tri(case["lives_with"]),
        orders=tuple(order_of(order) for order in case["orders"]),
        held=case["held"],
        others_live_with=Tri(case["others_live_with"]),
        others_orders=tuple(order_of(order) for order in case["others_orders"]),
        identity_doubted=case["identity_doubted"],
        no_voice_calls=case["no_voice_calls"],
    )


def _standing(word: str) -> Any:
    """A standing of the gate's; or a word that is none, as after a change that forgot the gate."""
    return Standing(word) if word in set(Standing) else word


def order_of(order: Case) -> OrderFacts:
    """An order in the gate's own words."""
    return OrderFacts(
        bars=frozenset(Bar(bar) for bar in order["bars"]),
        from_on=TODAY + timedelta(days=order["from"]),
        until_on=None if order["until"] is None else TODAY + timedelta(days=order["until"]),
        lifted=order["lifted"],
        second_person_agreed=order["second"],
        restrains=order["restrains"],
        protects=order["protects"],
    )


def channel_of(case: Case) -> ChannelFacts | None:
    """A channel in the gate's own words."""
    channel = case["channel"]
    return None if channel is None else ChannelFacts(**channel | {"way": Way(channel["way"])})


def differs(case: Case, pick: Random, *, plant: str = "") -> str:
    """In words, how the gate answers otherwise than it must; blank where it does not."""
    care, channel, own = care_of(case), channel_of(case), case["own_meeting"]
    if plant:  # to see that a mistake is found: orders end by themselves
        care = CareFacts(care.standing, care.responsibility, care.lives_with, held=care.held)
    said = decide(care, Fact(case["fact"]), on=TODAY, channel=channel, own_meeting=own)
    verdict, reasons = oracle.answer(case)
    if said.verdict != verdict or said.rule not in reasons or said.why != RULES[said.rule]:
        return f"{said.verdict} by {said.rule}, not {verdict} by {sorted(reasons)}"
    reader = pick.choice(READERS)
    shown, due = said.as_seen_by(Reader(reader)), oracle.seen(said.verdict, said.rule, reader)
    if (shown.verdict, shown.rule) != due:
        return f"{reader} sees {shown.verdict} by {shown.rule}, not {due}"
    facts = pick.sample(sorted(set(FACTS)), pick.randint(0, 3))
    whole = decide_all(care, frozenset(map(Fact, facts)), on=TODAY, channel=channel, own_meeting=own).verdict
    if whole != oracle.answer_to_all(case, facts):
        return f"{whole} for {facts}, not {oracle.answer_to_all(case, facts)}"
    return ""


def run(wanted: Wanted) -> Outcome:
    """Draw cases, ask both, and count where they differ. Every case can be drawn again by its seed and its number."""
    failures, example = 0, ""
    for number in range(wanted.start, wanted.start + wanted.count):
        pick = Random(f"{wanted.seed}:{number}")
        case = draw(pick)
        if problem := differs(case, pick, plant=wanted.plant):
            failures += 1
            example = example or f"case {number}: {problem}: {case}"
        if number % 100_000 == 99_999:
            wanted.say(f"{number + 1} cases, {failures} differ")
    return Outcome(count=wanted.count, failures=failures, example=example)
