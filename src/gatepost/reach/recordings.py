"""What the school has written, said aloud or signed by somebody of it: kept, heard first where it must be, and played.

A recording hangs on the thing whose words it says. Whoever may open that thing on a page of their own may hear it
there, and nobody anywhere else: no file has an address.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.media import Media
from gatepost.disclosure import Disclosed
from gatepost.know.models import Adult
from gatepost.know.tongues import listens_first, tongues_of
from gatepost.language.words import say_language, say_weight
from gatepost.org.actor import Actor
from gatepost.reach import notices
from gatepost.reach.models import Message, Notice, Recording, Thread
from gatepost.reach.services import News, tell_all

LARGEST_SOUND, LARGEST_FILM = 3_000_000, 20_000_000  # bytes: some minutes, and what a family can afford to load
State = Recording.State


@transaction.atomic
def add(of: UUID, media: Media, language: str, *, school_id: UUID, read_first: bool = False, by: Actor) -> Recording:
    """Keep a recording of a thing's words. One in the same language gives way to it.

    Holds afterwards: families who open the thing hear it; or it waits for a second reader, where an order stands
    about the child and who recorded it may not know of it.
    """
    if len(media.body) > (LARGEST_FILM if media.is_film else LARGEST_SOUND):
        raise Refused(_("That is too long for a family’s telephone. Please record a minute or less."))
    for before in Recording.objects.filter(of=of, language=language):
        _forget(before)
    name = default_storage.save(f"recordings/{uuid4()}", ContentFile(media.body))
    try:
        made = Recording.objects.create(
            school_id=school_id,
            of=of,
            language=language,
            kind=media.kind,
            size=len(media.body),
            file=name,
            by_id=by.staff_id,
            at=clock.now(),
            state=State.TO_PASS if read_first else State.SHOWN,
        )
        audit.record("reach.recorded", made, by=by, language=language, film=media.is_film, waits=read_first)
    except BaseException:
        default_storage.delete(name)
        raise
    return made


@transaction.atomic
def remove(recording: Recording, *, by: Actor) -> None:
    """Take it away: nobody hears it any more, and its file is gone."""
    audit.record("reach.recording_removed", recording, by=by)
    _forget(recording)


def forget(of: UUID) -> None:
    """What it says was taken back."""
    for each in Recording.objects.filter(of=of):
        _forget(each)


def _forget(recording: Recording) -> None:
    name = recording.file.name or ""
    recording.delete()
    transaction.on_commit(lambda: default_storage.delete(name))


@transaction.atomic
def pass_on(recording: Recording, *, send: bool, by: Actor) -> None:
    """A second person has heard it, and lets it go or sends it back."""
    state = State.SHOWN if send else State.SENT_BACK
    waiting = Recording.objects.filter(pk=recording.pk, state=State.TO_PASS).exclude(by=by.staff_id)
    if not waiting.update(state=state, passed_by=by.staff_id):
        raise Refused(_("Somebody has just heard this."))
    audit.record("reach.recording_passed", recording, by=by, sent=send)


# ── telling those who have the words alone ───────────────────────────────────────────────────────


def tell_of_message(recording: Recording, *, by: Actor) -> None:
    """Whoever has had this message, or this broadcast, and hears the language, is told once that it can be heard."""
    if recording.state != State.SHOWN:
        return
    sent = Message.objects.filter(Q(pk=recording.of) | Q(broadcast=recording.of), state=Message.State.SENT)
    waits = Notice.objects.filter(batch=recording.of, state=Notice.State.QUEUED).values("subject")
    had = sent.exclude(thread__in=waits).select_related("thread__adult", "thread__child", "by")
    who = {each.thread: each.by.name if each.by else "" for each in had}
    hears = who_hear((thread.adult_id for thread in who), recording.language)
    news = [
        News(thread.adult, thread.child, thread.pk, {"who": name, "tongue": recording.language})
        for thread, name in who.items()
        if thread.adult_id in hears
    ]
    if news:
        tell_all(notices.recorded, news, by=by)


def who_hear(adults: Iterable[UUID], language: str) -> set[UUID]:
    """Those of these adults who speak or sign this language, or are written to in it."""
    wanted = set(adults)
    spoken = Q(language=language) | Q(languages__language=language)
    return set(Adult.objects.filter(spoken, pk__in=wanted).values_list("pk", flat=True))


# ── what a family hears ──────────────────────────────────────────────────────────────────────────


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
