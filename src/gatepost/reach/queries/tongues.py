"""In which language somebody has to be written to, who could put words into it, and what there is already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from gatepost.know.models import Adult
from gatepost.language import table
from gatepost.language.engines import engine_for
from gatepost.language.guessing import UNKNOWN
from gatepost.org.queries import bilingual_now
from gatepost.reach.models import Translation

ENGLISH = "en"


def read_by(adult: Adult) -> str:
    """The language in which an adult has to be written to; blank where it is English, or nobody has asked."""
    language = table.find(adult.language) if adult.language else None
    return language.tag if language and language.written and language.tag != ENGLISH else ""


def spoken(said: Sequence[object]) -> frozenset[str]:
    """The languages in which words need nobody: English, and for what comes from the phrasebook all that it speaks."""
    return frozenset({"", *table.FAMILY_LANGUAGES}) if said else frozenset({""})


def has_reader(tag: str) -> bool:
    """Whether somebody at the school reads this language."""
    language = table.find(tag)
    return language is not None and bilingual_now().filter(language=language.tag).exists()


def engine_will_draft(row: Translation) -> bool:
    """Whether an engine is set up for it that has not been asked yet."""
    return (
        row.state == Translation.State.ASKED
        and row.tried_at is None
        and row.source != UNKNOWN
        and engine_for(row.source, row.target) is not None
    )


def waits(row: Translation) -> bool:
    """Whether the words stay here until there is something to read beside them.

    Much hangs on it, and somebody can read it; or an engine drafts it within the minute.
    """
    if row.state == Translation.State.REVIEWED:
        return False
    if row.stakes == Translation.Stakes.HIGH:
        return has_reader(row.target)
    return engine_will_draft(row)


def may_show(row: Translation) -> bool:
    """Whether the family may read it: checked by a person, or an engine's draft of which little hangs."""
    low = row.stakes == Translation.Stakes.LOW and not row.incoming
    return row.state == Translation.State.REVIEWED or (row.state == Translation.State.PROPOSED and low)


def params_of(row: Translation | None) -> dict[str, str | bool]:
    """What a notice says beside the words as they were typed: theirs, and whether a person has read them."""
    if row is None:
        return {}
    return {"theirs": row.words, "unchecked": row.state != Translation.State.REVIEWED}


def found_for(things: Iterable[UUID], tag: str) -> dict[tuple[UUID, str], Translation]:
    """The rows of some things: into this language, or out of a family's; one query."""
    wanted = Q(target=tag) | Q(incoming=True)
    rows = Translation.objects.filter(wanted, of__in=list(things)).select_related("reviewed_by")
    return {(row.of, row.part): row for row in rows}
