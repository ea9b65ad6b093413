"""What is clear to families in a long text and what is not; and the text as one of them reads it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from gatepost.design.languages import MADE_BY
from gatepost.disclosure import Disclosed
from gatepost.know.models import Adult
from gatepost.language import table
from gatepost.language.plain import Findings, look_over
from gatepost.org.actor import Actor
from gatepost.org.permissions import Permission, has
from gatepost.reach.models import Document, Paragraph, Sense, Translation
from gatepost.reach.models.translations import PARAGRAPH
from gatepost.reach.queries import tongues

FEW = 5  # fewer answers than this are told as "a few": nobody's can be worked out
WEAK = 0.25  # of those who answered


def may_put_up(actor: Actor) -> bool:
    """The office, the head, and whoever leads on reaching families."""
    return has(actor, Permission.CLEAR)


def may_open_document(actor: Actor, document: Document) -> bool:
    """The same."""
    return may_put_up(actor)


def may_write_again(actor: Actor, paragraph: Paragraph) -> bool:
    """The same."""
    return may_put_up(actor)


def may_read_document(actor: Actor, document: Document) -> bool:
    """An adult with the link that was made for it."""
    return actor.adult_id is not None and actor.subject == document.pk


def documents() -> QuerySet[Document]:
    """All of the school, the newest first."""
    return Document.objects.select_related("by", "group")


@dataclass(frozen=True)
class Part:
    """One part as staff see it: its wording, how many said what, and its older wordings."""

    paragraph: Paragraph
    answers: int
    unclear: int
    findings: Findings
    older: tuple[Paragraph, ...]

    @property
    def few(self) -> bool:
        """Whether too few have answered for numbers."""
        return self.answers < FEW

    @property
    def weak(self) -> bool:
        """Whether it should be written again: a quarter did not follow; of a few, one."""
        return bool(self.unclear) and (self.few or self.unclear / self.answers >= WEAK)

    @property
    def share(self) -> int:
        """How many of a hundred did not follow."""
        return round(100 * self.unclear / self.answers) if self.answers else 0


def parts_of(document: Document) -> list[Part]:
    """The parts in their order: two queries, however many."""
    rows = list(document.paragraphs.select_related("by"))
    counted = Sense.objects.filter(of__in=[row.pk for row in rows]).order_by().values("of")
    said = {each["of"]: each for each in counted.annotate(all=Count("pk"), unclear=Count("pk", filter=Q(clear=False)))}
    none = {"all": 0, "unclear": 0}
    return [
        Part(
            paragraph=row,
            answers=said.get(row.pk, none)["all"],
            unclear=said.get(row.pk, none)["unclear"],
            findings=look_over(row.words),
            older=tuple(each for each in rows if each.place == row.place and not each.stands),
        )
        for row in rows
        if row.stands
    ]


@dataclass(frozen=True)
class ShownPart(Disclosed):
    """One part as a family reads it."""

    pk: UUID
    words: str
    again: bool  # it was written anew
    clear: bool | None  # what they have said of this wording
    theirs: str = ""
    made_by: str = ""


@dataclass(frozen=True)
class ShownDocument(Disclosed):
    """A long text as a family reads it."""

    title: str
    parts: tuple[ShownPart, ...]
    language: str  # of what stands beside the original
    dir: str
    lacking: bool  # some of it is not in their language


def shown(document: Document, adult: Adult) -> ShownDocument:
    """The wording that stands, theirs beside it where a person has written it."""
    rows = list(document.paragraphs.filter(stands=True))
    ids = [row.pk for row in rows]
    said = dict(Sense.objects.filter(adult=adult, of__in=ids).values_list("of", "clear"))
    tag = tongues.read_by(adult)
    found = tongues.found_for(ids, tag) if tag else {}
    parts = tuple(_shown(row, found.get((row.pk, PARAGRAPH)), said.get(row.pk)) for row in rows)
    language = table.get(tag or "en")
    lacking = bool(tag) and not all(part.theirs for part in parts)
    return ShownDocument(document.title, parts, language.tag, language.direction, lacking)


def _shown(row: Paragraph, other: Translation | None, clear: bool | None) -> ShownPart:
    theirs = other if other and other.shown_at else None
    reviewed = theirs is not None and theirs.state == Translation.State.REVIEWED
    return ShownPart(
        pk=row.pk,
        words=row.words,
        again=row.version > 1,
        clear=clear,
        theirs=theirs.words if theirs else "",
        made_by=str(MADE_BY["reviewed" if reviewed else "machine"]) if theirs else "",
    )
