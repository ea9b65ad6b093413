"""What a person who reads a language does with words that wait: writes or checks them, or says that they cannot.

Whoever does it stands there by name. What waited for these words leaves with them; who has had the original already is
told that the words are there now.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.language import table
from gatepost.language.guessing import script_of
from gatepost.language.protecting import lost
from gatepost.language.sameness import normalised
from gatepost.org.actor import Actor
from gatepost.reach import notices
from gatepost.reach.models import Message, Notice, Paragraph, Translation
from gatepost.reach.models.translations import BROADCAST, MESSAGE, PARAGRAPH
from gatepost.reach.queries import tongues
from gatepost.reach.services import News, documents, tell_all, threads, translating
from gatepost.reach.signals import words_came

LONGEST = 30_000  # signs: a long mail takes more of them in some languages
LATIN = "Latn"
SMALL = 0.85  # so alike are two texts of which we say that little was changed

State = Translation.State


@transaction.atomic
def review(row: Translation, words: str, *, by: Actor) -> Translation:
    """Somebody who reads both languages says what it is in the other one.

    Holds afterwards: no number and no link of the original is lost or changed; the words stand under this person's
    name, and go to whoever waits for them; the same words elsewhere need nobody any more where little hangs on them.
    """
    said = words.strip()[:LONGEST]
    _refuse_gaps(row, said)
    drafted = row.words if row.engine else ""
    waiting = Translation.objects.filter(pk=row.pk, state__in=[State.ASKED, State.PROPOSED])
    change = how_much_changed(drafted, said) if drafted else ""
    if not waiting.update(
        words=said, state=State.REVIEWED, reviewed_by=by.staff_id, reviewed_at=clock.now(), change=change
    ):
        raise Refused(_("Somebody has just done this."))
    row.refresh_from_db()
    audit.record("reach.translation_reviewed", row, by=by, change=change)
    arrived(row, by=by)
    _share(row, by=by)
    return row


def _refuse_gaps(row: Translation, words: str) -> None:
    if not words:
        raise Refused(_("Please write what it says."))
    gone = lost(row.original, words)
    if gone:
        raise Refused(_("These must stand in it as in the original: %(things)s") % {"things": ", ".join(gone)})


def doubt(row: Translation, words: str) -> str:
    """Why words that are to stand in a family's language are perhaps not in it; blank where nothing speaks for that.

    A slip of the hand, not a lie: English in the wrong box. Whoever reads the language may know better.
    """
    if row.incoming or not words.strip():
        return ""
    theirs = table.get(row.target)
    if normalised(words).casefold() == normalised(row.original).casefold():
        return _("These are the same words as the original. Is that %(language)s?") % {"language": theirs.english_name}
    if theirs.script != LATIN and script_of(words) == LATIN:
        wrong = _("These are Latin letters, and %(language)s is not written in them.")
        return wrong % {"language": theirs.english_name}
    return ""


def how_much_changed(drafted: str, words: str) -> Translation.Change:
    """How far a reader's words are from an engine's."""
    before, after = normalised(drafted), normalised(words)
    if before == after:
        return Translation.Change.NONE
    return (
        Translation.Change.SMALL
        if SequenceMatcher(None, before, after, autojunk=False).ratio() >= SMALL
        else Translation.Change.LARGE
    )


def _share(row: Translation, *, by: Actor) -> None:
    """The same words wait elsewhere: little hangs on them and they are done; or they are offered there."""
    if row.incoming:
        return
    same = Translation.objects.filter(
        fingerprint=row.fingerprint, source=row.source, target=row.target, state=State.ASKED, incoming=False
    )
    for other in same:
        translating.remember(other)
        other.save()
        audit.record("reach.translation_remembered", other, by=by, state=other.state)
        if other.state == State.REVIEWED:
            arrived(other, by=by)


@transaction.atomic
def refuse(row: Translation, because: str, *, by: Actor) -> None:
    """It cannot be said in that language, or not by them: the family gets the original, and somebody to explain it."""
    if not because.strip():
        raise Refused(_("Please say in a few words why."))
    waiting = Translation.objects.filter(pk=row.pk, state__in=[State.ASKED, State.PROPOSED])
    done = waiting.update(
        state=State.REFUSED,
        because=because.strip()[:300],
        reviewed_by=by.staff_id,
        reviewed_at=clock.now(),
        shown_at=None,
    )
    if not done:
        raise Refused(_("Somebody has just done this."))
    row.refresh_from_db()
    audit.record("reach.translation_refused", row, by=by)
    let_go(row, by=by)


@transaction.atomic
def send_in_english(message: Message, *, by: Actor) -> None:
    """It cannot wait any longer: it leaves as it was typed, with our apology. The words in their language follow."""
    audit.record("reach.message_sent_in_english", message, by=by)
    threads.go_on(message, None, by=by)


def arrived(row: Translation, *, by: Actor | None) -> None:
    """There is something to read: what waited for it leaves; else whoever has the original alone is told, once."""
    was_shown = row.shown_at is not None
    if row.incoming:
        return
    message = _waiting_message(row)
    if message:
        if tongues.may_show(row):
            threads.go_on(message, row, by=by)
        return
    if row.part == BROADCAST:
        _into_what_has_not_left(row)
    shown = translating.show(row)
    if row.part == PARAGRAPH and shown:
        _ask_again(row, by=by)
        _all_of_a_text(row, by=by)
        return
    if not shown or row.state != State.REVIEWED:
        return
    if not was_shown or row.change == Translation.Change.LARGE:
        _tell_that_it_is_there(row, by=by)


def let_go(row: Translation, *, by: Actor | None) -> None:
    """Nothing comes any more: what waited for it leaves as it was typed."""
    if row.part == PARAGRAPH:
        _ask_again(row, by=by)
    message = _waiting_message(row)
    if message:
        threads.go_on(message, None, by=by)


def _ask_again(row: Translation, *, by: Actor | None) -> None:
    paragraph = Paragraph.objects.filter(pk=row.of).select_related("document").first()
    if paragraph:
        documents.ask_again(paragraph, by=by)


def _all_of_a_text(row: Translation, *, by: Actor | None) -> None:
    paragraph = Paragraph.objects.filter(pk=row.of, stands=True).select_related("document__by").first()
    if paragraph and row.state == State.REVIEWED:
        documents.all_is_there(paragraph, row.target, by=by)


def _waiting_message(row: Translation) -> Message | None:
    if row.part != MESSAGE or row.incoming:
        return None
    return Message.objects.filter(pk=row.of, state=Message.State.TO_SAY).select_related("thread").first()


def _into_what_has_not_left(row: Translation) -> None:
    """A broadcast leaves after a minute: whoever still waits for it gets both."""
    queued = Notice.objects.filter(batch=row.of, adult__language=row.target, state=Notice.State.QUEUED)
    first = queued.first()
    if first and tongues.may_show(row):
        said = {name: value for name, value in first.params.items() if name != "sorry"}
        queued.update(params=said | tongues.params_of(row))


def _tell_that_it_is_there(row: Translation, *, by: Actor | None) -> None:
    """A short notice to everybody who has had the original: it stands on their page in their language now."""
    if row.part == MESSAGE:
        messages = Message.objects.filter(pk=row.of, state=Message.State.SENT)
    elif row.part == BROADCAST:
        reads = {"thread__adult__language": row.target}
        left = Notice.objects.filter(batch=row.of, state=Notice.State.QUEUED).values("subject")
        messages = Message.objects.filter(broadcast=row.of, **reads).exclude(thread__in=left)
    else:
        words_came.send(Translation, row=row, by=by)
        return
    news = [
        News(each.thread.adult, each.thread.child, each.thread_id, {"who": each.by.name if each.by else ""})
        for each in messages.select_related("thread__adult", "thread__child", "by")
    ]
    if news:
        tell_all(notices.in_your_language, news, by=by)
