"""What has to survive a translation, when two texts are the same, how much hangs on one, and whose words they are."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.language.guessing import UNKNOWN, direction_of, language_of, looks_english, typed_in
from gatepost.language.protecting import kept_in, lost, shield, titled
from gatepost.language.sameness import fingerprint, normalised
from gatepost.language.stakes import high_stakes

pytestmark = pytest.mark.once

NAMES = ("Ayan", "Ms Ode", "Zoë")
SAID = "Ayan meets Ms Ode at 5.10pm on 4 February. See https://school.example/t/Ab12-x, or ring 020 7946 0018."
pieces = st.lists(
    st.one_of(
        st.sampled_from([*NAMES, "https://a.example/b?c=1", "office@a.example", "5.10pm", "12", "۵", "⟦3⟧", "⟧", "،"]),
        st.text(string.ascii_letters + " .,!?ąاবش\n", max_size=8),
    ),
    max_size=12,
)


@given(pieces)
def test_what_is_shielded_comes_back_whole(parts: list[str]) -> None:
    words = " ".join(parts)
    shielded = shield(words, NAMES)
    bare = words.replace("⟦", "").replace("⟧", "")
    assert shielded.put_back(shielded.words) == bare
    assert not lost(bare, shielded.put_back(shielded.words), NAMES)


@given(pieces)
def test_an_engine_never_sees_a_name_a_number_or_a_link(parts: list[str]) -> None:
    shielded = shield(" ".join(parts), NAMES)
    left = shielded.words
    for place in range(len(shielded.held)):
        left = left.replace(f"⟦{place}⟧", " ", 1)
    assert not kept_in(left, NAMES)


@given(pieces, st.data())
def test_what_an_engine_drops_or_changes_is_found(parts: list[str], data: st.DataObject) -> None:
    shielded = shield(" ".join(parts), NAMES)
    if not shielded.held:
        return
    place = data.draw(st.integers(0, len(shielded.held) - 1))
    dropped = shielded.put_back(shielded.words.replace(f"⟦{place}⟧", " ", 1))
    assert lost(shielded.put_back(shielded.words), dropped, NAMES)


def test_what_is_lost_is_named() -> None:
    assert lost(SAID, SAID.replace("5.10", "6.10").replace("Ayan", "Ajan"), NAMES) == ("5", "Ayan")
    assert lost("Come at 5.", "بجے ۵") == ()  # digits of another script are the same number
    assert lost("Read this.", "Read https://evil.example now.") == ("https://evil.example",)
    assert "https://school.example/t/Ab12-x" in shield(SAID).held  # without its comma


def test_an_hour_after_midday_may_be_counted_to_24() -> None:
    assert lost("We meet at 5.10pm in room 4.", "Spotykamy się o 17:10 w sali 4.") == ()
    assert lost("Przyjdę o 17:10.", "I will come at 5.10 pm.") == ()
    assert lost("We meet at 5.10pm.", "Spotykamy się o 18:10.") == ("5",)
    assert lost("We meet at 5.10am.", "Spotykamy się o 17:10.") == ("5",)


def test_whoever_has_a_title_keeps_their_name() -> None:
    said = "Mrs Bell and Ms. O’Brien Ward meet you. Bell for lunch, Miss?"
    assert titled(said) == {"Mrs Bell", "Ms. O’Brien Ward"}
    assert "Bell" not in shield(said, titled(said)).words.split("⟧", 1)[0]


def test_the_same_words_are_found_again() -> None:
    assert fingerprint("It’s  today.\n") == fingerprint("It's today.") != fingerprint("It's Monday.")
    assert normalised("e\u0301a") == "éa"


@pytest.mark.parametrize(
    ("words", "high"),
    [
        ("You can appeal against this.", True),
        ("The trip costs £4.", True),
        ("The SENCO would like to meet you about SEND.", True),
        ("A social worker will join us.", True),
        ("Two boys were bullied on the bus.", True),
        ("Who has custody on Fridays?", True),
        ("The price has changed.", True),
        ("Costumes for World Book Day are welcome.", False),
        ("Please send a book. He sends his love.", False),
        ("Ayan read aloud to the whole class today.", False),
        ("He paid attention, and I am fine with that.", True),  # too careful is no harm
    ],
)
def test_much_hangs_on_some_words(words: str, high: bool) -> None:
    assert high_stakes(words) is high


@pytest.mark.parametrize(
    ("words", "theirs", "tag"),
    [
        ("Thank you, see you on Friday", "so", ""),
        ("Zara sick today", "ur", ""),
        ("To jest dobre, a on nie chce do domu", "pl", "pl"),
        ("Mulțumesc, o să vin", "ro", "ro"),
        ("👍 12", "ur", ""),
        ("Aad baad u mahadsan tahay", "so", "so"),
        ("کل بچہ بیمار ہے", "ur", "ur"),
        ("kal bacha bimar hai", "ur", "ur-Latn"),
        ("কাল আসব", "ur", UNKNOWN),
        ("Dziękuję bardzo", "", UNKNOWN),
        ("Dziękuję bardzo", "pl", "pl"),
        ("Mahadsanid", "bfi", UNKNOWN),
    ],
)
def test_whose_words_they_are(words: str, theirs: str, tag: str) -> None:
    assert language_of(words, theirs) == tag
    assert looks_english(words) is (tag == "")
    assert direction_of(tag or "en") == ("rtl" if tag == "ur" else "ltr")


def test_staff_type_english_unless_it_is_plainly_not() -> None:
    assert typed_in("Zara read 12 pages.", "ur") == typed_in("Brilliant maths, Zara!", "ur") == "en"
    assert typed_in("زارا نے پڑھا", "ur") == "ur"
    assert typed_in("Ayan si fiican ayuu wax u akhriyay maanta", "so") == "so"
