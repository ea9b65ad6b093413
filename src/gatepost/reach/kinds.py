"""The kinds of notice that exist: typed, registered by the package that has the news, rendered and sent by this one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from gatepost.disclosure import Fact

if TYPE_CHECKING:
    from gatepost.reach.models import Ask


class Tone(models.TextChoices):
    """What sort of news a contact was. A family that only ever hears concern stops listening."""

    GOOD = "good", _("Good news")
    NEUTRAL = "neutral", _("Neither")
    CONCERN = "concern", _("A worry")


@dataclass(frozen=True)
class Entry:
    """A calendar entry that goes with a mail, and what it asks of whoever reads it (RFC 5546)."""

    method: str
    body: str


@dataclass(frozen=True)
class Mailed:
    """What an entry is made from: plain values of a notice whose purpose may stand in this adult's own mailbox."""

    subject: UUID
    params: Mapping[str, Any]
    school: str
    address: str  # of the school
    to: str


NUMBER, YES_OR_NO, WORDS = "number", "yes or no", "words"
"""What an answer by text looks like."""


@dataclass(frozen=True)
class Question:
    """What a notice asks so that a text or a reply mail can answer it."""

    shapes: frozenset[str]  # what an answer looks like
    of: Callable[[UUID], Ask | None]  # the notice's subject leads to the row that the answer belongs to


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice: what it carries, how it is worded, what its link opens."""

    name: str  # package.word
    facts: frozenset[Fact]
    template: str  # stem of <stem>.subject, <stem>.txt and <stem>.sms
    why: str  # one line for docs/reference/notices.md
    opens: str = ""  # URL name that takes a token; blank: no link
    link_days: int = 90
    own: bool = False  # its link opens what is about the adult alone: it hangs on no child
    last_days: Callable[[Collection[UUID]], dict[UUID, date]] | None = None  # of the events that links are for
    link_days_after: int = 7  # of that day; after it the link is dead
    mints_code: bool = False
    optional: bool = False  # nobody needs it: every mail of it can be stopped with one click, for good
    again: bool = False  # may come twice without harm: where nobody knows whether it was taken, it goes out once more
    at_once: bool = False  # somebody waits for it: it goes out at night, too, where the morning would be too late
    answers: bool = False  # to what the adult has just done: by day it waits for no hour that they like
    asks: Question | None = None  # what a text answers that comes back
    over: bool = False  # of no use once the moment that it is about has come
    can_wait: bool = False  # an adult who likes that gets it together with others of this sort, once a day or a week
    tone: Tone = Tone.NEUTRAL
    calm: bool = False  # whatever it says, nothing is wrong: so it may be said where others read along
    entry: Callable[[Mailed], Entry | None] | None = None  # for the calendar of whoever gets it by mail
    paper: bool = False  # it is a letter: on paper wherever one gets there, however the adult likes to be told
    to_unconfirmed: bool = False  # says so little that it may go where nobody has shown who reads it


KINDS: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> NoticeKind:
    """Make a kind known. A name stands for one kind only."""
    if KINDS.setdefault(kind.name, kind) != kind:
        raise ValueError(f"There are two notices called {kind.name}.")
    return kind
