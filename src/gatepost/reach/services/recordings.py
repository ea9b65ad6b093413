"""What the school has written, said aloud or signed by somebody of it: kept, heard first where it must be, and played.

A recording hangs on the thing whose words it says. Whoever may open that thing on a page of their own may hear it
there, and nobody anywhere else: no file has an address.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.media import Media
from gatepost.org.actor import Actor
from gatepost.reach import notices
from gatepost.reach.models import Message, Notice, Recording
from gatepost.reach.queries.recordings import who_hear
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
