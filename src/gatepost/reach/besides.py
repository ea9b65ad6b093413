"""Texts that stand on pages of packages above this one, and the same in the reader's language beside them.

A note for home, the summary of a talk: each is asked for once as it is worded now. Worded otherwise, it is asked for
again, and nobody is left to write what is not shown any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gatepost.core import audit
from gatepost.design.languages import MADE_BY
from gatepost.disclosure import Disclosed
from gatepost.know.models import Adult, Child
from gatepost.language import table
from gatepost.language.guessing import typed_in
from gatepost.language.sameness import fingerprint
from gatepost.org.actor import Actor
from gatepost.reach.models import Translation
from gatepost.reach.queries import tongues
from gatepost.reach.services import translating

SIGNS = 24  # of the fingerprint: enough for the wordings of one text


@dataclass(frozen=True)
class Text:
    """One text of ours: where it stands, which of the texts there, and what it says."""

    of: UUID
    name: str
    words: str

    @property
    def part(self) -> str:
        """This wording of it: said otherwise, it is another."""
        return f"{self.name}:{fingerprint(self.words)[:SIGNS]}"


@dataclass(frozen=True)
class Beside(Disclosed):
    """What stands beside our words for one reader: theirs, or by when they will be there."""

    words: str = ""
    language: str = "en"
    dir: str = "ltr"
    made_by: str = ""  # a person, or a machine
    by_day: date | None = None
    sorry: bool = False  # nobody here can put it into their language
    is_draft: bool = False  # a machine made it, and no person has read it

    @property
    def lacking(self) -> bool:
        """Whether they have our words only."""
        return not self.words and (self.sorry or self.by_day is not None)


def ask_for(
    texts: Iterable[Text],
    tag: str,
    *,
    school_id: UUID,
    adult: Adult | None = None,
    child: Child | None = None,
    high: bool = False,
    by: Actor | None,
) -> list[Translation]:
    """Ask for these texts in a family's language, each wording once. What may be shown is shown from now on.

    Holds afterwards: what waited and stands there in other words now is asked of nobody any more.
    """
    wanted = [text for text in texts if text.words.strip()]
    if not tag or not wanted:
        return []
    known = _rows({text.of for text in wanted}, [tag])
    rows = []
    for text in wanted:
        row = known.pop((text.of, text.part, tag), None)
        if row is None:
            about = translating.Wanted(text.of, text.part, text.words, school_id, adult=adult, child=child, high=high)
            row = translating.ask_out(about, tag, by=by)
        if row is not None:
            translating.show(row)
            rows.append(row)
    _withdraw(known.values(), {(text.of, text.name) for text in wanted}, by=by)
    return rows


def _withdraw(rows: Iterable[Translation], said_anew: set[tuple[UUID, str]], *, by: Actor | None) -> None:
    for row in rows:
        if row.is_open and row.shown_at is None and (row.of, row.part.partition(":")[0]) in said_anew:
            audit.record("reach.translation_withdrawn", row, by=by)
            row.delete()


def _rows(things: Iterable[UUID], tags: Iterable[str]) -> dict[tuple[UUID, str, str], Translation]:
    rows = Translation.objects.filter(of__in=list(things), target__in=list(tags), incoming=False)
    return {(row.of, row.part, row.target): row for row in rows}


def beside(texts: Iterable[Text], adult: Adult) -> dict[Text, Beside]:
    """What this adult reads beside each of these texts; nothing where they read ours. One query, or two."""
    tag, wanted = tongues.read_by(adult), [text for text in texts if text.words.strip()]
    if not tag or not wanted:
        return {}
    rows = _rows({text.of for text in wanted}, [tag])
    reads = tongues.has_reader(tag)
    return {text: _beside(text, rows.get((text.of, text.part, tag)), tag, reads=reads) for text in wanted}


def _beside(text: Text, row: Translation | None, tag: str, *, reads: bool) -> Beside:
    language = table.get(tag)
    if row is None and typed_in(text.words, tag) != tongues.ENGLISH:
        return Beside()
    if row and row.shown_at:
        is_draft = row.state != Translation.State.REVIEWED
        made_by = str(MADE_BY["machine" if is_draft else "reviewed"])
        return Beside(row.words, language.tag, language.direction, made_by, is_draft=is_draft)
    coming = row.due_on if row and row.is_open and reads else None
    return Beside(by_day=coming, sorry=coming is None)


def is_settled(of: Iterable[UUID], tag: str) -> bool:
    """Whether each text of these things is there in this language, or will never be."""
    rows = Translation.objects.filter(of__in=list(of), target=tag, incoming=False)
    return not rows.filter(shown_at=None).exclude(state=Translation.State.REFUSED).exists()


def forget(of: UUID) -> None:
    """What they belong to was taken back: nobody need write it."""
    Translation.objects.filter(of=of, incoming=False).delete()


def last_day(found: Iterable[Beside]) -> date | None:
    """When all of it will be there; None where nobody can say so of each."""
    lacking = [each.by_day for each in found if each.lacking]
    days = [day for day in lacking if day]
    return max(days) if days and len(days) == len(lacking) else None
