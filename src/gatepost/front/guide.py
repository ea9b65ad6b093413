"""What the public guide shows, as plain words: leaflets, guidance and school words, in the language that is active.

No row of any person is read for it. Of a school it knows the name and the office, which stand on every door.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from gatepost.disclosure import Disclosed
from gatepost.front.guidance import GUIDANCE, Guidance
from gatepost.front.leaflets import CHECKED, LEAFLETS, TERMS, Leaflet
from gatepost.language.dates import say_date
from gatepost.language.jargon import glossary, school_words
from gatepost.language.table import DRAFTED, FAMILY_LANGUAGES, Language, get
from gatepost.org.models import School
from gatepost.reach.delivery.letters import square_of
from gatepost.reach.delivery.press import NoPress, pdf_of
from gatepost.reach.meanings import Meaning, meaning_of

LARGE = "large"
_SHEETS_KEPT = 64  # in each worker: a leaflet in seven languages, and again


@dataclass(frozen=True)
class Way(Disclosed):
    """A link to one page of the guide."""

    title: str
    url: str


@dataclass(frozen=True)
class Shown(Disclosed):
    """One leaflet or one page of guidance, ready to be read or printed."""

    title: str
    says: tuple[SafeString, ...]
    do: SafeString | str = ""
    ask: SafeString | str = ""
    law: tuple[str, ...] = ()
    in_scotland: bool = False
    checked: str = ""  # the day on which it was held to the law; blank: it is not about law
    explained: tuple[Meaning, ...] = ()


@dataclass(frozen=True)
class Sheet(Disclosed):
    """The same on paper: with the school's name, and a square that leads back to the page."""

    page: Shown
    school: str
    office: str
    language: Language
    drafted: bool
    large: bool
    address: str
    square: SafeString | str


@dataclass(frozen=True)
class Place:
    """Who reads the guide where: the school whose name stands on it, the language, the letters."""

    school: School | None
    tag: str
    large: bool
    asked: dict[str, str]

    def to(self, name: str, *args: str, **changed: str) -> str:
        """The address of a page of the guide, for the same school and in the same language."""
        words = {"in": self.tag, **self.asked} | changed
        return f"{reverse(name, args=args)}?{urlencode({key: value for key, value in words.items() if value})}"


def place_of(request: HttpRequest) -> Place:
    """What the address says: `at` a school, `in` a language. Whatever it does not say is the nearest that is true.

    A number that is no school's opens the same guide without a name. Where there is one school only, it is meant.
    """
    asked = request.GET.get("in", "")
    spoken = get_language() or "en"
    tag = next((each for each in (asked, spoken) if each in FAMILY_LANGUAGES), "en")
    school = _school(request.GET.get("at", ""))
    large = request.GET.get("letters") == LARGE
    kept = {"at": str(school.pk) if school and "at" in request.GET else "", "letters": LARGE if large else ""}
    return Place(school, tag, large, kept)


def _school(said: str) -> School | None:
    if not said:
        some = list(School.objects.order_by("pk")[:2])
        return some[0] if len(some) == 1 else None
    try:
        return School.objects.filter(pk=UUID(said)).first()
    except ValueError:
        return None


def frame_of(request: HttpRequest, place: Place) -> dict[str, Any]:
    """The frame of a family's page, without a session: nothing is kept of who reads."""
    here = f"{request.path}?"
    said = {"in": place.tag, **place.asked}
    address = {name: here + urlencode({k: v for k, v in (said | new).items() if v}) for name, new in _CHANGES.items()}
    school = place.school
    return {
        "large": place.large,
        "letters_url": address["usual" if place.large else LARGE],
        "school_name": school.name if school else "",
        "office_name": school.office_name if school else "",
        "office_phone": school.office_phone if school else "",
        "language": get(place.tag),
        "drafted": place.tag in DRAFTED,
        "languages": [
            (here + urlencode({k: v for k, v in (said | {"in": tag}).items() if v}), get(tag).own_name, tag)
            for tag in FAMILY_LANGUAGES
            if tag != place.tag
        ],
        "messages": (),
        "in_language": place.tag,
        "listening": "listen" in request.GET,
        "listen_url": address["listen"],
    }


_CHANGES = {LARGE: {"letters": LARGE}, "usual": {"letters": ""}, "listen": {"listen": "1"}}


def leaflet_of(slug: str) -> Leaflet | None:
    """The leaflet of this name."""
    return next((each for each in LEAFLETS if each.slug == slug), None)


def guidance_of(slug: str) -> Guidance | None:
    """The page of this name."""
    return next((each for each in GUIDANCE if each.slug == slug), None)


def ways(place: Place) -> tuple[tuple[Way, ...], tuple[Way, ...]]:
    """Links to the guidance, and to the leaflets."""
    return (
        tuple(Way(str(each.title), place.to("guide:guidance", each.slug)) for each in GUIDANCE),
        tuple(Way(str(each.title), place.to("guide:leaflet", each.slug)) for each in LEAFLETS),
    )


def show(page: Leaflet | Guidance) -> Shown:
    """A leaflet or a page of guidance in the language that is active, with the school words in it explained."""
    says = tuple(map(_worded, page.says))
    if isinstance(page, Guidance):
        return Shown(str(page.title), says, explained=_explained(page.says))
    return Shown(
        title=str(page.title),
        says=says,
        do=_worded(page.do),
        ask=_worded(page.ask),
        law=page.law,
        in_scotland=page.in_scotland,
        checked=say_date(CHECKED, get_language() or "en"),
        explained=_explained(page.words),
    )


def _worded(words: Promise) -> SafeString:
    """A sentence with its school words in their places, read from their own beginning in every direction."""
    terms = {name: format_html('<bdi lang="en" dir="ltr">{}</bdi>', term) for name, term in TERMS.items()}
    return mark_safe(conditional_escape(str(words)) % terms)  # noqa: S308  our own words, escaped, and our own terms


def _explained(words: Iterable[Promise]) -> tuple[Meaning, ...]:
    """The school words that stand in the gaps, as they stand there: they are the same in every language."""
    stands = [term for name, term in TERMS.items() if any(f"%({name})s" in str(each) for each in words)]
    return tuple(Meaning(term, meaning_of(entry).means) for term in stands for entry in school_words(term)[:1])


def all_meanings() -> list[Meaning]:
    """Every school word with what it means, from A to Z."""
    return [meaning_of(entry) for entry in sorted(glossary(), key=lambda entry: entry.say.casefold())]


def sheet_of(page: Shown, place: Place, *, address: str) -> SafeString:
    """The page for paper. `address`: where the page itself lies."""
    school, link = place.school, settings.GATEPOST_ORIGIN + address
    sheet = Sheet(
        page=page,
        school=school.name if school else "",
        office=" · ".join(filter(None, [school.office_name, school.office_phone])) if school else "",
        language=get(place.tag),
        drafted=place.tag in DRAFTED,
        large=place.large,
        address=link,
        square=square_of(link),
    )
    return render_to_string("front/family/guide_sheet.html", {"sheet": sheet})


_at_the_press = Lock()


@lru_cache(maxsize=_SHEETS_KEPT)
def _pressed(sheet: SafeString) -> bytes:
    return pdf_of([sheet])


def press(sheet: SafeString) -> bytes | None:
    """The sheet as a PDF; None where this machine makes none, or while it makes another.

    Anybody may ask, so one is made at a time in each worker, and what was made is kept: nobody can keep it busy.
    """
    if not _at_the_press.acquire(blocking=False):
        return None
    try:
        return _pressed(sheet)
    except NoPress:
        return None
    finally:
        _at_the_press.release()
