"""Long texts that families read: put up, asked about part by part, written again where they were not clear.

Whoever said of a part that it was not clear is asked again once it has been written anew; both wordings are kept.
"""

from __future__ import annotations

import re
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import Adult, Child, Group
from gatepost.org.actor import Actor
from gatepost.reach import notices
from gatepost.reach.audience import lines_for
from gatepost.reach.delivery import load
from gatepost.reach.models import Document, Explain, Message, Notice, Paragraph, Sense, Thread, Translation
from gatepost.reach.models.translations import PARAGRAPH
from gatepost.reach.queries import tongues
from gatepost.reach.services import News, tell_all, translating

MOST, LONGEST = 60, 1500  # parts, and signs in each


@transaction.atomic
def put_up(title: str, text: str, *, group: Group | None, school_id: UUID, by: Actor) -> Document:
    """Put a text up for every family or those of a class, and ask them to read it.

    Holds afterwards: an empty line began each part; whoever reads a family's language is asked for each of them; every
    adult whom the gate lets pass has a notice with a link of their own.
    """
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.replace("\r", ""))]
    parts = [part for part in parts if part]
    if not parts or not title.strip():
        raise Refused(_("Please give it a title and some words."))
    if len(parts) > MOST or max(map(len, parts)) > LONGEST:
        raise Refused(_("Too long: at most sixty parts, each at most fifteen hundred letters."))
    now = clock.now()
    document = Document.objects.create(school_id=school_id, title=title.strip(), group=group, by_id=by.staff_id, at=now)
    paragraphs = Paragraph.objects.bulk_create(
        Paragraph(school_id=school_id, document=document, place=place, words=words, by_id=by.staff_id, at=now)
        for place, words in enumerate(parts, 1)
    )
    children = Child.objects.filter(groups=group) if group else Child.objects.all()
    lines = lines_for(notices.document, children)
    tags = sorted({tongues.read_by(line.adult) for line in lines if line.decision.allowed} - {""})
    for paragraph in paragraphs:
        _ask_for_words(paragraph, tags, by=by)
    news = [News(line.adult, line.child, document.pk, {"title": document.title}) for line in lines]
    tell_all(notices.document, news, by=by, batch=document.pk, not_before=load.soon(urgent=False))
    audit.record("reach.document_put_up", document, by=by, parts=len(parts), adults=len(news))
    return document


def _ask_for_words(paragraph: Paragraph, tags: list[str], *, by: Actor) -> None:
    """Where nobody here reads a language, the original stands there, and our apology."""
    for tag in tags:
        wanted = translating.Wanted(paragraph.pk, PARAGRAPH, paragraph.words, paragraph.school_id)
        if tongues.has_reader(tag):
            translating.show(translating.ask_out(wanted, tag, by=by))


@transaction.atomic
def write_again(paragraph: Paragraph, words: str, *, by: Actor) -> Paragraph:
    """Put one part in plainer words, and ask those again who said that it was not clear.

    Holds afterwards: the old wording is kept with its answers; nobody else hears of it. Who reads another language that
    somebody here reads, too, is asked as soon as the new wording is there in it.
    """
    said = " ".join(words.replace("\0", "").split())
    if not said or said == paragraph.words:
        raise Refused(_("Please write it in other words."))
    if len(said) > LONGEST:
        raise Refused(_("Too long: at most sixty parts, each at most fifteen hundred letters."))
    if not Paragraph.objects.filter(pk=paragraph.pk, stands=True).update(stands=False):
        raise Refused(_("Somebody has just written it again."))
    newer = Paragraph.objects.create(
        school_id=paragraph.school_id,
        document=paragraph.document,
        place=paragraph.place,
        version=paragraph.version + 1,
        words=said,
        by_id=by.staff_id,
        at=clock.now(),
    )
    _withdraw(paragraph, by=by)
    told = Notice.objects.filter(subject=paragraph.document_id, kind=notices.document.name)
    tags = {tongues.read_by(each.adult) for each in told.select_related("adult")} - {""}
    _ask_for_words(newer, sorted(tags), by=by)
    asked = ask_again(newer, by=by)
    audit.record("reach.paragraph_written_again", newer, by=by, version=newer.version, asked=asked)
    return newer


def _withdraw(paragraph: Paragraph, *, by: Actor) -> None:
    """Nobody is left to put a wording into another language that stands no more."""
    open_states = [Translation.State.ASKED, Translation.State.PROPOSED]
    for row in Translation.objects.filter(of=paragraph.pk, part=PARAGRAPH, state__in=open_states, shown_at=None):
        audit.record("reach.translation_withdrawn", row, by=by)
        row.delete()


def ask_again(paragraph: Paragraph, *, by: Actor | None) -> int:
    """Ask those again who did not follow an older wording, as soon as this one is there in their language.

    Holds afterwards: each of them was asked once for what they did not follow, however often this is called and
    however often the part was written again meanwhile. Returns how many were asked now.
    """
    if not paragraph.stands:
        return 0
    waits = Translation.objects.filter(of=paragraph.pk, part=PARAGRAPH, shown_at=None)
    later = set(waits.exclude(state=Translation.State.REFUSED).values_list("target", flat=True))
    told = Notice.objects.filter(subject=paragraph.document_id, kind=notices.document.name, child__isnull=False)
    unclear = _still_unclear(paragraph)
    news = {
        each.adult_id: News(each.adult, each.child, paragraph.document_id, {"title": paragraph.document.title})
        for each in told.filter(adult__in=unclear).select_related("adult", "child")
        if each.child and tongues.read_by(each.adult) not in later
    }
    if news:
        tell_all(notices.document_again, list(news.values()), by=by, batch=paragraph.pk)
    return len(news)


def all_is_there(paragraph: Paragraph, tag: str, *, by: Actor | None) -> int:
    """Tell those who read this language and wait for the text in it, once each part that stands is there.

    Holds afterwards: each was told once; after a part was written again, only those who still wait to have it explained
    are told anew. Whoever was just asked again about a part is told nothing more. Returns how many were told.
    """
    document = paragraph.document
    standing = dict(document.paragraphs.filter(stands=True).values_list("pk", "at"))
    shown = Translation.objects.filter(of__in=standing, part=PARAGRAPH, target=tag).exclude(shown_at=None)
    if shown.count() < len(standing):
        return 0
    told = Notice.objects.filter(subject=document.pk, adult__language=tag, child__isnull=False)
    before = told.filter(kind=notices.document_theirs.name)
    again = told.filter(kind=notices.document_again.name, created_at__gte=max(standing.values()))
    waits = Explain.objects.filter(of=document.pk, done_at=None).values("adult")
    had = (
        told.filter(kind=notices.document.name)
        .exclude(state=Notice.State.QUEUED)
        .exclude(adult__in=again.values("adult"))
    )
    rows = had.filter(~Q(adult__in=before.values("adult")) | Q(adult__in=waits)).select_related("adult", "child")
    news = [News(each.adult, each.child, document.pk, {"who": document.by.name}) for each in rows if each.child]
    if news:
        tell_all(notices.document_theirs, news, by=by)
    return len(news)


def _still_unclear(paragraph: Paragraph) -> set[UUID]:
    """Who did not follow the last wording of which they said anything, and has not been asked since."""
    wordings = Paragraph.objects.filter(document=paragraph.document_id, place=paragraph.place)
    versions = dict(wordings.values_list("pk", "version"))
    said: dict[UUID, tuple[int, bool]] = {}
    for adult, of, clear in Sense.objects.filter(of__in=versions).values_list("adult", "of", "clear"):
        said[adult] = max(said.get(adult, (0, True)), (versions[of], clear))
    asked: dict[UUID, int] = {}
    rows = Notice.objects.filter(kind=notices.document_again.name, batch__in=versions)
    for adult, batch in rows.values_list("adult", "batch"):
        asked[adult] = max(asked.get(adult, 0), versions[batch] if batch else 0)
    return {adult for adult, (version, clear) in said.items() if not clear and asked.get(adult, 0) <= version}


@transaction.atomic
def say_whether_clear(adult: Adult, of: UUID, *, clear: bool, school_id: UUID, by: Actor) -> Sense:
    """Keep whether some words made sense to this adult. Said again, the last answer counts."""
    sense, _new = Sense.objects.update_or_create(
        adult=adult, of=of, defaults={"school_id": school_id, "clear": clear, "at": clock.now()}
    )
    audit.record("reach.sense_said", sense, by=by, clear=clear)
    return sense


@transaction.atomic
def newest_was(thread: Thread, *, clear: bool, by: Actor) -> None:
    """The same of the newest message in a thread. Where it was not clear, the thread waits for plainer words."""
    sent = Message.objects.filter(thread=thread, by__isnull=False, state=Message.State.SENT)
    message = sent.order_by("-at", "-id").first()
    if message is None:
        return
    say_whether_clear(thread.adult, message.pk, clear=clear, school_id=message.school_id, by=by)
    if not clear:
        Thread.objects.filter(pk=thread.pk).update(waits_since=Coalesce("waits_since", clock.now()))
