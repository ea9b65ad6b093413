"""What staff typed about a meeting, in the language of each adult who comes: asked for as they are told of it.

The original goes with it, always; where nobody here can put it into their language, our apology does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gatepost.disclosure import Disclosed
from gatepost.know.models import Adult
from gatepost.meet.helps import BEHIND_A_CODE, in_words
from gatepost.meet.kinds import Books
from gatepost.meet.models import Arrangement, Event, Seat
from gatepost.org.actor import Actor
from gatepost.reach.besides import Beside, Text, ask_for, beside
from gatepost.reach.queries.tongues import read_by


@dataclass(frozen=True)
class InWords(Disclosed):
    """What an adult reads beside what staff typed about an event."""

    title: Beside | None = None
    purpose: Beside | None = None
    way_there: Beside | None = None


def texts_of(event: Event) -> dict[str, Text]:
    """What stands on the pages of an event, as `Event` names it; a talk with one family has a title for staff only."""
    names = ("way_there",) if event.template.books is Books.TIME else ("title", "purpose", "way_there")
    return {name: Text(event.pk, name, words) for name in names if (words := getattr(event, name))}


def ask_for_words_of(event: Event, adults: Iterable[Adult], *, by: Actor) -> None:
    """Ask for them in every language that these adults read. Asked twice, it is asked once."""
    texts = texts_of(event)
    for tag in sorted({read_by(adult) for adult in adults} - {""}) if texts else ():
        ask_for(texts.values(), tag, school_id=event.school_id, by=by)


def beside_of(event: Event, adult: Adult) -> InWords:
    """What this adult reads beside each of them; nothing where they read ours."""
    texts = texts_of(event) if read_by(adult) else {}
    found = beside(texts.values(), adult)
    return InWords(**{name: found[text] for name, text in texts.items() if text in found})


def way_said(event: Event, adult: Adult) -> dict[str, Any]:
    """What a notice says of the way there: ours, theirs where there is theirs, or that we are sorry."""
    if not event.way_there:
        return {"way_there": ""}
    found = beside_of(event, adult).way_there or Beside()
    said: dict[str, Any] = {"way_there": event.way_there}
    if found.words:
        said |= {"way_theirs": found.words, "way_unchecked": found.is_draft}
    return said | ({"way_sorry": True} if found.lacking else {})


def role_of(seat: Seat) -> Text:
    """What somebody does at a talk."""
    return Text(seat.pk, "role", seat.role)


def ask_for_role(seat: Seat, *, by: Actor) -> None:
    """Ask for it in the language of the one adult who reads it."""
    adult, child = seat.booking.invitation.adult, seat.booking.invitation.child
    ask_for([role_of(seat)], read_by(adult), school_id=seat.school_id, adult=adult, child=child, by=by)


def text_of(done: Arrangement) -> Text:
    """How something is arranged."""
    return Text(done.pk, "words", done.words)


def ask_for_words_of_help(done: Arrangement, adult: Adult, *, by: Actor | None) -> None:
    """Ask for it in this adult's language."""
    child = done.invitation.child
    ask_for([text_of(done)], read_by(adult), school_id=done.school_id, adult=adult, child=child, by=by)


def help_said(done: Iterable[Arrangement], adult: Adult, language: str) -> dict[str, Any]:
    """What a notice says of all that is arranged: a line for each, in this language as far as there are words in it."""
    rows = list(done)
    found = beside([text_of(each) for each in rows], adult)
    theirs = [found.get(text_of(each), Beside()) for each in rows]
    labels = in_words({each.kind: BEHIND_A_CODE[each.kind] for each in rows}, language)
    lines = [
        ": ".join(filter(None, [label, other.words or each.words]))
        for label, each, other in zip(labels, rows, theirs, strict=True)
    ]
    said = {"done": "\n".join(lines), "unchecked": any(other.is_draft for other in theirs)}
    return said | {"sorry": any(other.lacking for other in theirs)}
