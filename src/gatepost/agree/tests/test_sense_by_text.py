"""Did it make sense? 1, 2 or 3 by text is an answer like a click."""

from __future__ import annotations

import pytest

from gatepost.agree.tests.saying import shared
from gatepost.testing import Cast
from gatepost.testing.texting import text_from

AMINA = "+447700900101"


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("1", "yes", ""),
        ("2.", "not_quite", ""),
        ("3: he is called Ayan, not Ian", "correction", "he is called Ayan, not Ian"),
        ("১", "yes", ""),
    ],
)
def test_a_number_answers(cast: Cast, text: str, value: str, words: str) -> None:
    record = shared(cast)
    assert text_from(cast, cast.amina, text).state == "answered"
    assert record.understood
    said = record.understood.answers.get()
    assert (said.value, said.words, said.way) == (value, words, "sms")


@pytest.mark.parametrize("text", ["3", "1 but why", "what?", "4"])
def test_anything_else_is_read_by_a_person(cast: Cast, text: str) -> None:
    record = shared(cast)
    assert text_from(cast, cast.amina, text).state == "waiting"
    assert record.understood and not record.understood.answers.exists()
