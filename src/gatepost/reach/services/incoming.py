"""What families send back: texts, matched to what was asked or kept for a person; and words from their own page.

None is lost.
"""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.plain import kept as kept_whole
from gatepost.know.models import Adult, Channel, ContactPoint
from gatepost.know.numbers import read_mobile
from gatepost.language.stopping import stop_or_start
from gatepost.org.actor import Actor, Tier
from gatepost.org.models import School
from gatepost.reach import notices, services
from gatepost.reach.models import IncomingText, Touch
from gatepost.reach.models.translations import TEXT
from gatepost.reach.queries.questions import Meant, meant_by_text
from gatepost.reach.services import optouts, threads, translating
from gatepost.reach.signals import text_came


@transaction.atomic
def take_text(number: str, words: str, *, school: School, source_id: str = "") -> IncomingText:
    """Take in one text. Called by a gateway, and by the post room of the demonstration.

    Holds afterwards: the text is a row, once for each `source_id` that a gateway gives it. If its number belongs to
    one adult alone, a STOP or a START is done and said so; the question that was texted to them last is answered as by
    a click; else it falls into the one thread in which the school wrote since; else it waits for the office. Nobody is
    guessed, nor which of two questions somebody means.
    """
    came = {"number": number[:254], "words": kept_whole(words), "at": clock.now(), "adult": _sender(number)}
    if source_id:
        kept, is_new = take_once(source_id, came, school_id=school.pk)
        if not is_new:
            return kept
    else:
        kept = IncomingText.objects.create(school=school, **came)
    meant = meant_by_text(kept.adult, words, school=school) if kept.adult and words.strip() else Meant()
    by = Actor(
        adult_id=kept.adult_id, schools=frozenset([school.pk]), organisation=school.organisation_id, tier=Tier.LINK
    )
    stop = stop_or_start(kept.words)
    if stop is not None and _is_done(kept, stop=stop, by=by):
        kept.state = IncomingText.State.DONE
        kept.save()
    elif stop:
        pass  # of a number that several read, or said once more: a person reads it
    elif meant.asked and is_taken(meant, kept.words, by):
        kept.ask, kept.state = meant.asked, IncomingText.State.ANSWERED
        kept.save()
    elif kept.adult and threads.take_into_thread(kept, asked_at=meant.last_asked, by=by):
        kept.state = IncomingText.State.THREADED
        kept.save()
    else:
        have_read(kept, by=by)
    audit.record("reach.text_came", kept, by=by, state=kept.state)
    return kept


def take_once(source_id: str, came: dict[str, Any], *, school_id: UUID) -> tuple[IncomingText, bool]:
    """Keep what came, once, however often it is brought; and whether it is new.

    What is called the same and says something else is another: a gateway that counts from one again loses nothing.
    """
    named = {"school_id": school_id, "source_id": source_id[:200]}
    kept, is_new = IncomingText.objects.get_or_create(**named, defaults=came)
    if is_new or (kept.number, kept.words) == (came["number"], came["words"]):
        return kept, is_new
    said = hashlib.sha256(f"{source_id} {came['number']} {came['words']}".encode()).hexdigest()
    return IncomingText.objects.get_or_create(school_id=school_id, source_id=said, defaults=came)


def have_read(kept: IncomingText, *, by: Actor) -> None:
    """What waits for the office in another language waits for somebody who reads it, too."""
    wanted = translating.Wanted(kept.pk, TEXT, kept.words, kept.school_id, adult=kept.adult)
    translating.hear(wanted, by=by)


def read_sender(told: str) -> str:
    """A sender's number as a gateway says it, in the form in which we keep numbers; else as it was said."""
    bare = told.strip()
    tries = [bare] if bare.startswith(("+", "0")) else [f"+{bare}", bare]
    return next(filter(None, (read_mobile(each)[0] for each in tries)), bare)


def is_taken(meant: Meant, words: str, by: Actor, *, way: Touch.Way = Touch.Way.SMS) -> bool:
    """Whether somebody above takes the text as an answer. One that is refused leaves nothing half done, and waits."""
    said = {"asked": meant.asked, "told": meant.told, "alone": meant.alone, "words": words, "way": way}
    try:
        with transaction.atomic():
            heard = text_came.send(IncomingText, by=by, **said)
            return any(taken for _listener, taken in heard)
    except Refused:
        return False


def _is_done(text: IncomingText, *, stop: bool, by: Actor) -> bool:
    """Whether a STOP or a START of one known adult changed anything. Then they are told so, once."""
    point = _point(text.number)
    if text.adult is None or point is None:
        return False
    if stop:
        changed = optouts.stop_all(text.adult, school_id=text.school_id, way=Touch.Way.SMS, by=by)
    else:
        changed = optouts.start_all(text.adult, by=by)
    if changed:
        services.tell_there(point, notices.stopped if stop else notices.started, school_id=text.school_id, by=by)
    return changed


def _point(number: str) -> ContactPoint | None:
    """The telephone that one adult reads alone. Who gave a number up does not answer from it: it may be anybody's."""
    known = ContactPoint.objects.filter(channel=Channel.SMS, value=number, ended_on=None)
    points = list(known.select_related("adult")[:2])
    return points[0] if len(points) == 1 and not points[0].shared else None


def _sender(number: str) -> Adult | None:
    """The one adult who reads this telephone; nobody, where there is none or more than one."""
    point = _point(number)
    return point.adult if point else None


@transaction.atomic
def take_words(adult: Adult, words: str, *, by: Actor) -> IncomingText:
    """Take in what an adult asks of the school on a page of their own: a person reads it and does it."""
    if not words.strip():
        raise Refused(_("Please say in a few words what it is."))
    kept = IncomingText.objects.create(
        school_id=by.school_id, way=Touch.Way.WEB, words=kept_whole(words), at=clock.now(), adult=adult
    )
    have_read(kept, by=by)
    audit.record("reach.words_came", kept, by=by)
    return kept


@transaction.atomic
def settle_text(text: IncomingText, *, by: Actor) -> None:
    """Somebody has read a text that waited, and did what it asks: it counts as a talk with whoever sent it."""
    waiting = IncomingText.objects.filter(pk=text.pk, state=IncomingText.State.WAITING)
    if not waiting.update(state=IncomingText.State.SETTLED, settled_by=by.staff_id):
        raise Refused(_("Somebody has settled this already."))
    if text.adult:
        services.touch(text.adult, child=None, way=Touch.Way(text.way), two_way=True, school_id=text.school_id, by=by)
    audit.record("reach.text_settled", text, by=by)
