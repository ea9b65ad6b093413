"""What the gate must answer, worked out a second time from the written rules alone, by brute force.

It shares nothing with the gate: no import, no type, no table, no order of precedence. A case is plain words and
numbers; days are counted from today. It collects *every* reason there is to say no, to wait and to say yes, and only
then looks which kind there is. Its sources are the written rules on disclosure (the kinds of fact, an order removes
only what it says, expiry is never access, what contradicts itself waits) and on who counts as a parent.
"""

from __future__ import annotations

from typing import Any

type Case = dict[str, Any]

BETRAYING = {
    "order-bars-everything",
    "order-bars-this",
    "order-ran-out",
    "overheard-contact-point",
    "order-against-only-carer",
    "orders-contradict",
    "held-by-office",
    "identity-unconfirmed",
}
"""Reasons from which one can conclude that somebody has asked the school to be careful."""

NEVER = {
    "other_adult": "other-adult-secret",
    "restriction": "restriction-secret",
    "safeguarding": "safeguarding-by-hand",
}


def in_force(order: Case) -> bool:
    """An order binds from its first day. Its last day changes nothing: two people lift it, or it stands."""
    two_people = order["lifted"] and order["second"]
    return bool(order["from"] <= 0 and not two_people)


def bites(order: Case, fact: str) -> bool:
    """Whether an order that is in force says anything about this kind of fact."""
    return in_force(order) and bool({"everything", fact} & set(order["bars"]))


def face_each_other(one: Case, other: Case) -> bool:
    """Two orders, each against the adult whom the other protects."""
    known = one["restrains"] and one["protects"] and other["restrains"] and other["protects"]
    return bool(known) and (one["restrains"], one["protects"]) == (other["protects"], other["restrains"])


def reasons_from_orders(case: Case) -> tuple[set[str], set[str]]:
    """Reasons to say no and reasons to wait, of every order against this adult."""
    no: set[str] = set()
    wait: set[str] = set()
    alone = case["lives_with"] == "yes" and case["others_live_with"] == "no"
    for order in case["orders"]:
        if not bites(order, case["fact"]):
            continue
        facing = [o for o in case["others_orders"] if bites(o, case["fact"]) and face_each_other(order, o)]
        if alone:
            wait.add("order-against-only-carer")
        elif facing:
            wait.add("orders-contradict")
        elif order["until"] is not None and order["until"] < 0:
            no.add("order-ran-out")
        else:
            no.add("order-bars-everything" if "everything" in order["bars"] else "order-bars-this")
    return no, wait


def reasons_from_channel(case: Case) -> tuple[set[str], set[str]]:
    """Reasons to say no and reasons to wait, of the way the words would go."""
    channel = case["channel"]
    if channel is None:
        return set(), set()
    named = {
        "overheard": "overheard-contact-point",
        "shared": "shared-contact-point",
    }
    no = {reason for flag, reason in named.items() if channel[flag]}
    if channel["way"] == "voice" and case["no_voice_calls"]:
        no.add("no-voice-calls")
    wait = set() if channel["confirmed"] or case["fact"] == "logistics" else {"contact-point-unconfirmed"}
    return no, wait


def every_reason(case: Case) -> dict[str, set[str]]:
    """All that speaks for no, for waiting and for yes."""
    fact, standing = case["fact"], case["standing"]
    no, wait = reasons_from_orders(case)
    more_no, more_wait = reasons_from_channel(case)
    no |= more_no
    wait |= more_wait
    if fact in NEVER:
        no.add(NEVER[fact])
    if standing == "none":
        no.add("no-link")
    if fact == "whereabouts" and not case["own_meeting"]:
        no.add("whereabouts-not-sent")
    if case["held"]:
        wait.add("held-by-office")
    if case["identity_doubted"]:
        wait.add("identity-unconfirmed")
    if standing == "emergency_only":
        wait.add("emergency-contact-only")
    if standing == "unknown":
        wait.add("relationship-unknown")
    return {"deny": no, "hold": wait, "allow": _reason_to_tell(case)}


def _reason_to_tell(case: Case) -> set[str]:
    """A parent is whoever is one or looks after the child; responsibility is another matter and bars nobody."""
    if case["standing"] not in ("parent", "carer"):
        return set()
    if case["fact"] == "whereabouts":
        return {"own-meeting-told"}
    return {"unknown-parent-told"} if case["responsibility"] == "unknown" else {"parent-told"}


def answer(case: Case) -> tuple[str, set[str]]:
    """The verdict, and the reasons that may be given for it."""
    reasons = every_reason(case)
    for verdict in ("deny", "hold", "allow"):
        if reasons[verdict]:
            return verdict, reasons[verdict]
    return "hold", {"no-rule"}


def answer_to_all(case: Case, facts: list[str]) -> str:
    """The verdict on a text that carries several kinds of fact."""
    verdicts = {answer(case | {"fact": fact})[0] for fact in facts}
    if "deny" in verdicts:
        return "deny"
    return "hold" if "hold" in verdicts or not verdicts else "allow"


def seen(verdict: str, rule: str, reader: str) -> tuple[str, str]:
    """What of an answer a reader may learn."""
    if verdict == "allow" or reader in ("office", "head", "safeguarding_lead"):
        return verdict, rule
    if reader != "staff":
        return "deny", "no-link"
    return ("hold", "ask-the-office") if rule in BETRAYING else (verdict, rule)
