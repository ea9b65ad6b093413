"""What is marked in somebody's own words before they leave the school; and that nothing of the words is lost."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.disclosure.freetext import Mark, Piece, Span, index_of, marks, pieces

pytestmark = pytest.mark.once

NAMES = index_of(["Dawn Marsh", "Kev Marsh", "Mary-Anne O’Neill", "حنا حسین", "Q", "Will Young"])


def marked(text: str) -> list[tuple[str, str]]:
    return [(piece.mark.value, piece.text) for piece in pieces(text, names=NAMES) if piece.mark]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He is kind to small children.", []),
        ("Dawn rang. KEV'S van was there; kev’s too.", [("name", "Dawn"), ("name", "KEV'S"), ("name", "kev’s")]),
        ("We met mary-anne, Mary and Anne.", [("name", "mary-anne"), ("name", "Mary"), ("name", "Anne")]),
        ("Ask O'Neill, O’Neill’s and Anne-Lise.", [("name", "O'Neill"), ("name", "O’Neill’s"), ("name", "Anne-Lise")]),
        ("حنا came.", [("name", "حنا")]),
        ("They will come at dawn, he is young.", []),
        ("Will is Young's boy.", [("name", "Will"), ("name", "Young's")]),
        ("Q and A: the marshes", []),
        ("They moved to LS14 3AB.", [("postcode", "LS14 3AB")]),
        ("ls143ab or W1A 0AX or gir 0aa", [("postcode", "ls143ab"), ("postcode", "W1A 0AX"), ("postcode", "gir 0aa")]),
        ("Key stage KS2, room A1, 4B", []),
        ("XLS14 3AB and LS14 3ABC", []),
        ("Ring 07700 900123.", [("phone", "07700 900123")]),
        ("+44 (0)113 496-0000 or 0113.496.0000", [("phone", "+44 (0)113 496-0000"), ("phone", "0113.496.0000")]),
        ("٠٧٧٠٠٩٠٠١٢٣", [("phone", "٠٧٧٠٠٩٠٠١٢٣")]),
        ("12/11/2026, 16:30, page 123456, 100 books, 2 of 3", []),
        ("Room a0770090012 or 0770090012b", []),
        ("dawn.marsh+x@mail.example.org is hers.", [("mailbox", "dawn.marsh+x@mail.example.org")]),
        ("write to kev@home", [("mailbox", "kev@home")]),
        ("07700900123@example.org", [("mailbox", "07700900123@example.org")]),
        ("0113 496 0000@example.org", [("phone", "0113 496 0000")]),
    ],
)
def test_what_is_marked(text: str, found: list[tuple[str, str]]) -> None:
    assert marked(text) == found


def test_without_an_index_no_name_is_known() -> None:
    assert marks("Dawn, LS14 3AB") == (Span(6, 14, Mark.POSTCODE),)
    assert pieces("Dawn") == (Piece("Dawn"),)
    assert pieces("") == ()


def test_an_index_holds_single_names_of_two_letters_and_more() -> None:
    assert index_of(["Ms Ayo T. Ng", "Dr Mr Mrs Miss Mx", "Mary-Anne O’Neill"]) == {
        "ayo",
        "ng",
        "mary",
        "anne",
        "o'neill",
    }


SNIPPETS = [
    "Dawn",
    "Kev",
    "Will",
    "mary-anne",
    "0113",
    "496 0000",
    "LS14",
    "3AB",
    "@",
    ".",
    "-",
    "'",
    "’",
    "/",
    "_",
    "é",
]


def test_what_was_found_stays_as_it_is() -> None:
    for frozen in (Span(0, 1, Mark.NAME), Piece("Dawn")):
        with pytest.raises(FrozenInstanceError):
            setattr(frozen, fields(frozen)[0].name, None)
    assert Piece("Dawn").mark is None
    assert [mark.value for mark in Mark] == ["mailbox", "phone", "postcode", "name"]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*SNIPPETS, " ", "\n"])))
def test_marks_follow_each_other_and_the_pieces_are_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    found = marks(text, names=NAMES)
    assert all(span.start < span.end for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    cut = pieces(text, names=NAMES)
    assert "".join(piece.text for piece in cut) == text
    assert [piece.text for piece in cut if piece.mark] == [text[span.start : span.end] for span in found]
    assert all(piece.text for piece in cut)
