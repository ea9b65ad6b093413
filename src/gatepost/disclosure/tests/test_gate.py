"""Every rule of the gate, and every combination against an independent reading of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.disclosure import RULES, Bar, CareFacts, Fact, OrderFacts, Standing, Tri, Verdict, decide
from gatepost.disclosure.gate import ORDER_RULES, decide_all

TODAY = date(2027, 2, 4)


def care(standing: Standing = Standing.PARENT, **more: object) -> CareFacts:
    return CareFacts(standing, **{"responsibility": Tri.YES, "lives_with": Tri.YES} | more)  # type: ignore[arg-type]


def order(*bars: Bar, **more: object) -> OrderFacts:
    known = {"from_on": TODAY - timedelta(days=9), "until_on": None, "lifted": False, "second_person_agreed": False}
    return OrderFacts(frozenset(bars), **known | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "fact", "rule"),
    [
        (care(), Fact.OTHER_ADULT, "other-adult-secret"),
        (care(), Fact.RESTRICTION, "restriction-secret"),
        (care(), Fact.SAFEGUARDING, "safeguarding-by-hand"),
        (care(Standing.NONE), Fact.EDUCATION, "no-link"),
        (care(orders=(order(Bar.EVERYTHING),)), Fact.LOGISTICS, "order-bars-everything"),
        (care(orders=(order(Bar.EDUCATION),)), Fact.EDUCATION, "order-bars-this"),
        (care(orders=(order(Bar.EDUCATION),)), Fact.LOGISTICS, "parent-told"),
        (care(orders=(order(Bar.CONTACT_WITH_ADULT),)), Fact.EDUCATION, "parent-told"),
        (care(held=True), Fact.EDUCATION, "held-by-office"),
        (care(Standing.EMERGENCY_ONLY), Fact.LOGISTICS, "emergency-contact-only"),
        (care(Standing.UNKNOWN), Fact.LOGISTICS, "relationship-unknown"),
        (care(), Fact.WHEREABOUTS, "whereabouts-not-sent"),
        (care(responsibility=Tri.UNKNOWN), Fact.EDUCATION, "unknown-parent-told"),
        (care(Standing.CARER, responsibility=Tri.NO), Fact.EDUCATION, "parent-told"),
    ],
)
def test_each_rule_answers_where_it_should(facts: CareFacts, fact: Fact, rule: str) -> None:
    decision = decide(facts, fact, on=TODAY)
    assert decision.rule == rule
    assert decision.why == RULES[rule]


def test_an_order_that_ran_out_still_binds_until_two_people_lift_it() -> None:
    over = {"until_on": TODAY - timedelta(days=1)}
    barred = care(orders=(order(Bar.EVERYTHING, **over),))
    one_person = care(orders=(order(Bar.EVERYTHING, lifted=True),))
    two_people = care(orders=(order(Bar.EVERYTHING, lifted=True, second_person_agreed=True),))
    assert decide(barred, Fact.EDUCATION, on=TODAY).verdict is Verdict.DENY
    assert decide(one_person, Fact.EDUCATION, on=TODAY).verdict is Verdict.DENY
    assert decide(two_people, Fact.EDUCATION, on=TODAY).allowed


def test_an_order_binds_from_its_first_day() -> None:
    tomorrow = care(orders=(order(Bar.EVERYTHING, from_on=TODAY + timedelta(days=1)),))
    assert decide(tomorrow, Fact.EDUCATION, on=TODAY).allowed
    assert not decide(tomorrow, Fact.EDUCATION, on=TODAY + timedelta(days=1)).allowed


def test_a_text_is_as_secret_as_its_most_secret_fact() -> None:
    assert decide_all(care(), frozenset({Fact.EDUCATION, Fact.LOGISTICS}), on=TODAY).allowed
    assert decide_all(care(), frozenset({Fact.EDUCATION, Fact.OTHER_ADULT}), on=TODAY).verdict is Verdict.DENY
    held = decide_all(care(Standing.UNKNOWN), frozenset({Fact.EDUCATION, Fact.LOGISTICS}), on=TODAY)
    assert held.verdict is Verdict.HOLD


orders = st.builds(
    OrderFacts,
    bars=st.frozensets(st.sampled_from(Bar)),
    from_on=st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)),
    until_on=st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)),
    lifted=st.booleans(),
    second_person_agreed=st.booleans(),
)
cares = st.builds(
    CareFacts,
    standing=st.sampled_from(Standing),
    responsibility=st.sampled_from(Tri),
    lives_with=st.sampled_from(Tri),
    orders=st.lists(orders, max_size=3).map(tuple),
    held=st.booleans(),
)


def oracle(facts: CareFacts, fact: Fact) -> Verdict:
    """The rules once more, written another way: first what can never be, then what must wait, then yes."""
    live = [o for o in facts.orders if o.from_on <= TODAY and (not o.lifted or not o.second_person_agreed)]
    never = fact in (Fact.OTHER_ADULT, Fact.SAFEGUARDING, Fact.RESTRICTION)
    named = any(bar == Bar.EVERYTHING or bar.value == fact.value for o in live for bar in o.bars)
    if never or named or facts.standing == Standing.NONE:
        return Verdict.DENY
    if facts.held or facts.standing not in (Standing.PARENT, Standing.CARER):
        return Verdict.HOLD
    return Verdict.DENY if fact == Fact.WHEREABOUTS else Verdict.ALLOW


@given(cares, st.sampled_from(Fact))
def test_the_gate_agrees_with_its_oracle_and_always_names_a_rule(facts: CareFacts, fact: Fact) -> None:
    decision = decide(facts, fact, on=TODAY)
    assert decision.verdict is oracle(facts, fact)
    assert decision.rule in RULES


@given(cares, orders, st.sampled_from(Fact))
def test_one_more_order_never_opens_anything(facts: CareFacts, more: OrderFacts, fact: Fact) -> None:
    with_more = CareFacts(facts.standing, facts.responsibility, facts.lives_with, (*facts.orders, more), facts.held)
    if not decide(facts, fact, on=TODAY).allowed:
        assert not decide(with_more, fact, on=TODAY).allowed


def test_rules_that_betray_an_order_are_known() -> None:
    assert set(RULES) >= ORDER_RULES
