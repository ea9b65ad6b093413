"""What stands in a thread, for whom it waits, and how good news and worries balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language

from gatepost.core import clock
from gatepost.design.languages import MADE_BY
from gatepost.disclosure import Disclosed
from gatepost.know.models import Adult, Child
from gatepost.know.rules import children_of_team
from gatepost.language.dates import london_day
from gatepost.language.guessing import UNKNOWN, direction_of
from gatepost.org.actor import Actor
from gatepost.org.calendar import school_days_after
from gatepost.reach import sayings
from gatepost.reach.kinds import KINDS, Tone
from gatepost.reach.models import Message, Notice, Sense, Thread, Touch, Translation
from gatepost.reach.models.translations import BROADCAST, MESSAGE
from gatepost.reach.queries import recordings as recording_queries
from gatepost.reach.queries import tongues

SHOWN = 30  # messages on one page, the newest
WITHOUT_GOOD_NEWS = timedelta(weeks=6)
BALANCE_OVER = timedelta(weeks=26)
READ_WITHIN = 2  # school days; after one it stands before everybody who works with the family
PROMPTS = 3  # children to praise that somebody is reminded of at a time


def messages_of(thread: Thread) -> list[Message]:
    """The newest messages of a thread, the oldest of them first."""
    newest = Message.objects.filter(thread=thread).select_related("by").order_by("-at", "-id")[:SHOWN]
    return list(reversed(newest))


@dataclass(frozen=True)
class Said(Disclosed):
    """One message as the family reads it: who, when, what, in which words. No number, no address."""

    who: str  # blank: they themselves
    words: str
    at: datetime
    language: str = "en"  # of the words as they were typed
    dir: str = "ltr"
    theirs: str = ""  # the same in the family's language
    theirs_in: str = ""
    theirs_dir: str = "ltr"
    made_by: str = ""  # a person, or a machine
    sorry: bool = False  # nobody can put it into their language
    by_day: date | None = None  # when it will have been read, or put into their language
    read_by: str = ""  # who has read what they wrote in their language
    reader: str = ""  # the language that somebody will read it in
    asked: UUID | None = None  # the newest message of the school: did it make sense?
    clear: bool | None = None  # what they have said
    home: str = ""  # after good news in words of one's own: what one can say of it at home
    aloud: recording_queries.Aloud | None = None  # the same, said aloud or signed

    @property
    def lacking(self) -> bool:
        """Whether the school has written it, and they have it in English only."""
        return bool(self.who) and (self.sorry or self.by_day is not None)


def said_in(thread: Thread, *, nameless: bool = False) -> tuple[Said, ...]:
    """What the family reads of its own thread: what it wrote, and what has gone out to it.

    What comes from the phrasebook stands in the language of the page; where it names no child, with a letter for one.
    """
    sent = [each for each in messages_of(thread) if each.state == Message.State.SENT]
    child = f"{thread.child.called[:1]}." if nameless else thread.child.called
    names = {"adult": thread.adult.name, "child": child}
    tag = tongues.read_by(thread.adult)
    rows = translations_of(sent, tag)
    reader = bool(tag) and tongues.has_reader(tag)
    shown = [_spoken(each, names) if each.said else _said(each, rows.get(each.pk), tag, reader) for each in sent]
    heard = recording_queries.aloud([each.broadcast_id or each.pk for each in sent], thread.adult)
    shown = [
        replace(said, aloud=heard.get(each.broadcast_id or each.pk)) for said, each in zip(shown, sent, strict=True)
    ]
    shown = [_waiting(said, thread) if each.by_id is None else said for said, each in zip(shown, sent, strict=True)]
    newest = max((place for place, each in enumerate(sent) if each.by_id), default=None)
    if newest is not None:
        said = Sense.objects.filter(adult=thread.adult_id, of=sent[newest].pk).values_list("clear", flat=True).first()
        shown[newest] = replace(shown[newest], asked=sent[newest].pk, clear=said)
    return tuple(shown)


def _waiting(said: Said, thread: Thread) -> Said:
    """What they wrote and nobody has answered: by when somebody will have read it, while that is to come."""
    if thread.waits_since is None or said.at < thread.waits_since or said.by_day or said.read_by:
        return said
    day = school_days_after(thread.school_id, london_day(said.at), READ_WITHIN)
    return replace(said, by_day=day) if day >= clock.today() else said


def _spoken(message: Message, names: dict[str, str]) -> Said:
    """What comes from the phrasebook needs nobody: it stands in the language of the page."""
    tongue = get_language() or "en"
    words = sayings.words(message.said, tongue, **names)
    return Said(message.by.name if message.by else "", words, message.at, tongue, direction_of(tongue))


def translations_of(messages: Sequence[Message], tag: str) -> dict[UUID, Translation]:
    """The other words of each message, those of a broadcast among them."""
    found = tongues.found_for({each.broadcast_id or each.pk for each in messages}, tag)
    rows = {each.pk: found.get((each.broadcast_id or each.pk, _part(each))) for each in messages}
    return {key: row for key, row in rows.items() if row}


def _part(message: Message) -> str:
    return BROADCAST if message.broadcast_id else MESSAGE


def _said(message: Message, row: Translation | None, tag: str, reads_theirs: bool) -> Said:
    who, tongue = message.by.name if message.by else "", message.language
    said = Said(who, message.words, message.at, tongue, "auto" if tongue == UNKNOWN else direction_of(tongue))
    if message.by and message.tone == Tone.GOOD:
        at_home: sayings.Saying = [{"say": sayings.ANYTHING}]
        said = replace(said, home=sayings.words(at_home, get_language() or "en", adult="", child=""))
    open_until = row.due_on if row and row.is_open else None
    if message.by is None:
        reader = row.reviewed_by.name if row and row.reviewed_by else ""
        known = row.source if row and row.source != UNKNOWN and reads_theirs else ""
        return replace(said, by_day=open_until, read_by=reader, reader=known)
    if row and row.shown_at:
        made_by = str(MADE_BY["reviewed" if row.state == Translation.State.REVIEWED else "machine"])
        direction = direction_of(row.target)
        return replace(said, theirs=row.words, theirs_in=row.target, theirs_dir=direction, made_by=made_by)
    lacking = bool(tag) and message.language == tongues.ENGLISH
    coming = open_until if reads_theirs else None
    return replace(said, sorry=lacking and coming is None, by_day=coming if lacking else None)


# ── good news and worries ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Balance:
    """How often an adult has heard good news, and how often a worry."""

    good: int
    concern: int

    @property
    def leans(self) -> bool:
        """Whether they hear more of worries."""
        return self.concern > self.good


def _kinds(tone: Tone) -> list[str]:
    return [kind.name for kind in KINDS.values() if kind.tone == tone]


def _told() -> QuerySet[Notice]:
    return Notice.objects.filter(state__in=[Notice.State.SENT, Notice.State.QUEUED, Notice.State.BY_HAND])


def balance_of(adult: Adult) -> Balance:
    """What one adult has heard in half a year: notices, and what was said in person."""
    since = clock.now() - BALANCE_OVER
    numbers = []
    for tone in (Tone.GOOD, Tone.CONCERN):
        told = _told().filter(adult=adult, kind__in=_kinds(tone), created_at__gt=since).count()
        numbers.append(told + Touch.objects.filter(adult=adult, tone=tone, at__gt=since).count())
    return Balance(*numbers)


def to_praise(actor: Actor) -> list[Child]:
    """A few children whose families have heard nothing good for six weeks, those who heard a worry first."""
    since = clock.now() - WITHOUT_GOOD_NEWS
    told, heard = _told().filter(child=OuterRef("pk")), Touch.objects.filter(child=OuterRef("pk"), at__gt=since)
    good = Exists(told.filter(kind__in=_kinds(Tone.GOOD), created_at__gt=since)) | Exists(heard.filter(tone=Tone.GOOD))
    worried = Exists(told.filter(kind__in=_kinds(Tone.CONCERN), created_at__gt=since))
    children = children_of_team(actor).exclude(good).annotate(worried=worried)
    return list(children.order_by("-worried", "name", "pk")[:PROMPTS])
