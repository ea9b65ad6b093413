"""Learning at home: a note goes to families with one thing to try, and what they answer comes back.

It stands in `support` because it is an offer that a family takes up or not; telling and asking are `reach`'s. An
answer is an `Answer` like any other, whether it came by web, by text or in person, and counts as a contact about
learning at home, which matters more than attendance at school.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Verdict
from gatepost.know.models import Child, Group
from gatepost.org.actor import Actor
from gatepost.org.pressing import kept_once
from gatepost.reach import besides, sayings
from gatepost.reach import services as reach
from gatepost.reach.audience import Line, lines_for
from gatepost.reach.delivery import load
from gatepost.reach.models import Touch
from gatepost.reach.queries import tongues
from gatepost.reach.sayings import Saying
from gatepost.reach.services import News, language_for, recordings, translating
from gatepost.reach.services.broadcasts import ANYBODY
from gatepost.reach.services.taking_back import in_a_minute, take_back
from gatepost.support import home_words, notices
from gatepost.support.home_ideas import learning_of
from gatepost.support.models import HomeIdea, HomeNote, HomeTry

HOME = "support.home"
TRIED, HELP, IDEA = "tried", "help", "idea"
"""The question of this module as `Ask.question`, and its three answers."""


@dataclass(frozen=True)
class Words:
    """What a note says."""

    learning: str
    try_this: str
    say_this: str = ""
    said: Saying = ()


def words_of(said: Saying) -> Words:
    """A note in phrases that every family reads in its own language."""
    try_this = sayings.words(said, "en", adult=ANYBODY, child=ANYBODY)
    return Words(learning_of(str(each["say"]) for each in said), try_this, said=said)


@transaction.atomic
def send_note(
    words: Words,
    children: Sequence[Child],
    *,
    group: Group | None,
    school_id: UUID,
    by: Actor,
    after: Mapping[UUID, str] | None = None,
    key: UUID | None = None,
) -> HomeNote:
    """Send one thing to try at home to every adult of these children. It leaves in a minute, and until then comes back.

    Holds afterwards: the gate has been asked for each adult; a barred adult has a notice with its rule, and nothing
    to open; each other one has a question of their own, also where the office has to settle first what they are.
    Whoever has had enough for today gets it in the morning.
    `after`: only to these adults, after a meeting to which each came or could not come. `key`: of the press of a
    button (`press_of`); pressed twice, it is sent once.
    """
    lines = [line for line in lines_for(notices.home_note, children) if after is None or line.adult.pk in after]
    if not any(line.decision.allowed for line in lines):
        raise Refused(_("Nobody would get it."))
    note = _kept_once(words, key, {"school_id": school_id, "group": group, "sent_by_id": by.staff_id})
    tries = _tries(note, [line for line in lines if line.decision.verdict is not Verdict.DENY])
    news = _news(note, lines, tries, after or {}, by=by)
    enough = load.who_has_had_enough(each.adult.pk for each in news)
    for at, put_off in ((in_a_minute(), False), (load.tomorrow(), True)):
        some = [each for each in news if (each.adult.pk in enough) is put_off]
        reach.tell_all(notices.home_note, some, by=by, batch=note.pk, not_before=at, put_off=put_off)
    audit.record("support.home_note_sent", note, by=by, adults=len(tries))
    return note


def _kept_once(words: Words, key: UUID | None, whose: dict[str, Any]) -> HomeNote:
    said = {"learning": words.learning, "try_this": words.try_this, "say_this": words.say_this}
    row = whose | said | {"said": list(words.said), "sent_at": clock.now()}
    note, is_new = kept_once(HomeNote, key, row)
    if not is_new:
        raise Refused(_("You have sent this already. It leaves once."))
    return note


def _news(
    note: HomeNote, lines: Sequence[Line], tries: Mapping[UUID, UUID], after: Mapping[UUID, str], *, by: Actor
) -> list[News]:
    """What each is told, in the language they read; after a meeting, with a word on whether they were there."""
    params = home_words.params_for(note, lines, by=by)
    said = {line.adult.pk: {"after": after[line.adult.pk]} if after else {} for line in lines}
    return [
        News(
            line.adult,
            line.child,
            tries.get(line.adult.pk),
            params[tongues.read_by(line.adult)] | said[line.adult.pk],
        )
        for line in lines
    ]


def _tries(note: HomeNote, lines: Sequence[Line]) -> dict[UUID, UUID]:
    asks = reach.ask_all(HOME, [(line.adult, line.child) for line in lines])
    made = HomeTry.objects.bulk_create(
        HomeTry(school_id=note.school_id, note=note, adult=line.adult, child=line.child, ask=ask)
        for line, ask in zip(lines, asks, strict=True)
    )
    return {each.adult_id: each.pk for each in made}


@transaction.atomic
def undo_note(note: HomeNote, *, by: Actor) -> None:
    """Take a note back within its minute: nobody gets it, and nobody was asked anything."""
    take_back(note.pk, by=by)
    audit.record("support.home_note_taken_back", note, by=by)
    asks = [tried.ask for tried in note.tries.select_related("ask")]
    besides.forget(note.pk)
    recordings.forget(note.pk)
    note.delete()
    for ask in asks:
        ask.delete()


@transaction.atomic
def say_tried(tried: HomeTry, *, way: Touch.Way = Touch.Way.WEB, by: Actor) -> None:
    """A family has tried it."""
    _answer(tried, TRIED, way=way, by=by)


@transaction.atomic
def ask_for_help(tried: HomeTry, *, way: Touch.Way = Touch.Way.WEB, by: Actor) -> None:
    """A family would like help: it stands on the first page of whoever sent the note, until somebody has helped."""
    _answer(tried, HELP, way=way, by=by)
    HomeTry.objects.filter(pk=tried.pk).update(wants_help_since=clock.now(), helped_at=None, helped_by=None)


@transaction.atomic
def tell_idea(
    tried: HomeTry,
    words: str,
    *,
    name_shown: bool = False,
    way: Touch.Way = Touch.Way.WEB,
    key: UUID | None = None,
    by: Actor,
) -> HomeIdea:
    """A family tells what it does at home. Somebody who works with it reads it before other families do.

    `key`: of the press of a button (`press_of`); pressed twice, it is told once.
    """
    if not words.strip():
        raise Refused(_("Please tell us in a few words what you do."))
    told = {
        "school_id": tried.school_id,
        "tried": tried,
        "group": tried.note.group or tried.child.groups.order_by("name").first(),
        "words": words.strip(),
        "language": tried.adult.language or language_for(tried.adult),
        "name_shown": name_shown,
        "told_at": clock.now(),
    }
    idea, is_new = kept_once(HomeIdea, key, told)
    if not is_new:
        return idea
    _answer(tried, IDEA, way=way, by=by)
    heard = translating.Wanted(idea.pk, "idea", idea.words, idea.school_id, adult=tried.adult, child=tried.child)
    translating.hear(heard, by=by)
    audit.record("support.home_idea_told", idea, by=by)
    return idea


def _answer(tried: HomeTry, value: str, *, way: Touch.Way, by: Actor) -> None:
    reach.answer(tried.ask, value, at_home=True, way=way, by=by)
    audit.record("support.home_answered", tried, by=by, value=value)


@transaction.atomic
def helped(tried: HomeTry, *, by: Actor) -> None:
    """Somebody has spoken with the family about it."""
    waiting = HomeTry.objects.filter(pk=tried.pk, wants_help_since__isnull=False, helped_at=None)
    if not waiting.update(helped_at=clock.now(), helped_by=by.staff_id):
        raise Refused(_("Somebody has just helped them, or they no longer ask."))
    audit.record("support.home_helped", tried, by=by)


@transaction.atomic
def read_idea(idea: HomeIdea, *, show: bool, by: Actor) -> None:
    """Put a family's idea on the page of its class, or keep it between them and the school. Either can be changed."""
    if show and idea.group_id is None:
        raise Refused(_("This child is in no class."))
    state = HomeIdea.State.SHOWN if show else HomeIdea.State.KEPT
    HomeIdea.objects.filter(pk=idea.pk).update(state=state, read_by=by.staff_id)
    audit.record("support.home_idea_read", idea, by=by, shown=show)
