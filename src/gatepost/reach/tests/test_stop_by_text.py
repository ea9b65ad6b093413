"""STOP and START by text: what nobody needs ends, what has to be told is told, and nobody is guessed."""

from __future__ import annotations

import pytest

from gatepost.meet import notices as meet
from gatepost.reach.models import IncomingText, Notice, OptOut
from gatepost.reach.services import tell
from gatepost.reach.services.incoming import take_text
from gatepost.support.notices import home_note
from gatepost.testing import Cast

State = IncomingText.State
AMINA, ONE_PHONE = "+447700900101", "+447700900103"


def says(cast: Cast, words: str, number: str = AMINA) -> str:
    return take_text(number, words, school=cast.school).state


def told(cast: Cast) -> list[str]:
    return [notice.kind for notice in cast.told(cast.amina)]


@pytest.mark.parametrize("word", ["STOP", "jooji!"])
def test_a_stop_ends_what_nobody_needs_and_says_once_what_still_comes(cast: Cast, word: str) -> None:
    assert says(cast, word) == State.DONE
    assert told(cast) == ["reach.stopped"] and {out.way for out in OptOut.objects.all()} == {"sms"}
    (answer,) = cast.letters(cast.amina)
    assert "0113 496 0000" in answer and "/" not in answer
    assert tell(cast.amina, home_note, about=cast.ayan, by=None).state == Notice.State.BARRED
    assert tell(cast.amina, meet.invitation, about=cast.ayan, by=None).state == Notice.State.QUEUED


def test_a_second_stop_is_read_by_a_person_and_a_start_ends_it(cast: Cast) -> None:
    assert [says(cast, "stop"), says(cast, "STOP!!")] == [State.DONE, State.WAITING]
    assert told(cast) == ["reach.stopped"]
    assert says(cast, "Bilow") == State.DONE and not OptOut.objects.exists()
    assert told(cast) == ["reach.stopped", "reach.started"]
    assert says(cast, "start") == State.WAITING


def test_a_stop_is_never_taken_for_an_answer(cast: Cast) -> None:
    cast.invitation(cast.amina)
    assert says(cast, "stop") == State.DONE
    assert says(cast, "stop") == State.WAITING


def test_of_a_telephone_that_two_read_nobody_is_guessed(cast: Cast) -> None:
    shared = cast.noor.contact_points.get()
    assert says(cast, "STOP", shared.value) == State.WAITING
    assert not OptOut.objects.exists() and IncomingText.objects.get().adult is None
    assert not Notice.objects.filter(kind="reach.stopped").exists()


def test_a_text_that_the_gateway_brings_twice_is_done_once(cast: Cast) -> None:
    for _twice in range(2):
        take_text(AMINA, "stop", school=cast.school, source_id="1")
    assert told(cast) == ["reach.stopped"]
