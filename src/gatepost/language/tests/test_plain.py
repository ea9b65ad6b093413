"""What a plain friend points at before a family reads something: and it never gets in the way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.language import plain
from gatepost.language.blame import heard_as_blame, prompts
from gatepost.language.jargon import glossary, school_words
from gatepost.language.plain import look_over
from gatepost.language.readability import ENOUGH, YOUNGEST, measure, syllables

pytestmark = pytest.mark.once

STATUTORY = (
    "The local authority is required to determine whether an assessment is necessary within six weeks of the receipt "
    "of the request, having regard to the representations and evidence submitted by the parent."
)
AS_WE_WOULD_SAY_IT = "The council has six weeks to decide. It reads what you sent. Then it tells you if it will look."

COUNTED = {
    "make": 1, "table": 2, "while": 1, "times": 1, "places": 2, "walked": 1, "wanted": 2, "safely": 2, "radio": 3,
    "doing": 2, "usual": 3, "autism": 3, "create": 2, "idea": 3, "quiet": 2, "science": 2, "people": 2, "school": 1,
    "teacher": 2, "child": 1, "children": 2, "reading": 2, "parents": 2, "family": 3, "education": 4, "information": 4,
    "attendance": 3, "beyond": 2, "player": 2, "eyes": 1, "question": 2, "various": 3, "social": 2, "behaviour": 3,
    "weekend": 2, "homework": 2, "interpreter": 4, "responsibility": 6, "opportunity": 5, "please": 1, "lesson": 2,
    "breakfast": 2, "area": 3, "agreed": 2, "rules": 1, "clothes": 1, "watches": 2, "individual": 5, "movement": 2,
    "something": 2, "appointment": 3, "assessment": 3, "appropriate": 4, "hospital": 3, "library": 3, "well-being": 3,
}  # fmt: skip

words = st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), min_size=ENOUGH, max_size=40)


def test_syllables_are_counted_as_they_are_said():
    assert {word: syllables(word) for word in COUNTED} == COUNTED


def test_the_same_news_can_be_hard_or_plain():
    assert measure(STATUTORY).age > 20
    assert measure(AS_WE_WOULD_SAY_IT).age < 8
    assert look_over(STATUTORY).stops and not look_over(AS_WE_WOULD_SAY_IT).warns
    assert measure(STATUTORY).long_sentences == (STATUTORY,)


def test_the_formula_is_the_published_one():
    found = measure("We will read one short book each day. He can pick it.")
    assert (found.words, found.sentences, found.syllables) == (12, 2, 12)
    assert pytest.approx(3.55) == 0.39 * 6 + 11.8 - 15.59 + 5 and found.age == YOUNGEST


def test_names_dates_numbers_and_placeholders_are_nobodys_hard_words():
    bare = "We met in the hall and she read to us from a book about big cats"
    named = (
        "We met Mrs Wojciechowska-Abdirahman, Wednesday 24 September 2026, 5.10pm, in the hall and she read to us "
        "from a book about big cats {child_name} %(place)s https://example.org/very/long/address name@example.org"
    )
    assert measure(named).syllables == measure(bare).syllables
    assert measure("Ayan reads well. Then ayan sings.", names=["Ayan"]).words == 4


def test_a_list_has_a_sentence_a_line_and_a_title_ends_none():
    assert measure("bring a coat\nbring a cup\nbring a friend").sentences == 3
    assert measure("Please ask Mr. Nye or Dr. Rook about it.").sentences == 1


def test_an_age_is_said_in_whole_years_and_not_beyond_school():
    assert look_over(STATUTORY).said_age == "18+" and look_over("Yes.").said_age == ""
    assert look_over(AS_WE_WOULD_SAY_IT).said_age in {"5", "6", "7"}


def test_few_words_have_no_age():
    assert look_over("Extraordinary mathematical responsibilities.").age is None
    assert not look_over("")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_is_too_strange(text):
    found = look_over(text)
    assert found.age is None or found.age >= YOUNGEST
    assert found.readability.sentences <= found.readability.words <= found.readability.syllables


@settings(max_examples=60, deadline=None)
@given(words, st.integers(0, 39))
def test_the_same_words_in_fewer_sentences_are_never_easier(said, cut):
    whole = measure(" ".join(said) + ".")
    parts = measure(f"{' '.join(said[:cut])}. {' '.join(said[cut:])}.")
    assert whole.words == parts.words and whole.age >= parts.age


@settings(max_examples=40, deadline=None)
@given(words, st.randoms())
def test_the_order_of_words_changes_nothing(said, dice):
    mixed = list(said)
    dice.shuffle(mixed)
    assert measure(" ".join(said)).age == measure(" ".join(mixed)).age


# ── school words ─────────────────────────────────────────────────────────────────────────────────


def test_there_are_many_school_words_each_with_its_own_plain_meaning():
    assert len(glossary()) >= 80
    assert len({entry.answer for entry in glossary()}) == len(glossary())
    spellings = [spelling for entry in glossary() for spelling in entry.spellings]
    assert len(set(spellings)) == len(spellings)
    for entry in glossary():
        assert set(school_words(entry.say)) == {entry}, entry


def test_a_meaning_is_plain_itself():
    for entry in glossary():
        found = look_over(entry.answer)
        assert not found.warns and not found.readability.long_sentences, found
        assert not set(found.jargon) - {entry} and not found.blame, entry


def test_school_words_are_found_however_they_are_written():
    said = [entry.say for entry in school_words("The SENCO’s  pupil-premium plan, an EHC Plan and two PEPs")]
    assert said == ["SENCO", "pupil premium", "EHCP", "PEP"]
    assert school_words("A pep talk, a senior, the PEPPER") == ()
    assert [entry.say for entry in school_words("SEN support, then SEN")] == ["SEN support", "SEN"]


# ── blame ────────────────────────────────────────────────────────────────────────────────────────


def test_words_that_sound_like_blame_have_kinder_ones_that_do_not():
    assert len(prompts()) >= 40
    for prompt in prompts():
        assert heard_as_blame(f"They are {prompt.say}, we feel")
        assert prompt not in heard_as_blame(prompt.answer)


def test_blame_is_pointed_at_and_kindness_is_not():
    said = "Hard-to-reach families failed to attend. You must improve his bad behaviour."
    assert [each.say for each in heard_as_blame(said)] == [
        "hard to reach",
        "failed to attend",
        "you must",
        "bad behaviour",
    ]
    assert heard_as_blame("We missed you. Could you come on Thursday? He shouted, and then he said sorry.") == ()


def test_long_texts_are_pointed_at():
    assert look_over("We go home. " * 100).is_long and not look_over("We go home.").is_long
    assert plain.WARN_ABOVE < plain.STOP_ABOVE
