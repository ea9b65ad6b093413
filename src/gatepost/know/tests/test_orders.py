"""One person adds an order, at once; two people lift it; its words lie sealed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.core.models import AuditEvent
from gatepost.disclosure import Bar, Fact
from gatepost.disclosure.gate import decide
from gatepost.know import rules
from gatepost.know import services as know
from gatepost.know.models import Adult, Care, Child, ChildChange, Order, OrderKind, Paper
from gatepost.know.queries import care_facts
from gatepost.know.services.orders import Seen
from gatepost.testing import Cast


def seen(cast: Cast, *bars: Bar, **more: object) -> Seen:
    said = {"bars": frozenset(bars), "seen_by": cast.finch, "from_on": clock.today()} | more
    return Seen(**said)  # type: ignore[arg-type]


def record(cast: Cast, *bars: Bar, adult: Adult | None = None, child: Child | None = None, **more: object) -> Order:
    by = cast.actor_of(cast.finch)
    (made,) = know.record_orders(
        adult or cast.mark, [child or cast.ella], seen=seen(cast, *bars or (Bar.EVERYTHING,), **more), by=by
    )
    return made


def gets(adult: Adult, child: Child) -> set[Fact]:
    facts = care_facts(adult, child)
    return {fact for fact in Fact if decide(facts, fact, on=clock.today()).allowed}


@pytest.mark.parametrize(
    ("bar", "left"),
    [
        (Bar.EVERYTHING, set()),
        (Bar.EDUCATION, {Fact.LOGISTICS}),
        (Bar.LOGISTICS, {Fact.EDUCATION}),
        (Bar.WHEREABOUTS, {Fact.EDUCATION, Fact.LOGISTICS}),
        (Bar.CONTACT_WITH_ADULT, {Fact.EDUCATION, Fact.LOGISTICS}),
    ],
)
def test_it_takes_away_only_what_it_says(cast: Cast, bar: Bar, left: set[Fact]):
    record(cast, bar, keeps_apart_from=cast.jo)
    assert gets(cast.mark, cast.ella) == left
    assert gets(cast.jo, cast.ella) == {Fact.EDUCATION, Fact.LOGISTICS}


def test_it_is_recorded_for_brothers_and_sisters_at_once_and_pressed_twice_stands_once(cast: Cast):
    sibling = Child.objects.create(school=cast.school, name="Ben Pell", called="Ben")
    Care.objects.create(school=cast.school, adult=cast.mark, child=sibling, standing="parent")
    said = seen(cast, Bar.EVERYTHING, kind=OrderKind.NON_MOLESTATION, words="He shall not.")
    for _ in range(2):
        know.record_orders(cast.mark, [cast.ella, sibling], seen=said, by=cast.actor_of(cast.finch))
    assert Order.objects.filter(adult=cast.mark).count() == 2
    assert gets(cast.mark, sibling) == set()


@pytest.mark.parametrize(
    "wrong",
    [
        {"bars": frozenset()},
        {"until_on": clock.today() - timedelta(days=1)},
        {"seen_on": clock.today() + timedelta(days=1)},
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, wrong: dict[str, object]):
    with pytest.raises(Refused):
        know.record_orders(
            cast.mark, [cast.ella], seen=seen(cast, **{"bars": frozenset({Bar.EDUCATION})} | wrong), by=None
        )
    with pytest.raises(Refused):
        record(cast, Bar.EDUCATION, keeps_apart_from=cast.mark)
    with pytest.raises(Refused):
        know.record_orders(cast.mark, [], seen=seen(cast, Bar.EDUCATION), by=None)


def test_its_words_are_sealed_and_each_reading_is_written_down(cast: Cast):
    made = record(cast, words="The father shall not come within 100 metres.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT order_text FROM know_order WHERE order_text <> ''")
        assert "father" not in str(cursor.fetchall())
    again = Order.objects.get(pk=made.pk)
    assert know.read_order(again, by=cast.actor_of(cast.bell)).startswith("The father")
    line = AuditEvent.objects.get(verb="know.order_read")
    assert (line.thing_id, line.by_person) == (made.pk, cast.bell.pk)


def test_nothing_of_an_order_stands_in_the_history_that_colleagues_read(cast: Cast):
    made = record(cast, until_on=clock.today())
    know.prolong_order(made, until_on=None, by=cast.actor_of(cast.finch))
    know.hold(Care.objects.get(adult=cast.jo, child=cast.ella), by=cast.actor_of(cast.ode))
    assert not ChildChange.objects.exists()


def lift(cast: Cast, order: Order) -> None:
    know.ask_to_lift(order, paper=Paper.ENDED, seen_on=clock.today(), by=cast.actor_of(cast.finch))
    order.refresh_from_db()
    know.agree_to_lift(order, by=cast.actor_of(cast.bell))


def test_two_people_lift_it(cast: Cast):
    made = record(cast)
    know.ask_to_lift(made, paper=Paper.ENDED, seen_on=clock.today(), by=cast.actor_of(cast.finch))
    made.refresh_from_db()
    assert gets(cast.mark, cast.ella) == set()
    with pytest.raises(Refused):
        know.agree_to_lift(made, by=cast.actor_of(cast.finch))
    with pytest.raises(Refused):
        know.ask_to_lift(made, paper=Paper.ENDED, seen_on=clock.today(), by=cast.actor_of(cast.bell))
    assert gets(cast.mark, cast.ella) == set()
    know.agree_to_lift(made, by=cast.actor_of(cast.bell))
    assert gets(cast.mark, cast.ella) == {Fact.EDUCATION, Fact.LOGISTICS}
    with pytest.raises(Refused):
        know.agree_to_lift(made, by=cast.actor_of(cast.bell))


def test_a_stale_page_lifts_nothing_that_was_never_asked_for(cast: Cast):
    made = record(cast)
    with pytest.raises(Refused):
        know.agree_to_lift(made, by=cast.actor_of(cast.bell))
    with pytest.raises(Refused):
        know.keep_order(made, by=cast.actor_of(cast.bell))
    stale = Order.objects.get(pk=made.pk)
    know.ask_to_lift(made, paper=Paper.ENDED, seen_on=clock.today(), by=cast.actor_of(cast.finch))
    with pytest.raises(Refused):  # Mrs Finch again, on a page that she opened before
        know.agree_to_lift(stale, by=cast.actor_of(cast.finch))
    assert gets(cast.mark, cast.ella) == set()


def test_the_database_lets_nobody_lift_alone_or_without_a_paper(cast: Cast):
    made = record(cast)
    paper = {"lifting_paper": "ended", "lifting_seen_on": clock.today()}
    for wrong in (
        {"lifted_by": cast.finch, "lifting_agreed_by": cast.finch, **paper},
        {"lifting_agreed_by": cast.bell},
        {"lifted_by": cast.finch, "lifting_agreed_by": cast.bell},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=made.pk).update(**wrong)


def test_somebody_says_no_and_it_can_be_asked_again(cast: Cast):
    made = record(cast)
    know.ask_to_lift(made, paper=Paper.ENDED, seen_on=clock.today(), by=cast.actor_of(cast.finch))
    made.refresh_from_db()
    know.keep_order(made, by=cast.actor_of(cast.bell))
    made.refresh_from_db()
    assert (made.lifted_by, made.lifting_paper) == (None, "")
    lift(cast, made)
    assert gets(cast.mark, cast.ella) == {Fact.EDUCATION, Fact.LOGISTICS}


def test_lifting_one_leaves_the_other_standing(cast: Cast):
    first, second = record(cast, Bar.EVERYTHING), record(cast, Bar.EDUCATION)
    lift(cast, first)
    assert gets(cast.mark, cast.ella) == {Fact.LOGISTICS}
    lift(cast, second)
    assert gets(cast.mark, cast.ella) == {Fact.EDUCATION, Fact.LOGISTICS}


def test_a_wrong_one_is_corrected_by_a_right_one_and_lifting(cast: Cast):
    wrong = record(cast, Bar.EVERYTHING)
    record(cast, Bar.LOGISTICS)
    know.ask_to_lift(wrong, paper=Paper.MISTAKE, seen_on=clock.today(), by=cast.actor_of(cast.finch))
    wrong.refresh_from_db()
    know.agree_to_lift(wrong, by=cast.actor_of(cast.bell))
    assert gets(cast.mark, cast.ella) == {Fact.EDUCATION}


def test_past_its_last_day_it_binds_and_one_person_can_prolong_it_but_not_shorten_it(cast: Cast):
    yesterday = clock.today() - timedelta(days=1)
    made = record(cast, from_on=yesterday - timedelta(days=9), until_on=yesterday)
    assert gets(cast.mark, cast.ella) == set()
    know.prolong_order(made, until_on=clock.today() + timedelta(days=90), by=cast.actor_of(cast.finch))
    with pytest.raises(Refused):
        know.prolong_order(made, until_on=clock.today(), by=cast.actor_of(cast.finch))
    know.prolong_order(made, until_on=None, by=cast.actor_of(cast.finch))
    with pytest.raises(Refused):
        know.prolong_order(made, until_on=clock.today(), by=cast.actor_of(cast.finch))
    made.refresh_from_db()
    assert made.until_on is None


def test_who_may(cast: Cast):
    made = record(cast)
    care = Care.objects.get(adult=cast.mark, child=cast.ella)
    office, head, teacher, colleague = map(cast.actor_of, (cast.finch, cast.bell, cast.ode, cast.nye))
    assert [rules.may_record_order(each, cast.ella) for each in (office, head, teacher)] == [True, True, False]
    assert [rules.may_see_order(each, made) for each in (office, head, teacher)] == [True, True, False]
    assert [rules.may_hold(care=care, actor=each) for each in (office, teacher, colleague)] == [True, True, False]
    know.ask_to_lift(made, paper=Paper.ENDED, seen_on=clock.today(), by=office)
    made.refresh_from_db()
    assert [rules.may_agree_to_lift(each, made) for each in (office, head, teacher)] == [False, True, False]


def test_nobody_lifts_or_sees_an_order_about_their_own_child(cast: Cast):
    cast.jo.person = cast.bell
    cast.jo.save()
    made = record(cast)
    head = cast.actor_of(cast.bell)
    assert not rules.may_see_order(head, made)
    assert not rules.may_agree_to_lift(head, made)
    assert not rules.may_record_order(head, cast.ella)


def test_a_teacher_asks_everybody_to_wait_and_somebody_else_settles_it(cast: Cast):
    care = Care.objects.get(adult=cast.jo, child=cast.ella)
    know.hold(care, by=cast.actor_of(cast.ode))
    know.hold(care, by=cast.actor_of(cast.finch))  # it waits already: whoever asked first has asked
    assert gets(cast.jo, cast.ella) == set()
    care.refresh_from_db()
    assert care.held_by == cast.ode
    facts = {"standing": "parent", "responsibility": "yes", "lives_with": "yes"}
    with pytest.raises(Refused):
        know.settle(care, **facts_of(facts), by=cast.actor_of(cast.ode))
    know.settle(care, **facts_of(facts), by=cast.actor_of(cast.finch))
    care.refresh_from_db()
    assert (care.held, care.held_by) == (False, None)
    assert gets(cast.jo, cast.ella) == {Fact.EDUCATION, Fact.LOGISTICS}


def facts_of(said: dict[str, str]) -> dict[str, object]:
    from gatepost.disclosure import Standing, Tri

    return {
        "standing": Standing(said["standing"]),
        "responsibility": Tri(said["responsibility"]),
        "lives_with": Tri(said["lives_with"]),
    }
