"""What pages show of interpreters: whom the school still has to find, what the family may know, who could do it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from gatepost.core import clock
from gatepost.core.readings import worded_once
from gatepost.disclosure import Disclosed
from gatepost.know.models import Adult
from gatepost.language.words import say_language
from gatepost.meet.models import SIGNED, Booking, Interpreter, InterpreterBooking, InterpreterMail
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.org.queries import bilingual_now

State = InterpreterBooking.State


@dataclass(frozen=True)
class ShownInterpreter(Disclosed):
    """What the adult's page says of their interpreter: how far it is, never who else needs one."""

    language: str
    found: bool
    signed: bool
    remote: bool
    wish: str


def shown_to_adult(booking: Booking) -> ShownInterpreter | None:
    """That of a booked meeting; None where none is needed."""
    found = _live_of(booking.pk)
    if not found:
        return None
    (live,) = found
    return ShownInterpreter(
        language=say_language(live.language, get_language() or "en") if live.language else "",
        found=live.is_settled,
        signed=live.language == SIGNED,
        remote=live.by_remote,
        wish=live.wish if not live.is_settled else "",
    )


@worded_once
def _live_of(booking: UUID) -> QuerySet[InterpreterBooking]:
    return InterpreterBooking.objects.filter(booking=booking).exclude(state=State.RELEASED)[:1]


def languages_of_families() -> set[str]:
    """Languages other than English in which somebody of the school's families wants an interpreter, or reads."""
    wanted = Adult.objects.values_list("interpreter", "language").distinct()
    return {tag for pair in wanted for tag in pair} - {"", "en"}


def to_come(rows: QuerySet[InterpreterBooking]) -> QuerySet[InterpreterBooking]:
    """Of these, meetings that are still to come: first those of which the school's time runs out."""
    live = rows.exclude(state=State.RELEASED).filter(booking__slot__starts_at__gte=clock.now())
    people = "booking__slot__host", "booking__slot__event", "booking__invitation__adult", "person", "interpreter"
    return live.select_related(*people, "next_slot").order_by("due_on", "booking__slot__starts_at", "id")


def to_find(rows: QuerySet[InterpreterBooking]) -> QuerySet[InterpreterBooking]:
    """Those for whom nobody is found yet."""
    return to_come(rows).filter(state=State.REQUESTED)


def found(rows: QuerySet[InterpreterBooking]) -> QuerySet[InterpreterBooking]:
    """Those for whom somebody is, the next meeting first."""
    return to_come(rows).exclude(state=State.REQUESTED).order_by("booking__slot__starts_at", "id")


def is_late(asked: InterpreterBooking) -> bool:
    """Whether the school has had its five school days."""
    return asked.state == State.REQUESTED and asked.due_on < clock.today()


def by_hand() -> QuerySet[InterpreterMail]:
    """What an interpreter outside has to be told on the telephone."""
    waits = InterpreterMail.objects.filter(state=InterpreterMail.State.BY_HAND)
    return waits.select_related("interpreter", "of")


def outside_for(language: str) -> QuerySet[Interpreter]:
    """Who outside the school interprets this language; for signs, those who are qualified."""
    able = [each.pk for each in Interpreter.objects.filter(ended_at=None) if language in each.languages]
    rows = Interpreter.objects.filter(pk__in=able)
    return rows.filter(qualified=True) if language == SIGNED else rows


def colleagues_for(language: str) -> QuerySet[Person]:
    """Who at the school reads this language for it. Signs take a qualification that no reading shows."""
    if language == SIGNED or not language:
        return Person.objects.none()
    return Person.objects.filter(pk__in=bilingual_now().filter(language=language).values("person")).order_by("name")


@dataclass(frozen=True)
class Interprets:
    """One meeting at which a colleague interprets, as their first page shows it."""

    when: object
    host: str
    place: str
    language: str
    moved: bool


def interpreting_of(actor: Actor) -> list[Interprets]:
    """The meetings to come at which this member of staff interprets."""
    mine = to_come(InterpreterBooking.objects.filter(person=actor.person_id, state__in=[State.BOOKED, State.CONFIRMED]))
    return [
        Interprets(
            when=each.booking.slot.starts_at,
            host=each.booking.slot.host.name,
            place="" if each.by_remote else each.booking.slot.event.place,
            language=say_language(each.language),
            moved=each.booking.booked_at > each.asked_at and timezone.localdate(each.changed_at) >= clock.today(),
        )
        for each in mine.order_by("booking__slot__starts_at")[:12]
    ]
