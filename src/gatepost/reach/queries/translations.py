"""What staff see of words in two languages: in a thread, and in the queue of whoever reads a language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gatepost.core import clock
from gatepost.know.models import Adult
from gatepost.language import table
from gatepost.language.engines import engine_for
from gatepost.language.guessing import UNKNOWN, direction_of
from gatepost.language.plain import Findings, look_over
from gatepost.language.words import say_language
from gatepost.org.queries import bilingual_now
from gatepost.reach.models import Message, Sense, Translation
from gatepost.reach.queries import tongues
from gatepost.reach.queries.threads import translations_of


@dataclass(frozen=True)
class Tongue:
    """The language an adult reads, and what becomes of our English words on the way to them."""

    name: str
    readers: tuple[str, ...]
    engine: bool


def tongue_of(adult: Adult) -> Tongue | None:
    """None: they read English."""
    tag = tongues.read_by(adult)
    if not tag:
        return None
    readers = tuple(each.person.name for each in bilingual_now().filter(language=tag))
    return Tongue(say_language(tag), readers, engine_for(tongues.ENGLISH, tag) is not None)


@dataclass(frozen=True)
class Spoken:
    """One message of a thread, and its words in the other language."""

    message: Message
    row: Translation | None
    lang: str
    dir: str
    late: bool
    unclear: bool

    @property
    def other(self) -> table.Language | None:
        """The language of the words beside it."""
        return table.find(self.row.target) if self.row else None


def spoken_in(messages: Sequence[Message], adult: Adult) -> list[Spoken]:
    """These messages with what there is beside them."""
    rows = translations_of(messages, tongues.read_by(adult))
    senses = Sense.objects.filter(adult=adult, clear=False, of__in=[each.pk for each in messages])
    unclear = set(senses.values_list("of", flat=True))
    return [_spoken(each, rows.get(each.pk), unclear=each.pk in unclear) for each in messages]


def _spoken(message: Message, row: Translation | None, *, unclear: bool) -> Spoken:
    lang = "" if message.language == UNKNOWN else message.language
    late = row is not None and row.is_late(clock.today())
    return Spoken(message, row, lang, direction_of(lang) if lang else "auto", late, unclear)


@dataclass(frozen=True)
class Task:
    """Some words that wait, as whoever reads them sees them."""

    row: Translation
    original: table.Language | None
    original_dir: str
    wanted: table.Language
    late: bool
    draft: str
    drafted_by: str
    findings: Findings | None = field(default=None)


def task_of(row: Translation) -> Task:
    """The words with their languages; what is hard in ours is pointed at, and nothing in a family's."""
    found = table.find(row.source)
    return Task(
        row=row,
        original=found,
        original_dir=direction_of(row.source) if found else "auto",
        wanted=table.get(row.target),
        late=row.is_late(clock.today()),
        draft=row.words,
        drafted_by=row.engine or (row.proposed_by.name if row.proposed_by else ""),
        findings=None if row.incoming else look_over(row.original),
    )
