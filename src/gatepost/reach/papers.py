"""A long text on paper: all of it stands in the letter of whoever asked for letters, since they open no page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gatepost.know.places import wants_letters
from gatepost.org.actor import Actor
from gatepost.reach import notices
from gatepost.reach.models import Document, Notice
from gatepost.reach.onpaper import Box, Paper, register_paper
from gatepost.reach.queries.documents import shown
from gatepost.reach.services.documents import say_whether_clear

CLEAR = "clear"


def _document(notice: Notice) -> Document | None:
    return Document.objects.filter(pk=notice.subject).first() if notice.subject else None


def _in_full(notice: Notice) -> list[str]:
    """Each part with its number, so that a slip can say which; in their language where a person has written it."""
    document = _document(notice)
    if document is None:
        return []
    text = shown(document, notice.adult)
    sorry = _("Sorry: we cannot write this in your language yet. Answer in your own, or ask us for an interpreter.")
    parts = [f"{number}. \u2068{part.theirs or part.words}\u2069" for number, part in enumerate(text.parts, 1)]
    return [*([sorry] if text.lacking else []), *parts, _("Did this make sense?")]


def _asks(notice: Notice) -> list[Box]:
    """Only whoever has it before them can say whether it made sense."""
    return [Box(CLEAR, _("Yes"))] if wants_letters(notice.adult) and _document(notice) else []


def _take(notice: Notice, ticked: list[str], words: str, by: Actor) -> bool:
    """A yes counts for each part. What is not clear is in their own words: the office reads it, and nobody guesses."""
    document = _document(notice)
    if document is None or CLEAR not in ticked or words:
        return False
    for part in document.paragraphs.filter(stands=True):
        say_whether_clear(notice.adult, part.pk, clear=True, school_id=document.school_id, by=by)
    return True


for kind in (notices.document, notices.document_again, notices.document_theirs):
    register_paper(kind, Paper(asks=_asks, take=_take, says=_in_full, wish=gettext_lazy("What is not clear?")))
