"""How hard English words are to read: the Flesch-Kincaid grade as a reading age, and which sentences are too long.

The grade is 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid, Fishburne, Rogers and Chissom,
"Derivation of new readability formulas for Navy enlisted personnel", 1975). A reading age is that grade plus five.
Syllables are counted by rules of our own, without a dictionary. Names, dates, numbers, addresses and placeholders are
not counted: nobody can choose an easier one. English only; of other languages it says nothing that means anything.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

YOUNGEST = 5.0
"""Below this a reading age has no meaning, so none is said."""

ENOUGH = 10
"""Fewer words than this are too few to say how hard they are."""

LONG = 20
"""A sentence with more words than this is worth a second look."""

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\{?[^{}]*\}?\}|https?://\S+|www\.\S+|\S+@\S+")
_SHORTENED = re.compile(r"\b(Mr|Mrs|Ms|Miss|Dr|Prof|St|Rd|e\.g|i\.e|etc|approx|No|no)\.(?=\s)")
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\s*\n+\s*")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_MONTHS = frozenset(
    [
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]  # march and may are words too
)

_VOWELS = re.compile("[aeiouy]+")
_FEWER = (
    re.compile("[^aeiouyl]e$"),  # make
    re.compile("[aeiouy]le$"),  # while
    re.compile("[^aeiouyscgxzlh]es$|[aeiouy]les$|[^cs]hes$"),  # times, rules
    re.compile("[^aeiouytd]ed$"),  # walked
    re.compile("^(?:home|some|time|make|fire|note)(?=[a-z]{3})"),  # homework
    re.compile("[^aeiouy]e(?=(?:ly|ful|fully|less|ment|ments|ness)$)"),  # safely
)
_MORE = (
    re.compile("(?<![tcsgx])i[aou]"),  # radio
    re.compile("[aeiou]ing"),  # doing
    re.compile("(?<![qg])ua(?=[lt])"),  # usual
    re.compile("isms?$"),  # autism
    re.compile("(?<=[cr])eat(?=[eio])|(?<=[idr])ea$|(?<=[idr])eas$"),  # create, idea
    re.compile("(?:^|[^aeiou])(?:qu|sc|cl|d)ie(?=[nt])"),  # quiet, science
)
_ODD = {
    "people": 2,
    "every": 2,
    "everyone": 3,
    "something": 2,
    "sometimes": 2,
    "someone": 2,
    "somebody": 3,
    "evening": 2,
}
_ODD |= {"behaviour": 3, "behaviours": 3, "different": 2, "interesting": 3, "favourite": 2, "business": 2}


@dataclass(frozen=True, slots=True)
class Readability:
    """How hard a text is. `age` is None where it is too short to say."""

    words: int
    sentences: int
    syllables: int
    age: float | None
    long_sentences: tuple[str, ...]  # the longest first

    @property
    def minutes(self) -> int:
        """How long somebody needs who reads slowly; never less than one."""
        return max(1, round(self.words / 120))


def measure(text: str, names: Iterable[str] = ()) -> Readability:
    """How hard these words are to read. `names` are further words that are not counted.

    Holds afterwards: whatever stands in the text, there is an answer; the same words in fewer sentences are no easier.
    """
    sentences = [sentence for sentence in _sentences(text) if _WORD.search(sentence)]
    left_out = {part.casefold() for name in names for part in _WORD.findall(name)} | _names_in(sentences)
    counted = [_counted(sentence, left_out) for sentence in sentences]
    words = sum(map(len, counted))
    full = sum(map(bool, counted))
    spoken = sum(syllables(word) for sentence in counted for word in sentence)
    lengths = sorted(zip(map(len, counted), sentences, strict=True), key=lambda pair: -pair[0])
    return Readability(
        words=words,
        sentences=full,
        syllables=spoken,
        age=_age(words, full, spoken) if words >= ENOUGH else None,
        long_sentences=tuple(sentence.strip() for length, sentence in lengths if length > LONG),
    )


def syllables(word: str) -> int:
    """How many syllables an English word has, by rule of thumb: at least one."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    if "-" in plain.strip("-"):
        return sum(syllables(part) for part in plain.split("-") if part)
    letters = re.sub("[^a-z]", "", re.sub("['’]s$", "", plain))
    if letters in _ODD:
        return _ODD[letters]
    letters = re.sub("(?<=[aeiou])y(?=[aeiou])", "j", letters)
    count = len(_VOWELS.findall(letters))
    count -= sum(len(rule.findall(letters)) for rule in _FEWER)
    count += sum(len(rule.findall(letters)) for rule in _MORE)
    return max(1, count)


def _age(words: int, sentences: int, spoken: int) -> float:
    grade = 0.39 * words / sentences + 11.8 * spoken / words - 15.59
    return max(YOUNGEST, round(grade + 5, 1))


def _sentences(text: str) -> list[str]:
    """A text in sentences. Each line of a list is one."""
    return _END.split(_SHORTENED.sub(r"\1", _PLACEHOLDER.sub(" ", text)))


def _names_in(sentences: list[str]) -> frozenset[str]:
    """What is written with a capital in the middle of a sentence: a name, a day, a month."""
    found: set[str] = set()
    for sentence in sentences:
        for word in _WORD.findall(sentence)[1:]:
            if word[0].isupper() and word not in {"I", "I’m", "I'm", "I’ll", "I'll", "I’ve", "I've", "I’d", "I'd"}:
                found.add(word.casefold())
    return frozenset(found)


def _counted(sentence: str, left_out: set[str]) -> list[str]:
    return [word for word in _WORD.findall(sentence) if not _is_no_word(word.casefold(), left_out)]


def _is_no_word(word: str, left_out: set[str]) -> bool:
    bare = re.sub("['’]s$", "", word)
    return word in left_out or bare in left_out | _DAYS | _MONTHS or any(letter.isdigit() for letter in word)
