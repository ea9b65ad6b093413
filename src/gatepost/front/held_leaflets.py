"""Which leaflet is there in which language, and how far its words have been read: what the staff's page lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gatepost.design.parts import Cell
from gatepost.front.guidance import GUIDANCE
from gatepost.front.leaflets import LEAFLETS
from gatepost.know.models import Care
from gatepost.language.catalogue import Entry, entries
from gatepost.language.table import FAMILY_LANGUAGES, find
from gatepost.org.queries import words_read


class State(StrEnum):
    """How far the words of a page have come in a language."""

    OURS = "ours"  # English: written by the makers of Gatepost
    MISSING = "missing"
    DRAFTED = "drafted"
    READ = "read"  # every string was read by somebody at this school
    REVIEWED = "reviewed"  # every string was read, and came with Gatepost


def state_of(words: Iterable[Promise], held: dict[str, Entry], read: Collection[str]) -> State:
    """Of a page in one language. `held`: the catalogue by its English; `read`: what this school has read."""
    with translation.override("en"):
        wanted = [str(each) for each in words]
    found = [held[each] for each in wanted if each in held and all(held[each].words)]
    if len(found) < len(wanted):
        return State.MISSING
    if all(each.reviewed for each in found):
        return State.REVIEWED
    return State.READ if all(each.reviewed or each.key in read for each in found) else State.DRAFTED


def rows(school: str) -> list[list[Cell]]:
    """A line for each leaflet and each page of guidance, a cell for each language, with a link to read it."""
    tags = [tag for tag in FAMILY_LANGUAGES if tag != "en"]
    held = {tag: {each.english[0]: each for each in entries(tag) if not each.context} for tag in tags}
    read = {tag: words_read(tag) for tag in tags}
    pages = [("guide:leaflet", each.slug, each.title, each.words) for each in LEAFLETS]
    pages += [("guide:guidance", each.slug, each.title, (each.title, *each.says)) for each in GUIDANCE]
    return [
        [
            Cell(title),
            _cell(State.OURS, _at(name, slug, school, "en")),
            *(_cell(state_of(words, held[tag], read[tag]), _at(name, slug, school, tag)) for tag in tags),
        ]
        for name, slug, title, words in pages
    ]


def _at(name: str, slug: str, school: str, tag: str) -> str:
    return f"{reverse(name, args=[slug])}?{urlencode({'at': school, 'in': tag})}"


def _cell(state: State, url: str) -> Cell:
    said = {
        State.OURS: _("Written by us"),
        State.DRAFTED: _("Drafted"),
        State.READ: _("Read at this school"),
        State.REVIEWED: _("Reviewed"),
    }
    return Cell(_("Missing"), tone="warning") if state is State.MISSING else Cell(said[state], url=url)


def without_leaflets() -> list[str]:
    """The languages that we write to families of this school in, or should, and have no leaflets in."""
    tags = Care.objects.exclude(adult__language="").order_by().values_list("adult__language", flat=True).distinct()
    found = [find(tag) for tag in tags]
    return sorted({each.english_name for each in found if each and each.tag not in FAMILY_LANGUAGES})
