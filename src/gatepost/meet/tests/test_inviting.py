"""Inviting: who is told, in which language, by which way; who is left out, by which rule; nobody twice."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar, Verdict
from gatepost.know.services import record_order
from gatepost.meet import queries
from gatepost.meet.models import Event, Invitation
from gatepost.reach.models import Delivery, Notice
from gatepost.reach.services import ask
from gatepost.testing import Cast


def test_everybody_is_told_or_left_out_by_a_rule(cast: Cast) -> None:
    lines = {line.adult: line for line in queries.recipients(cast.event())}
    assert lines[cast.kev].rule == "order-bars-everything"
    assert lines[cast.em].rule == "emergency-contact-only"
    assert lines[cast.rel].rule == "relationship-unknown"
    assert lines[cast.una].rule == "unknown-parent-told"
    assert lines[cast.lee].verdict is lines[cast.mark].verdict is Verdict.ALLOW
    assert lines[cast.nadia].channel == "person"
    assert lines[cast.amina].language == "so"


def test_a_teacher_does_not_learn_that_an_order_exists(cast: Cast) -> None:
    lines = queries.recipients(cast.event())
    seen = {line.adult: line.rule for line in queries.left_out(lines, seen_by=cast.actor_of(cast.ode))}
    assert seen[cast.kev] == "ask-the-office"
    office = {line.adult: line.rule for line in queries.left_out(lines, seen_by=cast.actor_of(cast.finch))}
    assert office[cast.kev] == "order-bars-everything"


def test_invitations_go_out_once_each_on_their_own(cast: Cast) -> None:
    event = cast.event()
    first = cast.invite_all(event)
    assert cast.invite_all(event) == []
    invited = {invitation.adult for invitation in first}
    assert {cast.jo, cast.mark, cast.lee, cast.una, cast.nadia} <= invited
    assert not {cast.kev, cast.em, cast.rel} & invited
    assert Notice.objects.filter(adult=cast.kev).count() == 0


def test_who_has_no_phone_is_on_the_offices_list(cast: Cast) -> None:
    cast.invite_all()
    assert cast.told(cast.nadia)[0].state == Notice.State.BY_HAND


def test_the_invitation_speaks_their_language_and_says_what_matters_first(cast: Cast) -> None:
    cast.invite_all()
    (text,) = cast.letters(cast.jo)
    for needed in ("Ella", "Nothing is wrong", "bring someone", "interpreter", "0113 496 0000", "http"):
        assert needed in text
    assert "Pell" not in text
    (urdu,) = cast.letters(cast.hina)
    assert "Zara" in urdu


def test_a_shared_telephone_gets_neither_name_nor_purpose(cast: Cast) -> None:
    cast.invite_all()
    (text,) = cast.letters(cast.noor)
    assert cast.yusuf.called not in text
    assert "talk" not in text.lower()


def test_an_order_that_comes_after_the_queue_stops_the_message_at_the_wire(cast: Cast) -> None:
    cast.invite_all()
    seen = {"seen_by": cast.bell, "from_on": clock.today(), "by": None}
    record_order(cast.mark, child=cast.ella, bars=frozenset({Bar.EVERYTHING}), **seen)
    assert cast.letters(cast.mark) == []
    assert cast.letters(cast.jo)
    stopped = Delivery.objects.get(notice__adult=cast.mark)
    assert (stopped.state, stopped.problem) == ("stopped", "order-bars-everything")


def test_a_hurried_conversation_is_refused_by_the_service_and_by_the_database(cast: Cast) -> None:
    with pytest.raises(Refused, match="20 minutes"):
        cast.event(kind=Event.Kind.CONVERSATION, minutes=15)
    talk = cast.event(kind=Event.Kind.CONVERSATION, minutes=45)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=talk.pk).update(minutes=10)


def test_conversations_are_not_back_to_back(cast: Cast) -> None:
    talk = cast.event(kind=Event.Kind.CONVERSATION, minutes=30, begins=time(15), ends=time(17))
    starts = [slot.starts_at for slot in talk.slots.all()]
    assert starts[1] - starts[0] == timedelta(minutes=40)
    assert len(starts) == 3


def test_nobody_is_in_two_places(cast: Cast) -> None:
    day = clock.today() + timedelta(days=40)
    cast.event(days=[day])
    with pytest.raises(Refused, match="already has a meeting"):
        cast.event(days=[day])


def test_each_adult_is_invited_once_to_each_event_says_the_database(cast: Cast) -> None:
    amina = cast.invitation(cast.amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            school=cast.school,
            event=amina.event,
            adult=amina.adult,
            child=amina.child,
            ask=ask(amina.adult, "meet.come", about=amina.child),
            made_at=clock.now(),
        )
