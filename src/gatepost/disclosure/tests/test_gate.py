"""Every rule of the gate, by story; what never may be, for every bond there can be; and a second reading of it all."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.disclosure import (
    RULES,
    Bar,
    CareFacts,
    ChannelFacts,
    Decision,
    Fact,
    OrderFacts,
    Reader,
    Standing,
    Tri,
    Verdict,
    Way,
    decide,
    decide_all,
    read_first,
)
from gatepost.disclosure.gate import MAY_KNOW, ORDER_RULES, STRICTEST_FIRST
from gatepost.disclosure.table import TABLE, WORDS_ONLY, Question

pytestmark = pytest.mark.once

TODAY = date(2027, 2, 4)
CALM = settings(deadline=None)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def care(standing: Any = Standing.PARENT, **more: Any) -> CareFacts:
    return CareFacts(standing, **{"responsibility": Tri.YES, "lives_with": Tri.YES} | more)


def order(*bars: Bar, **more: Any) -> OrderFacts:
    known = {"from_on": TODAY - timedelta(days=9), "until_on": None, "lifted": False, "second_person_agreed": False}
    return OrderFacts(frozenset(bars), **known | more)


def barred(*bars: Bar, **more: Any) -> CareFacts:
    return care(orders=(order(*bars, **more),))


def by(way: Way = Way.SMS, **more: bool) -> ChannelFacts:
    return ChannelFacts(way, **more)


KEEPS_KEV_FROM_DAWN = order(Bar.EVERYTHING, restrains="kev", protects="dawn")
KEEPS_DAWN_FROM_KEV = order(Bar.EVERYTHING, restrains="dawn", protects="kev")
OVER = {"until_on": YESTERDAY}
ALONE = {"lives_with": Tri.YES, "others_live_with": Tri.NO}


@pytest.mark.parametrize(
    ("facts", "fact", "rule"),
    [
        (care(), Fact.OTHER_ADULT, "other-adult-secret"),
        (care(), Fact.RESTRICTION, "restriction-secret"),
        (care(), Fact.SAFEGUARDING, "safeguarding-by-hand"),
        (care(Standing.NONE), Fact.EDUCATION, "no-link"),
        (barred(Bar.EVERYTHING), Fact.LOGISTICS, "order-bars-everything"),
        (barred(Bar.EDUCATION), Fact.EDUCATION, "order-bars-this"),
        (barred(Bar.LOGISTICS), Fact.LOGISTICS, "order-bars-this"),
        (barred(Bar.WHEREABOUTS), Fact.WHEREABOUTS, "order-bars-this"),
        (barred(Bar.EDUCATION), Fact.LOGISTICS, "parent-told"),
        (barred(Bar.CONTACT_WITH_ADULT), Fact.EDUCATION, "parent-told"),
        (barred(Bar.EVERYTHING, **OVER), Fact.EDUCATION, "order-ran-out"),
        (barred(Bar.EDUCATION, **OVER), Fact.EDUCATION, "order-ran-out"),
        (care(held=True), Fact.EDUCATION, "held-by-office"),
        (care(identity_doubted=True), Fact.EDUCATION, "identity-unconfirmed"),
        (care(Standing.EMERGENCY_ONLY), Fact.LOGISTICS, "emergency-contact-only"),
        (care(Standing.UNKNOWN), Fact.LOGISTICS, "relationship-unknown"),
        (care(), Fact.WHEREABOUTS, "whereabouts-not-sent"),
        (care(responsibility=Tri.UNKNOWN), Fact.EDUCATION, "unknown-parent-told"),
        (care(responsibility=Tri.UNKNOWN), Fact.LOGISTICS, "unknown-parent-told"),
        (care(Standing.CARER, responsibility=Tri.NO), Fact.EDUCATION, "parent-told"),
        (care(lives_with=Tri.NO), Fact.EDUCATION, "parent-told"),
        (care("nobody has thought of this"), Fact.EDUCATION, "no-rule"),
    ],
)
def test_each_rule_answers_where_it_should(facts: CareFacts, fact: Fact, rule: str) -> None:
    decision = decide(facts, fact, on=TODAY)
    assert decision.rule == rule
    assert decision.why == RULES[rule]


def test_whereabouts_are_told_for_a_meeting_of_ones_own_and_never_past_an_order() -> None:
    def ask(facts: CareFacts) -> str:
        return decide(facts, Fact.WHEREABOUTS, on=TODAY, own_meeting=True).rule

    assert ask(care()) == ask(care(responsibility=Tri.UNKNOWN)) == "own-meeting-told"
    assert ask(barred(Bar.WHEREABOUTS)) == "order-bars-this"
    assert ask(care(Standing.EMERGENCY_ONLY)) == "emergency-contact-only"


@pytest.mark.parametrize(
    ("channel", "fact", "rule"),
    [
        (by(), Fact.EDUCATION, "parent-told"),
        (by(shared=True), Fact.LOGISTICS, "shared-contact-point"),
        (by(shared=True, overheard=True), Fact.LOGISTICS, "overheard-contact-point"),
        (by(confirmed=False), Fact.EDUCATION, "contact-point-unconfirmed"),
        (by(confirmed=False), Fact.LOGISTICS, "parent-told"),
        (by(Way.VOICE), Fact.LOGISTICS, "no-voice-calls"),
        (by(Way.LETTER), Fact.LOGISTICS, "parent-told"),
    ],
)
def test_the_way_that_words_would_go_matters(channel: ChannelFacts, fact: Fact, rule: str) -> None:
    ruth = care(no_voice_calls=True)
    assert decide(ruth, fact, on=TODAY, channel=channel).rule == rule
    assert decide_all(ruth, frozenset({fact}), on=TODAY, channel=channel).rule == rule
    assert decide(ruth, fact, on=TODAY).rule == "parent-told"  # no way chosen: it may be said, somehow


def test_whoever_may_be_rung_is_rung() -> None:
    assert decide(care(), Fact.LOGISTICS, on=TODAY, channel=by(Way.VOICE)).allowed


def test_an_order_that_ran_out_still_binds_until_two_people_lift_it() -> None:
    last_day = barred(Bar.EVERYTHING, until_on=TODAY)
    assert decide(last_day, Fact.EDUCATION, on=TODAY).rule == "order-bars-everything"
    assert decide(last_day, Fact.EDUCATION, on=TOMORROW).rule == "order-ran-out"
    one_person = barred(Bar.EVERYTHING, lifted=True)
    no_first = barred(Bar.EVERYTHING, second_person_agreed=True)
    two_people = barred(Bar.EVERYTHING, lifted=True, second_person_agreed=True)
    assert decide(one_person, Fact.EDUCATION, on=TODAY).verdict is Verdict.DENY
    assert decide(no_first, Fact.EDUCATION, on=TODAY).verdict is Verdict.DENY
    assert decide(two_people, Fact.EDUCATION, on=TODAY).allowed


def test_an_order_that_still_runs_is_named_before_one_that_ran_out() -> None:
    both = care(orders=(order(Bar.EVERYTHING, **OVER), order(Bar.EDUCATION)))
    assert decide(both, Fact.EDUCATION, on=TODAY).rule == "order-bars-this"
    assert decide(both, Fact.LOGISTICS, on=TODAY).rule == "order-ran-out"


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({"until_on": None}, False),
        ({"until_on": TODAY}, False),
        ({"until_on": YESTERDAY}, True),
        ({"until_on": YESTERDAY, "lifted": True}, True),
        ({"until_on": YESTERDAY, "lifted": True, "second_person_agreed": True}, False),
        ({"until_on": YESTERDAY, "from_on": TOMORROW}, False),
    ],
)
def test_an_order_that_ran_out_asks_to_be_looked_at(facts: dict[str, Any], due: bool) -> None:
    assert order(Bar.EVERYTHING, **facts).has_run_out_on(TODAY) is due


def test_an_order_binds_from_its_first_day() -> None:
    tomorrow = barred(Bar.EVERYTHING, from_on=TOMORROW)
    assert decide(tomorrow, Fact.EDUCATION, on=TODAY).allowed
    assert not decide(tomorrow, Fact.EDUCATION, on=TOMORROW).allowed


def test_two_orders_that_face_each_other_wait_for_a_person() -> None:
    kev = care(orders=(KEEPS_KEV_FROM_DAWN,), others_orders=(KEEPS_DAWN_FROM_KEV,))
    assert decide(kev, Fact.EDUCATION, on=TODAY) == Decision(Verdict.HOLD, "orders-contradict")
    with_another = replace(kev, orders=(*kev.orders, order(Bar.EDUCATION, restrains="kev")))
    assert decide(with_another, Fact.EDUCATION, on=TODAY).rule == "order-bars-this"
    assert decide(with_another, Fact.LOGISTICS, on=TODAY).rule == "orders-contradict"


@pytest.mark.parametrize(
    "other",
    [
        replace(KEEPS_DAWN_FROM_KEV, bars=frozenset({Bar.CONTACT_WITH_ADULT})),  # takes nothing of the school's
        replace(KEEPS_DAWN_FROM_KEV, from_on=TOMORROW),
        replace(KEEPS_DAWN_FROM_KEV, lifted=True, second_person_agreed=True),
        replace(KEEPS_DAWN_FROM_KEV, protects="gran"),
        replace(KEEPS_DAWN_FROM_KEV, restrains="gran"),
        replace(KEEPS_DAWN_FROM_KEV, protects=""),
    ],
)
def test_orders_that_do_not_face_each_other_bar_as_they_say(other: OrderFacts) -> None:
    kev = care(orders=(KEEPS_KEV_FROM_DAWN,), others_orders=(other,))
    assert decide(kev, Fact.EDUCATION, on=TODAY).rule == "order-bars-everything"


def test_orders_that_name_nobody_contradict_nothing() -> None:
    for known in ({}, {"restrains": "kev"}, {"protects": "dawn"}):
        turned = {"restrains": known.get("protects", ""), "protects": known.get("restrains", "")}
        facts = care(orders=(order(Bar.EVERYTHING, **known),), others_orders=(order(Bar.EVERYTHING, **turned),))
        assert decide(facts, Fact.EDUCATION, on=TODAY).rule == "order-bars-everything"


def test_an_order_against_the_only_one_who_looks_after_the_child_waits_for_a_person() -> None:
    facts = replace(barred(Bar.EDUCATION), **ALONE)
    assert decide(facts, Fact.EDUCATION, on=TODAY) == Decision(Verdict.HOLD, "order-against-only-carer")
    assert decide(facts, Fact.LOGISTICS, on=TODAY).rule == "parent-told"
    for known in ({"lives_with": Tri.UNKNOWN}, {"others_live_with": Tri.UNKNOWN}, {"others_live_with": Tri.YES}):
        assert decide(replace(facts, **known), Fact.EDUCATION, on=TODAY).rule == "order-bars-this"
    assert decide(care(**ALONE), Fact.EDUCATION, on=TODAY).allowed


def test_a_text_is_as_secret_as_its_most_secret_fact() -> None:
    def all_of(facts: CareFacts, *carried: Fact, **more: Any) -> Decision:
        return decide_all(facts, frozenset(carried), on=TODAY, **more)

    assert all_of(care(), Fact.EDUCATION, Fact.LOGISTICS).allowed
    assert all_of(care(), Fact.EDUCATION, Fact.OTHER_ADULT).verdict is Verdict.DENY
    assert all_of(care(Standing.UNKNOWN), Fact.EDUCATION, Fact.LOGISTICS).verdict is Verdict.HOLD
    assert all_of(care(Standing.UNKNOWN), Fact.EDUCATION, Fact.RESTRICTION).verdict is Verdict.DENY
    assert all_of(care(), Fact.WHEREABOUTS, own_meeting=True).allowed
    assert not all_of(care(), Fact.WHEREABOUTS).allowed
    assert all_of(care()) == Decision(Verdict.HOLD, "no-rule")


@pytest.mark.parametrize("reader", Reader)
def test_who_may_know_why(reader: Reader) -> None:
    def seen(decision: Decision) -> tuple[str, str]:
        shown = decision.as_seen_by(reader)
        return shown.verdict, shown.rule

    order_bars = decide(barred(Bar.EVERYTHING), Fact.EDUCATION, on=TODAY)
    held = decide(care(held=True), Fact.EDUCATION, on=TODAY)
    emergency = decide(care(Standing.EMERGENCY_ONLY), Fact.EDUCATION, on=TODAY)
    assert seen(decide(care(), Fact.EDUCATION, on=TODAY)) == ("allow", "parent-told")
    if reader in (Reader.OFFICE, Reader.HEAD, Reader.SAFEGUARDING_LEAD):
        expected = [("deny", "order-bars-everything"), ("hold", "held-by-office"), ("hold", "emergency-contact-only")]
    elif reader is Reader.STAFF:
        expected = [("hold", "ask-the-office"), ("hold", "ask-the-office"), ("hold", "emergency-contact-only")]
    else:
        expected = [("deny", "no-link")] * 3
    assert [seen(order_bars), seen(held), seen(emergency)] == expected


def test_what_a_colleague_reads_is_the_same_for_every_rule_that_betrays_an_order() -> None:
    found = {Decision(rule.verdict, rule.name).as_seen_by(Reader.STAFF) for rule in TABLE if rule.betrays}
    assert found == {Decision(Verdict.HOLD, "ask-the-office")}
    assert {one.why for one in found} == {"Please speak to the office before you speak to this adult."}
    assert RULES["somebody-reads-first"] == "Somebody else at the school reads this first."
    assert "ask-the-office" not in ORDER_RULES and MAY_KNOW.isdisjoint({Reader.STAFF, Reader.FAMILY, Reader.OUTSIDER})


def test_the_table_says_no_before_it_says_wait_and_wait_before_yes() -> None:
    *thought_of, last = TABLE
    ranks = [STRICTEST_FIRST.index(rule.verdict) for rule in thought_of]
    assert ranks == sorted(ranks)
    assert (last.name, last.verdict) == ("no-rule", Verdict.HOLD)
    assert STRICTEST_FIRST == [Verdict.DENY, Verdict.HOLD, Verdict.ALLOW]


def test_every_rule_has_a_name_of_its_own_and_words_that_a_lead_can_read() -> None:
    assert len(RULES) == len(TABLE) + len(WORDS_ONLY)
    assert {rule.name for rule in TABLE if rule.betrays} == ORDER_RULES
    for name, words in RULES.items():
        assert words.endswith(".") and words[0].isupper() and len(words) < 200, name
        assert not {"null", "boolean", "flag", "API", "verdict"} & set(words.split()), name


def test_a_childs_texts_are_read_first_while_an_order_stands() -> None:
    lifted = order(Bar.EVERYTHING, lifted=True, second_person_agreed=True)
    assert not read_first((), on=TODAY)
    assert not read_first((lifted, order(Bar.EVERYTHING, from_on=TOMORROW)), on=TODAY)
    assert read_first((lifted, order(Bar.CONTACT_WITH_ADULT)), on=TODAY)
    assert read_first((order(Bar.EVERYTHING, **OVER),), on=TODAY)


def test_what_has_been_asked_and_answered_stays_as_it_is() -> None:
    asked = Question(care(), Fact.EDUCATION, TODAY)
    answer = decide(care(), Fact.EDUCATION, on=TODAY)
    for frozen in (care(), order(), by(), asked, answer, TABLE[0]):
        with pytest.raises(FrozenInstanceError):
            setattr(frozen, fields(frozen)[0].name, None)


def test_what_nobody_has_said_is_taken_for_the_ordinary() -> None:
    known = CareFacts(Standing.PARENT, Tri.YES, Tri.YES)
    assert (known.orders, known.others_orders, known.others_live_with) == ((), (), Tri.UNKNOWN)
    assert not (known.held or known.identity_doubted or known.no_voice_calls)
    assert (order().restrains, order().protects) == ("", "")
    assert (by().shared, by().overheard, by().confirmed) == (False, False, True)
    assert (Question(known, Fact.EDUCATION, TODAY).channel, Question(known, Fact.EDUCATION, TODAY).own_meeting) == (
        None,
        False,
    )


orders = st.builds(
    OrderFacts,
    bars=st.frozensets(st.sampled_from(Bar)),
    from_on=st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)),
    until_on=st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)),
    lifted=st.booleans(),
    second_person_agreed=st.booleans(),
    restrains=st.sampled_from(["me", "x", ""]),
    protects=st.sampled_from(["me", "x", ""]),
)
some_orders = st.lists(orders, max_size=3).map(tuple)
cares = st.builds(
    CareFacts,
    standing=st.sampled_from(Standing),
    responsibility=st.sampled_from(Tri),
    lives_with=st.sampled_from(Tri),
    orders=some_orders,
    held=st.booleans(),
    others_live_with=st.sampled_from(Tri),
    others_orders=some_orders,
    identity_doubted=st.booleans(),
    no_voice_calls=st.booleans(),
)
channels = st.none() | st.builds(
    ChannelFacts, st.sampled_from(Way), shared=st.booleans(), overheard=st.booleans(), confirmed=st.booleans()
)


@CALM
@given(cares, st.sampled_from(Fact), channels, st.booleans())
def test_a_denial_always_names_a_rule_and_only_parents_and_carers_are_told(
    facts: CareFacts, fact: Fact, channel: ChannelFacts | None, own: bool
) -> None:
    decision = decide(facts, fact, on=TODAY, channel=channel, own_meeting=own)
    assert decision.rule in {rule.name for rule in TABLE}
    if decision.allowed:
        assert facts.standing in (Standing.PARENT, Standing.CARER)
        assert fact in (Fact.EDUCATION, Fact.LOGISTICS, Fact.WHEREABOUTS)


@CALM
@given(cares, orders, st.booleans(), st.sampled_from(Fact))
def test_one_more_order_never_opens_anything(facts: CareFacts, more: OrderFacts, theirs: bool, fact: Fact) -> None:
    added = {"others_orders": (*facts.others_orders, more)} if theirs else {"orders": (*facts.orders, more)}
    if not decide(facts, fact, on=TODAY).allowed:
        assert not decide(replace(facts, **added), fact, on=TODAY).allowed


@CALM
@given(cares, st.sampled_from(Fact), channels.filter(bool))
def test_choosing_a_way_never_opens_anything(facts: CareFacts, fact: Fact, channel: ChannelFacts) -> None:
    if not decide(facts, fact, on=TODAY).allowed:
        assert not decide(facts, fact, on=TODAY, channel=channel).allowed


@CALM
@given(cares, st.sampled_from(Fact))
def test_time_alone_never_opens_anything_that_an_order_has_closed(facts: CareFacts, fact: Fact) -> None:
    if not decide(facts, fact, on=TODAY).allowed:
        assert not decide(facts, fact, on=TODAY + timedelta(days=4000)).allowed
