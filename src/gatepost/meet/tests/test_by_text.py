"""A whole way by text alone: invited, a time taken, the summary understood, a promise kept. No page is opened."""

from __future__ import annotations

import pytest

from gatepost.meet import services as meet
from gatepost.meet.models import Arrangement, Booking
from gatepost.meet.services import preparing
from gatepost.reach.models import IncomingText, Touch
from gatepost.testing import Cast
from gatepost.testing.texting import text_from

State = IncomingText.State


def says(cast: Cast, words: str) -> str:
    return text_from(cast, cast.amina, words).state


def test_a_yes_brings_times_and_a_number_takes_one(cast: Cast) -> None:
    invitation = cast.invitation(cast.amina)
    assert says(cast, "Haa!") == State.ANSWERED
    (_invited, times) = cast.letters(cast.amina)
    assert "1, 2 ama 3" in times and " 2: " in times
    assert says(cast, "2") == State.ANSWERED
    booking = Booking.objects.get(invitation=invitation)
    third = sorted(slot.starts_at for slot in invitation.event.slots.all())[1]
    assert booking.slot.starts_at == third and invitation.ask.answers.get().way == Touch.Way.SMS
    assert len(cast.letters(cast.amina)) == 4  # invited, three times, booked, and what would help


def test_a_time_that_somebody_else_has_taken_meanwhile_brings_the_next(cast: Cast) -> None:
    invitation = cast.invitation(cast.amina)
    says(cast, "yes")
    other = cast.invitation(cast.hina, event=invitation.event)
    first = invitation.event.slots.order_by("starts_at").first()
    assert first
    meet.book(other, first, wishes=meet.Wishes(), by=cast.family_actor(other))
    assert says(cast, "1") == State.ANSWERED and not Booking.objects.filter(invitation=invitation).exists()
    assert says(cast, "1") == State.ANSWERED and Booking.objects.filter(invitation=invitation).exists()


@pytest.mark.parametrize("words", ["No, sorry", "maya"])
def test_a_no_is_an_answer(cast: Cast, words: str) -> None:
    invitation = cast.invitation(cast.amina)
    assert says(cast, words) == State.ANSWERED
    assert invitation.ask.answers.get().value == "declined"


@pytest.mark.parametrize("words", ["2", "perhaps", "yes and no"])
def test_what_is_no_answer_is_read_by_a_person(cast: Cast, words: str) -> None:
    cast.invitation(cast.amina)
    assert says(cast, words) == State.WAITING


def test_what_would_help_is_ticked_by_text_promised_and_arranged(cast: Cast) -> None:
    invitation = cast.invitation(cast.amina)
    for words in ("haa", "1"):
        says(cast, words)
    assert "2: Qof" in cast.letters(cast.amina)[-1] and "0:" not in cast.letters(cast.amina)[-1]
    assert says(cast, "0") == State.WAITING and says(cast, "٢ ٣") == State.ANSWERED
    asked = Arrangement.objects.filter(invitation=invitation)
    assert sorted(asked.values_list("kind", flat=True)) == ["childcare", "food"]
    booking = Booking.objects.get(invitation=invitation)
    by = cast.actor_of(cast.finch)
    preparing.arrange(booking, Arrangement.Kind.CHILDCARE, words="Mrs Birch plays with them", pence=0, by=by)
    arranged = cast.letters(cast.amina)[-1]
    assert "Mrs Birch plays with them" in arranged and "Waan ka xunnahay" in arranged  # nobody here writes Somali
    assert says(cast, "2") != State.ANSWERED  # the question is closed: a person reads it
