"""Guesses whether words are English, from their letters and their smallest words. It never guesses a family's mind."""

from __future__ import annotations

import re
import unicodedata

from gatepost.language import table

UNKNOWN = "und"  # BCP 47: nobody can say
# None of them is a word of another family language: "to", "do", "a", "on", "i" are, so they say nothing.
_SMALL_WORDS = (
    "about after afternoon again all and appointment are because been before being better book books boy but bye call"
    " cannot child children class come could dad daughter day dear did does doctor don't every father feel feels fine"
    " for friday from get girl good got great happy has have hello help hi him his home homework how i'll i'm if ill it"
    " its just know late like love many meeting monday morning mother much mum my need new not of off okay only our out"
    " phone please read school see she should sick some son soon sorry teacher tell thank thanks that the their them"
    " then there they think this thursday time today tomorrow too tuesday very wait want was we wednesday week were"
    " what when where which who will with work would yes yesterday you your"
)
_ENGLISH = frozenset(_SMALL_WORDS.split())
_SCRIPTS = {"ARABIC": "Arab", "BENGALI": "Beng", "CYRILLIC": "Cyrl", "DEVANAGARI": "Deva", "ETHIOPIC": "Ethi",
            "GURMUKHI": "Guru", "GUJARATI": "Gujr", "TAMIL": "Taml", "CJK": "Hans", "LATIN": "Latn"}  # fmt: skip
_SOME = 0.25  # of the words: English has such a word in every second or third

_MANY = 6


def script_of(words: str) -> str:
    """The script most letters are in (ISO 15924); blank where there are none, or none that we know."""
    seen: dict[str, int] = {}
    for letter in filter(str.isalpha, words):
        script = _SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "")
        seen[script] = seen.get(script, 0) + 1
    return max(seen, key=lambda script: seen[script], default="")


def looks_english(words: str) -> bool:
    """Whether these words are English as far letters and small words say. Without words: yes, nothing to do."""
    script = script_of(words)
    if script not in {"", "Latn"}:
        return False
    found = _words_of(words)
    return not found or sum(map(_is_english, found)) / len(found) >= _SOME


def typed_in(words: str, theirs: str) -> str:
    """The language in which somebody of the school has typed: English, unless it is plain that it is the family's.

    It is, in letters that English does not have, or where many words hold not one small English one.
    """
    found = _words_of(words)
    strange = script_of(words) not in {"", "Latn"} or (len(found) >= _MANY and not any(map(_is_english, found)))
    return language_of(words, theirs) if strange else "en"


def _words_of(words: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", words.casefold().replace("’", "'"))


def _is_english(word: str) -> bool:
    return word in _ENGLISH or word.partition("'")[0] in _ENGLISH


def language_of(words: str, theirs: str) -> str:
    """What an adult who reads `theirs` has written in: blank for English; else a tag, or `und`.

    Urdu in Latin letters is `ur-Latn`: it runs from left to right, and whoever reads Urdu reads it.
    """
    if looks_english(words):
        return ""
    language, script = table.find(theirs) if theirs else None, script_of(words)
    if language is None or language.tag == "en" or not language.written:
        return UNKNOWN
    if script == language.script:
        return language.tag
    return f"{language.tag}-{script}" if script == "Latn" else UNKNOWN


def direction_of(tag: str) -> table.Direction:
    """Which way words with this tag run: by their script where it names one."""
    if tag.endswith("-Latn"):
        return "ltr"
    language = table.find(tag)
    return language.direction if language else "ltr"
