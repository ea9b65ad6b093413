"""Booking: the last place is given once, each adult holds one time, and nobody learns of anybody else."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import Care
from gatepost.meet import queries, services
from gatepost.meet.models import Booking, Event, Invitation, Slot
from gatepost.meet.services import Wishes
from gatepost.reach.models import Touch
from gatepost.testing import Cast

NOTHING = Wishes()


def book(cast: Cast, invitation: Invitation, slot: Slot, wishes: Wishes = NOTHING) -> Booking:
    return services.book(invitation, slot, wishes=wishes, by=cast.family_actor(invitation))


def test_the_last_place_is_given_once(cast: Cast) -> None:
    amina = cast.invitation(cast.amina)
    slot = cast.slot(event=amina.event)
    book(cast, amina, slot)
    with pytest.raises(Refused, match="just been taken"):
        book(cast, cast.invitation(cast.dawn, event=amina.event), slot)
    assert slot.bookings.count() == 1


def test_a_booking_is_told_answered_and_counts_as_being_heard(cast: Cast) -> None:
    amina = cast.invitation(cast.amina)
    book(cast, amina, cast.slot(event=amina.event))
    assert [notice.kind for notice in cast.told(cast.amina)] == ["meet.invitation", "meet.booked"]
    assert amina.ask.answers.get().value == "yes"
    assert Touch.objects.get(adult=cast.amina).two_way
    assert audit.first_bad_line(cast.school.pk) is None


def test_another_time_frees_the_one_before(cast: Cast) -> None:
    amina = cast.invitation(cast.amina)
    first, second = amina.event.slots.all()[:2]
    book(cast, amina, first)
    book(cast, amina, second)
    assert list(amina.event.slots.filter(taken=1)) == [second]
    assert Booking.objects.filter(invitation=amina, status="booked").count() == 1


def test_the_same_time_twice_is_one_booking(cast: Cast) -> None:
    amina = cast.invitation(cast.amina)
    slot = cast.slot(event=amina.event)
    book(cast, amina, slot)
    book(cast, amina, slot, Wishes(talk_about="reading"))
    assert amina.agenda.get().words == "reading"
    assert Slot.objects.get(pk=slot.pk).taken == 1


def test_when_a_new_time_is_gone_the_old_one_stays(cast: Cast) -> None:
    amina = cast.invitation(cast.amina)
    dawn = cast.invitation(cast.dawn, event=amina.event)
    first, second = amina.event.slots.all()[:2]
    book(cast, amina, first)
    book(cast, dawn, second)
    with pytest.raises(Refused):
        book(cast, amina, second)
    held = queries.booking_of(amina)
    assert held and held.slot == first
    assert [slot.taken for slot in (Slot.objects.get(pk=first.pk), Slot.objects.get(pk=second.pk))] == [1, 1]


def test_a_time_given_back_can_be_had_by_others(cast: Cast) -> None:
    amina = cast.invitation(cast.amina)
    slot = cast.slot(event=amina.event)
    book(cast, amina, slot)
    services.give_back(amina, by=cast.family_actor(amina))
    services.give_back(amina, by=cast.family_actor(amina))
    assert Slot.objects.get(pk=slot.pk).taken == 0
    book(cast, cast.invitation(cast.dawn, event=amina.event), slot)
    assert cast.told(cast.amina)[-1].kind == "meet.given_back"


def test_declining_is_an_answer_and_frees_the_time(cast: Cast) -> None:
    amina = cast.invitation(cast.amina)
    slot = cast.slot(event=amina.event)
    book(cast, amina, slot)
    services.say_no(amina, value="declined", words="Waan shaqeeyaa", by=cast.family_actor(amina))
    latest = amina.ask.answers.first()
    assert latest and (latest.value, latest.words) == ("declined", "Waan shaqeeyaa")
    assert Slot.objects.get(pk=slot.pk).taken == 0


def test_wishes_are_replaced_and_never_added_up(cast: Cast) -> None:
    amina = cast.invitation(cast.amina)
    booking = book(cast, amina, cast.slot(event=amina.event), Wishes(supporter="Hodan", interpreter="so"))
    services.wish(amina, wishes=Wishes(supporter="Farah"), by=cast.family_actor(amina))
    seats = set(booking.seats.values_list("kind", "detail"))
    assert seats == {("supporter", "Farah"), ("interpreter", "so")}  # the school knows that she needs one


def test_a_time_that_has_passed_or_is_not_theirs_cannot_be_had(cast: Cast) -> None:
    amina = cast.invitation(cast.amina)
    past = cast.slot(event=amina.event, starts_at=clock.now() - timedelta(minutes=1))
    other = cast.event(hosts=[cast.nye], groups=[cast.robins]).slots.first()
    for slot in (past, other):
        assert slot
        with pytest.raises(Refused):
            book(cast, amina, slot)


def test_parents_who_live_apart_do_not_meet_by_chance_and_cannot_tell_why(cast: Cast) -> None:
    jo = cast.invitation(cast.jo)
    mark = cast.invitation(cast.mark, event=jo.event)
    slots = list(jo.event.slots.all())
    book(cast, jo, slots[4])
    seen = {time.slot_id: time.taken for time in queries.shown(mark, nameless=False, booking=None).times}
    taken = [number for number, slot in enumerate(slots) if seen[slot.pk]]
    assert taken == [1, 2, 3, 4, 5, 6, 7]  # half an hour on each side
    with pytest.raises(Refused, match="just been taken"):
        book(cast, mark, slots[5])
    book(cast, mark, slots[8])


@pytest.mark.parametrize("first", ["series", "talk"])
def test_who_lives_apart_does_not_meet_on_a_later_day_of_a_series_either(cast: Cast, first: str) -> None:
    days = [clock.today() + timedelta(days=60 + 7 * week) for week in range(3)]
    times = {"minutes": 60, "begins": time(16), "ends": time(17)}
    series = cast.event(kind=Event.Kind.MASTERCLASS, places=5, days=days, hosts=[cast.nye], **times)
    talks = cast.event(days=days[1:2])
    mark, jo = cast.invitation(cast.mark, event=series), cast.invitation(cast.jo, event=talks)
    at_four, at_six = talks.slots.order_by("starts_at")[0], talks.slots.order_by("starts_at").reverse()[0]
    if first == "series":
        book(cast, mark, series.slots.get())
        taken = [each.taken for each in queries.times_for(jo, None)]
        assert taken == [True] * 9 + [False] * 3  # until half an hour after it
        with pytest.raises(Refused, match="just been taken"):
            book(cast, jo, at_four)
        assert book(cast, jo, at_six)
    else:
        book(cast, jo, at_four)
        assert queries.shown(mark, nameless=False, booking=None).is_full
        with pytest.raises(Refused, match="just been taken"):
            book(cast, mark, series.slots.get())
        book(cast, jo, at_six)
        assert book(cast, mark, series.slots.get())


def test_nor_within_the_second_of_the_two_times_that_interpreting_takes(cast: Cast) -> None:
    Care.objects.create(
        school=cast.school, adult=cast.ruth, child=cast.ella, relationship="aunt", lives_with="no", rank=3
    )
    ruth, jo = cast.invitation(cast.ruth), cast.invitation(cast.jo)
    slots = list(ruth.event.slots.order_by("starts_at"))
    book(cast, ruth, slots[3])
    taken = [number for number, each in enumerate(queries.times_for(jo, None)) if each.taken]
    assert taken == [0, 1, 2, 3, 4, 5, 6, 7]  # half an hour on each side of both


def test_an_order_that_keeps_two_adults_apart_works_the_same_both_ways(cast: Cast) -> None:
    lee = cast.invitation(cast.lee)
    mother = cast.invitation(cast.lees_ex, event=lee.event)
    slots = list(lee.event.slots.all())
    book(cast, lee, slots[0])
    assert queries.shown(mother, nameless=False, booking=None).times[1].taken
    assert not queries.shown(cast.invitation(cast.amina, event=lee.event), nameless=False, booking=None).times[1].taken
