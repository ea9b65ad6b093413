"""Which leaflet is there in which language, and how far its words have been read: what the staff's page lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from gatepost.language.jargon import glossary
from gatepost.language.table import FAMILY_LANGUAGES, find
from gatepost.org.queries import words_read


class State(StrEnum):
    """How far the words of a page have come in a language."""

    OURS = "ours"  # English: written by the makers of Gatepost
    MISSING = "missing"
    DRAFTED = "drafted"
    READ = "read"  # every string was read by somebody at this school
    REVIEWED = "reviewed"  # every string was read, and came with Gatepost


type Key = tuple[str, str]  # context and English


def state_of(wanted: Sequence[Key], held: Mapping[Key, Entry], read: Collection[str]) -> State:
    """Of a page in one language. `held`: the catalogue by its English; `read`: what this school has read."""
    found = [held[each] for each in wanted if each in held and all(held[each].words)]
    if len(found) < len(wanted):
        return State.MISSING
    if all(each.reviewed for each in found):
        return State.REVIEWED
    return State.READ if all(each.reviewed or each.key in read for each in found) else State.DRAFTED


def rows(school: str) -> list[list[Cell]]:
    """A line for each page of the guide, a cell for each language, with a link to read it."""
    tags = [tag for tag in FAMILY_LANGUAGES if tag != "en"]
    held = {tag: {(each.context, each.english[0]): each for each in entries(tag)} for tag in tags}
    read = {tag: words_read(tag) for tag in tags}
    return [
        [
            Cell(title),
            _cell(State.OURS, f"{address}?{urlencode({'at': school, 'in': 'en'})}"),
            *(
                _cell(state_of(wanted, held[tag], read[tag]), f"{address}?{urlencode({'at': school, 'in': tag})}")
                for tag in tags
            ),
        ]
        for title, address, wanted in _pages()
    ]


def _pages() -> Iterator[tuple[str, str, list[Key]]]:
    """Each page of the guide: its title, its address, and the strings that it is made of."""
    for leaflet in LEAFLETS:
        yield str(leaflet.title), reverse("guide:leaflet", args=[leaflet.slug]), _keys(leaflet.words)
    for page in GUIDANCE:
        yield str(page.title), reverse("guide:guidance", args=[page.slug]), _keys([page.title, *page.says])
    words = [(entry.say, entry.answer) for entry in glossary()]
    yield _("School words, explained"), reverse("guide:words"), words


def _keys(words: Iterable[Promise]) -> list[Key]:
    with translation.override("en"):
        return [("", str(each)) for each in words]


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
