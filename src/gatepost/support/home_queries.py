"""What was sent home, what came back, and what a family's page may say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gatepost.core import clock
from gatepost.disclosure import Disclosed
from gatepost.know.models import Care, Child, Group
from gatepost.know.queries import apart_from
from gatepost.org.actor import Actor
from gatepost.org.queries import away_now
from gatepost.reach import sayings
from gatepost.reach.besides import Beside, last_day
from gatepost.reach.meanings import Meaning, explained
from gatepost.reach.queries import recordings as recording_queries
from gatepost.support import home_words
from gatepost.support.home import HELP, IDEA, TRIED
from gatepost.support.home_rules import children_written_for, classes_open_to, tries_open_to
from gatepost.support.models import HomeIdea, HomeNote, HomeTry

ON_A_PAGE = 5  # ideas of other families that one family sees
COVER_AFTER = timedelta(days=2)  # then a colleague or the office sees, too, that a family waits for help


@dataclass(frozen=True)
class Classroom:
    """A class to write to, and how much of it waits to be read."""

    pk: UUID
    name: str
    notes: int


def classrooms(actor: Actor) -> list[Classroom]:
    """The classes somebody may write to, with how many notes each has had."""
    groups = classes_open_to(actor).annotate(sent=Count("home_notes", distinct=True)).order_by("name")
    return [Classroom(group.pk, group.name, group.sent) for group in groups]


def children_to_choose(actor: Actor, group: Group | None) -> list[Child]:
    """The children that a form offers: of a class, or those one works with outside of it."""
    return list(children_written_for(actor, group).distinct().order_by("name"))


def notes_of(group: Group) -> QuerySet[HomeNote]:
    """The notes of a class with what came back, the newest first."""
    said = {name: Q(tries__ask__answers__value=name) for name in (TRIED, HELP, IDEA)}
    rows = HomeNote.objects.filter(group=group).select_related("sent_by").order_by("-sent_at", "id")
    return rows.annotate(
        sent=Count("tries", distinct=True),
        **{f"said_{name}": Count("tries", filter=asked, distinct=True) for name, asked in said.items()},
    )


def ideas_of(group: Group, actor: Actor) -> QuerySet[HomeIdea]:
    """What families of a class told, as far as this member of staff works with them."""
    ideas = HomeIdea.objects.filter(group=group, tried__in=tries_open_to(actor))
    return ideas.select_related("tried__adult", "tried__child", "tried__note")


def ideas_waiting_for(actor: Actor) -> QuerySet[HomeIdea]:
    """Ideas that nobody has read yet: for whoever sent the note, and whoever teaches the class."""
    mine = Q(tried__note__sent_by=actor.person_id) | Q(group__teachers=actor.person_id)
    ideas = HomeIdea.objects.filter(mine, state=HomeIdea.State.WAITING, tried__in=tries_open_to(actor))
    return ideas.select_related("tried__adult", "tried__child", "tried__note").distinct().order_by("told_at", "id")


def wants_help(actor: Actor) -> QuerySet[HomeTry]:
    """Families that would like help: for whoever sent the note and whoever teaches the class; after two days for all.

    All are those who work with the family: so it is covered when somebody is away; at once, where they have said so.
    """
    taught = Exists(Group.objects.filter(children=OuterRef("child"), teachers=actor.person_id))
    mine = Q(note__sent_by=actor.person_id) | Q(taught)
    late = Q(wants_help_since__lt=clock.now() - COVER_AFTER) | Q(note__sent_by__in=away_now())
    waiting = tries_open_to(actor).filter(mine | late, wants_help_since__isnull=False, helped_at=None)
    return waiting.select_related("adult", "child", "note").order_by("wants_help_since", "id")


# ── what a family sees ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ShownNote(Disclosed):
    """All that the page of a note may say of it."""

    child: str
    who: str
    try_this: str
    say_this: str
    beside: dict[str, Beside]  # of those words that stand in no catalogue, by their names
    lesson: str  # what the children learn, in the reader's language where it is there
    lacking: bool  # some of it is in English only
    by_day: date | None  # when it will be in theirs
    aloud: recording_queries.Aloud | None = None  # the same, said aloud or signed
    explained: tuple[Meaning, ...] = ()  # the school words in it


@dataclass(frozen=True)
class ShownIdea(Disclosed):
    """What another family does at home; its name only if it said so."""

    words: str
    language: str
    name: str


def shown(tried: HomeTry, *, nameless: bool) -> ShownNote:
    """What the page of this note says, in the reader's language where we know the words in it."""
    note, language = tried.note, get_language() or "en"
    child = f"{tried.child.called[:1]}." if nameless else tried.child.called
    said = sayings.words(note.said, language, adult=tried.adult.name, child=child) if note.said else ""
    beside = home_words.beside_of(tried)
    return ShownNote(
        child="" if nameless else tried.child.called,
        who=note.sent_by.name,
        try_this=said or _(note.try_this),
        say_this=_(note.say_this) if note.say_this else "",
        beside=beside,
        lesson=beside["learning"].words or note.learning if "learning" in beside else _(note.learning),
        lacking=any(each.lacking for each in beside.values()),
        by_day=last_day(beside.values()),
        aloud=recording_queries.aloud([note.pk], tried.adult).get(note.pk),
        explained=() if note.said else explained([note.try_this, note.say_this, note.learning]),
    )


def other_families(tried: HomeTry) -> tuple[ShownIdea, ...]:
    """What other families of the class do at home.

    Nothing of an adult who shares a child with the reader, or from whom somebody is kept apart: what they write,
    and that they wrote, is theirs. Without them the page is the same in every byte.
    """
    group = tried.note.group_id or tried.child.groups.order_by("name").values_list("pk", flat=True).first()
    shared = Care.objects.filter(adult=tried.adult).values("child")
    family = Care.objects.filter(child__in=shared).values("adult")
    ideas = HomeIdea.objects.filter(group=group, state=HomeIdea.State.SHOWN)
    others = ideas.exclude(tried__adult__in=family).exclude(tried__adult=tried.adult)
    rows = others.exclude(tried__adult__in=apart_from(tried.adult)).select_related("tried__adult")
    return tuple(_idea(row) for row in rows[:ON_A_PAGE])


def _idea(idea: HomeIdea) -> ShownIdea:
    return ShownIdea(idea.words, idea.language, idea.tried.adult.name if idea.name_shown else "")
