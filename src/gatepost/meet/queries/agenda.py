"""What a talk is about and who is there, as staff and as the one family see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gatepost.core import clock
from gatepost.core.readings import worded_once
from gatepost.disclosure import Disclosed, Fact
from gatepost.disclosure.gate import decide_all
from gatepost.know.queries import care_facts
from gatepost.language.dates import london_day
from gatepost.meet.inwords import role_of
from gatepost.meet.kinds import Books
from gatepost.meet.models import AgendaItem, Booking, Invitation, Seat, Slot
from gatepost.meet.seats import OF_THE_SCHOOL
from gatepost.reach.besides import Beside, Text, beside
from gatepost.reach.models import Translation
from gatepost.reach.queries.tongues import ENGLISH, found_for

FACTS = frozenset({Fact.LOGISTICS, Fact.EDUCATION})  # it says what is said of the child's learning


@dataclass(frozen=True)
class ShownItem(Disclosed):
    """One thing to talk about, on the family's page."""

    pk: UUID
    words: str
    is_theirs: bool  # the family's
    answer: str
    asked: bool  # waits for their yes
    refused: bool
    beside: Beside | None = None  # the words of the school, in the adult's language
    beside_answer: Beside | None = None


@dataclass(frozen=True)
class ShownPerson(Disclosed):
    """Somebody of the school who will be there, and what for, in plain words."""

    name: str
    role: str
    beside: Beside | None = None  # the role in the adult's language


@dataclass(frozen=True)
class ShownTalk(Disclosed):
    """All that the family's page says of a talk to come."""

    at: datetime
    items: tuple[ShownItem, ...]
    people: tuple[ShownPerson, ...]
    speaks: str  # a value of `SpeaksFirst`


def has_agenda(invitation: Invitation) -> bool:
    """A talk with one family has one; where many come together, the school leads."""
    return invitation.event.template.books is Books.TIME


def may_be_read(invitation: Invitation) -> bool:
    """Whether the gate lets this adult read what the school would like to talk about."""
    return decide_all(care_facts(invitation.adult, invitation.child), FACTS, on=clock.today()).allowed


def is_locked(slot: Slot) -> bool:
    """Whether what the school adds now needs the adult's yes."""
    return clock.today() >= london_day(slot.starts_at) - timedelta(days=slot.event.agenda_days)


def items_of(invitation_id: UUID) -> list[AgendaItem]:
    """What stands, waits for a yes or was refused; not what was taken off."""
    rows = AgendaItem.objects.filter(invitation=invitation_id, taken_off_at=None)
    return list(rows.select_related("by", "answered_by"))


def words_of(items: Iterable[AgendaItem]) -> list[str]:
    """What the family would like to talk about."""
    return [item.words for item in items if item.side == AgendaItem.Side.FAMILY and item.taken_off_at is None]


def waits_for_yes(invitation: Invitation) -> bool:
    """Whether something that the school wrote late waits for the adult."""
    return bool(_asked_of(invitation.pk))


@worded_once
def _asked_of(invitation: UUID) -> QuerySet[AgendaItem, Any]:
    asked = AgendaItem.objects.filter(invitation=invitation, taken_off_at=None, state=AgendaItem.State.ASKED)
    return asked.order_by().values_list("pk")[:1]


@worded_once
def seats_of(booking: UUID) -> QuerySet[Seat]:
    """Who sits there besides the adult and the host."""
    return Seat.objects.filter(booking=booking)


def people_at(booking: Booking, seats: Collection[Seat], *, roles: bool) -> tuple[ShownPerson, ...]:
    """Who of the school is there: the host and colleagues. Never anybody of a family."""
    others = [seat for seat in seats if seat.kind in OF_THE_SCHOOL]
    theirs = beside([role_of(seat) for seat in others], booking.invitation.adult) if roles and others else {}
    host = ShownPerson(booking.slot.host.name, "")
    shown = (ShownPerson(seat.detail, seat.role, theirs.get(role_of(seat))) for seat in others)
    return (host, *(shown if roles else (ShownPerson(seat.detail, "") for seat in others)))


def shown_talk(booking: Booking, *, nameless: bool) -> ShownTalk:
    """The page of this talk. The caller holds a link and a code, and the gate has let them pass."""
    rows = items_of(booking.invitation_id)
    theirs = beside([text for item in rows for text in _texts(item)], booking.invitation.adult)
    items = tuple(_shown(item, theirs) for item in rows)
    people = people_at(booking, booking.seats.all(), roles=not nameless)
    return ShownTalk(booking.slot.starts_at, items, people, booking.invitation.adult.speaks_first)


def _texts(item: AgendaItem) -> tuple[Text, Text]:
    """What the school wrote there."""
    ours = item.words if item.side == AgendaItem.Side.SCHOOL else ""
    return Text(item.pk, "words", ours), Text(item.pk, "answer", item.answer)


def in_english(items: Iterable[AgendaItem]) -> dict[UUID, Translation]:
    """What families wrote in another language, as somebody who reads it has put it."""
    found = found_for([item.pk for item in items], ENGLISH)
    return {of: row for (of, _part), row in found.items() if row.incoming and row.state == Translation.State.REVIEWED}


def _shown(item: AgendaItem, theirs: Mapping[Text, Beside]) -> ShownItem:
    words, answer = _texts(item)
    return ShownItem(
        pk=item.pk,
        words=item.words,
        is_theirs=item.side == AgendaItem.Side.FAMILY,
        answer=item.answer,
        asked=item.state == AgendaItem.State.ASKED,
        refused=item.state == AgendaItem.State.REFUSED,
        beside=theirs.get(words),
        beside_answer=theirs.get(answer),
    )
