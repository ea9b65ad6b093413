"""A stop is a stop in every language of the product, however it is typed; a sentence with the word in it is none."""

import pytest

from gatepost.language.stopping import START, STOP, stop_or_start


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        " stop! ",
        "Stop.",
        "«Stop»",
        "STOP ALL",
        "arrêt",
        "ARRÊT!",
        "Jooji",
        "koniec",
        "opriți",
        "بند کریں۔",
        "أوقف",
        "বন্ধ করুন।",
    ],
)
def test_a_stop(text: str) -> None:
    assert stop_or_start(text) is True


@pytest.mark.once
@pytest.mark.parametrize("text", ["START", "start.", "Bilow", "wznów", "începe", "شروع کریں", "ابدأ", "শুরু"])
def test_a_start(text: str) -> None:
    assert stop_or_start(text) is False


@pytest.mark.once
@pytest.mark.parametrize(
    "text", ["", "…", "Please stop Ella running", "bus stop", "non-stop", "start at 5?", "yes", "2", "cancel", "end"]
)
def test_what_a_person_reads(text: str) -> None:
    assert stop_or_start(text) is None


@pytest.mark.once
def test_no_word_is_both() -> None:
    assert not STOP & START
