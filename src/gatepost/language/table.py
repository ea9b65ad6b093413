"""The language table: every language we ask families about, what it calls itself, and which way it runs.

Two kinds of code meet here. A school's roster names languages by the common basic data set (CBDS, three or
four capital letters); web pages name them by BCP 47 tags. `get` accepts a tag, `from_cbds` a roster's code.
"""

from dataclasses import dataclass
from typing import Literal

from django.conf import locale

from gatepost.language import census

type Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its tag, its name for itself, its English name, its script (ISO 15924) and direction."""

    tag: str
    own_name: str
    english_name: str
    script: str
    direction: Direction
    cbds: str = ""

    @property
    def written(self) -> bool:
        """False for a language that is signed: it has no letters, so nothing is printed in it."""
        return self.script != "Sgnw"


_BY_HAND: tuple[Language, ...] = (
    Language("en", "English", "English", "Latn", "ltr", "ENG"),
    Language("ur", "اردو", "Urdu", "Arab", "rtl", "URD"),
    Language("so", "Soomaali", "Somali", "Latn", "ltr", "SOM"),
    Language("pa", "ਪੰਜਾਬੀ", "Panjabi (Gurmukhi)", "Guru", "ltr", "PNJG"),
    Language("pa-Arab", "پنجابی", "Panjabi (Shahmukhi)", "Arab", "rtl"),
    Language("pl", "polski", "Polish", "Latn", "ltr", "POL"),
    Language("ro", "română", "Romanian", "Latn", "ltr", "RMN"),
    Language("bn", "বাংলা", "Bengali", "Beng", "ltr", "BNG"),
    Language("syl", "সিলেটি", "Sylheti", "Beng", "ltr"),
    Language("ar", "العربية", "Arabic", "Arab", "rtl", "ARA"),
    Language("gu", "ગુજરાતી", "Gujarati", "Gujr", "ltr", "GUJ"),
    Language("pt", "português", "Portuguese", "Latn", "ltr", "POR"),
    Language("ta", "தமிழ்", "Tamil", "Taml", "ltr", "TAM"),
    Language("fr", "français", "French", "Latn", "ltr", "FRN"),
    Language("tr", "Türkçe", "Turkish", "Latn", "ltr", "TUR"),
    Language("es", "español", "Spanish", "Latn", "ltr", "SPA"),
    Language("sq", "shqip", "Albanian", "Latn", "ltr", "ALB"),
    Language("fa", "فارسی", "Persian (Farsi)", "Arab", "rtl", "PRS"),
    Language("prs", "دری", "Dari", "Arab", "rtl", "PRSD"),
    Language("ps", "پښتو", "Pashto", "Arab", "rtl", "PAT"),
    Language("ckb", "کوردیی ناوەندی", "Kurdish (Sorani)", "Arab", "rtl", "KURS"),
    Language("kmr", "kurdî (kurmancî)", "Kurdish (Kurmanji)", "Latn", "ltr", "KURM"),
    Language("yue-Hant", "廣東話", "Cantonese", "Hant", "ltr", "CHIC"),
    Language("zh-Hans", "普通话", "Mandarin", "Hans", "ltr", "CHIM"),
    Language("uk", "українська", "Ukrainian", "Cyrl", "ltr", "UKR"),
    Language("cy", "Cymraeg", "Welsh", "Latn", "ltr", "CYM"),
    Language("am", "አማርኛ", "Amharic", "Ethi", "ltr", "AMR"),
    Language("ti", "ትግርኛ", "Tigrinya", "Ethi", "ltr"),
    Language("bfi", "British Sign Language", "British Sign Language", "Sgnw", "ltr", "BSL"),
)

LANGUAGES: tuple[Language, ...] = (*_BY_HAND, *(Language(*row) for row in census.MORE))  # type: ignore[arg-type]

FAMILY_LANGUAGES: tuple[str, ...] = ("en", "ur", "so", "pl", "ar", "ro", "bn")
"""The languages in which every word a family sees exists."""

DRAFTED: frozenset[str] = frozenset({"ur", "so", "pl", "ar", "ro", "bn"})
"""Those of them whose words we wrote ourselves and no speaker has checked; pages say so."""

_ALIASES = {"fa-af": "prs", "ku": "kmr", "zh": "zh-hans", "cmn": "zh-hans", "yue": "yue-hant", "pa-guru": "pa"}
_BY_TAG = {language.tag.lower(): language for language in LANGUAGES}


def find(tag: str) -> Language | None:
    """The language of a BCP 47 tag, or the nearest one we hold (`en-GB` is English), or None."""
    wanted = tag.strip().replace("_", "-").lower()
    while wanted:
        wanted = _ALIASES.get(wanted, wanted)
        if wanted in _BY_TAG:
            return _BY_TAG[wanted]
        wanted = wanted.rpartition("-")[0]
    return None


def get(tag: str) -> Language:
    """The language of a BCP 47 tag; an unknown one raises `LookupError` naming it."""
    language = find(tag)
    if language is None:
        raise LookupError(f"no language with the tag {tag!r} in the language table")
    return language


def from_cbds(code: str) -> Language | None:
    """The language of a roster's code; dialect codes (`ARAI`) mean their language, unknown ones None."""
    wanted = code.strip().upper()
    tag = census.CODES.get(wanted) or next((each.tag for each in LANGUAGES if each.cbds == wanted), "")
    return find(tag) if tag and wanted else None


def from_name(name: str) -> Language | None:
    """The language that somebody calls by its English or its own name, in any case; None when unsure."""
    wanted = name.strip().casefold()
    for language in LANGUAGES:
        if wanted in {language.english_name.casefold(), language.own_name.casefold()}:
            return language
    bare = [each for each in LANGUAGES if each.english_name.casefold().split(" (")[0] == wanted]
    return bare[0] if len(bare) == 1 else None


def extend_lang_info() -> None:
    """Teaches Django the names and directions of languages it does not know, such as Somali.

    Holds afterwards: `get_language_info` works for every written language of the table. May be called again.
    """
    for language in LANGUAGES:
        locale.LANG_INFO.setdefault(
            language.tag.lower(),
            {
                "bidi": language.direction == "rtl",
                "code": language.tag.lower(),
                "name": language.english_name,
                "name_local": language.own_name,
            },
        )["bidi"] = language.direction == "rtl"  # Django takes Azerbaijani for Arabic letters
