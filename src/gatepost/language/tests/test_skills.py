"""Finding a skill whatever language it was said in, and reading a yes or a no."""

import pytest

from gatepost.language.skills import SKILLS, words_like
from gatepost.language.yesno import yes_or_no

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("asked", "found"),
    [("landscape", "garden"), ("accountant", "اکاؤنٹ"), ("Baking", "rooti"), ("سلائی", "sew"), ("cake maker", "bak")],
)
def test_one_skill_has_words_in_every_language(asked: str, found: str) -> None:
    assert found in words_like(asked)


def test_what_is_not_in_the_table_is_looked_for_as_it_is() -> None:
    assert words_like("Falconry") == {"falconry"}
    assert words_like("  ") == frozenset()


def test_every_skill_has_words_in_three_languages() -> None:
    for skill in SKILLS:
        scripts = {entry[0] > "\u0600" for entry in skill}
        assert scripts == {True, False}, skill


@pytest.mark.parametrize(
    "text",
    [
        *["Yes", "haa", "جی ہاں", "ok!", " 1 ", "Haa, waan imanayaa", "Tak", "Da, sigur", "জি হ্যাঁ", "نعم", "১"],
        *["Yes please, I'll be there. Thank you", "نعم، شكرًا", "جی ضرور، ہم آئیں گے", "Tak, przyjdę", "হ্যাঁ, আসব"],
    ],
)
def test_a_yes(text: str) -> None:
    assert yes_or_no(text) is True


@pytest.mark.parametrize(
    "text",
    [
        *["No", "Maya", "نہیں", "sorry, I cannot", "Nie", "Nu", "না", "لا", "2", "I can’t come, sorry"],
        *["Niestety nie mogę", "Nu pot veni", "معذرت، میں نہیں آ سکتی", "আসতে পারব না"],
    ],
)
def test_a_no(text: str) -> None:
    assert yes_or_no(text) is False


@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            "When?",
            "-" + "5" * 5000,
            "yes and no",
            "who is this",
            "no tak",
            "No problem",
            "2 of us will come",
            "Sorry, see you there",
        ],
        *["We cannot wait!", "Waan ka xumahay", "Nie wiem", "Nie ma problemu", "Czy da się później", "Nu știu"],
        *["Is it ok if I come later", "Yes, which room?", "Yes, but not on Thursday", "لا أعرف", "না জানি না"],
    ],
)
def test_anything_else_is_for_a_person(text: str) -> None:
    assert yes_or_no(text) is None
