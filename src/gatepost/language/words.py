"""Names of languages and lists of things, in the reader's language, from Babel's public tables."""

from collections.abc import Sequence

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from gatepost.language import table


def say_language(tag: str, lang: str = "en") -> str:
    """What a language is called in another one: Somali is `صومالی` in Urdu. Else its English name; else as written."""
    language = table.find(tag)
    if language is None:
        return tag
    if lang.split("-", maxsplit=1)[0] == "en":
        return language.english_name
    locale = _locale(lang)
    return locale.languages.get(language.tag.replace("-", "_")) or language.english_name


def say_list(things: Sequence[str], lang: str = "en") -> str:
    """Things in a row as people say them: a, b and c."""
    return format_list(list(things), style="standard", locale=_locale("en-GB" if lang == "en" else lang))


def say_weight(size: int) -> str:
    """So many bytes, as somebody who pays for them reads it on their telephone's bill in every language: 240 kB."""
    return f"{max(1, round(size / 1000))}\N{NO-BREAK SPACE}kB"


def _locale(lang: str) -> Locale:
    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
