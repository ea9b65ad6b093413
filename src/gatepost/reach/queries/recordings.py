"""What a family can hear of what the school has written: in its languages, and of nothing that it was not sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from gatepost.disclosure import Disclosed
from gatepost.know.models import Adult
from gatepost.know.tongues import listens_first, tongues_of
from gatepost.language.words import say_language, say_weight
from gatepost.reach.models import Message, Recording, Thread

State = Recording.State


def who_hear(adults: Iterable[UUID], language: str) -> set[UUID]:
    """Those of these adults who speak or sign this language, or are written to in it."""
    wanted = set(adults)
    spoken = Q(language=language) | Q(languages__language=language)
    return set(Adult.objects.filter(spoken, pk__in=wanted).values_list("pk", flat=True))


@dataclass(frozen=True)
class Heard(Disclosed):
    """One recording on a family's page: in which language, by whom, and what it costs to load."""

    pk: UUID
    tag: str
    language: str  # its name, in the language of the page
    film: bool
    kind: str
    who: str
    weight: str


@dataclass(frozen=True)
class Aloud(Disclosed):
    """What can be heard of one thing, and whether it stands before the words."""

    recordings: tuple[Heard, ...] = ()
    first: bool = False


def aloud(things: Iterable[UUID], adult: Adult) -> dict[UUID, Aloud]:
    """What this adult can hear of each of these things: in the languages that are theirs, or that of the page."""
    wanted = list(things)
    rows = Recording.objects.filter(of__in=wanted, state=State.SHOWN).select_related("by")
    tongues = tongues_of(adult) | {get_language() or "en"} if rows else frozenset[str]()
    first = bool(rows) and listens_first(adult)
    found = {each: tuple(_heard(row) for row in rows if row.of == each and row.language in tongues) for each in wanted}
    return {each: Aloud(rows_of_it, first) for each, rows_of_it in found.items() if rows_of_it}


def _heard(row: Recording) -> Heard:
    tongue = get_language() or "en"
    name = say_language(row.language, tongue)
    return Heard(row.pk, row.language, name, row.is_film, row.kind, row.by.name, say_weight(row.size))


def in_thread(thread: Thread) -> QuerySet[Recording]:
    """What can be heard in a thread by its one adult: of what has gone out to them, and of nothing else."""
    sent = Message.objects.filter(thread=thread, state=Message.State.SENT)
    said = Q(of__in=sent.values("pk")) | Q(of__in=sent.exclude(broadcast=None).values("broadcast"))
    return Recording.objects.filter(said, state=State.SHOWN)


def of_thing(of: UUID) -> QuerySet[Recording]:
    """What can be heard of one thing."""
    return Recording.objects.filter(of=of, state=State.SHOWN)
