"""What one member of staff has before them today, and what waits in the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext_lazy

from gatepost.agree.models import Action, Reading
from gatepost.agree.queries import promises_of
from gatepost.agree.rules import may_see_promises, readings_waiting_for, talks_open_to
from gatepost.core import clock
from gatepost.disclosure import Standing
from gatepost.front.many import may_write_to_many
from gatepost.front.orders import not_told_of_meetings, tasks_of
from gatepost.know.models import Care, Channel, ContactPoint
from gatepost.know.queries import told_though_unknown, waiting_for_the_office
from gatepost.know.rules import children_of
from gatepost.measure.queries import not_heard_from, spoken
from gatepost.measure.rules import may_see_not_heard
from gatepost.meet.models import Booking, Seat
from gatepost.meet.queries.helping import to_arrange
from gatepost.meet.queries.interpreting import to_find
from gatepost.meet.queries.places import place_for_staff
from gatepost.meet.rules import (
    another_ways_open_to,
    arrangements_open_to,
    bookings_open_to,
    interpreting_open_to,
    may_keep_interpreters,
)
from gatepost.meet.telling_others import by_hand as seated_by_hand
from gatepost.org.actor import Actor
from gatepost.org.permissions import Permission, has
from gatepost.org.queries import glass_not_looked_at
from gatepost.org.rules import may_know_of_orders, may_protect, may_see_broken_glass
from gatepost.reach.delivery import circuit
from gatepost.reach.delivery.circuit import Down
from gatepost.reach.delivery.ledger import waits_for_nobody
from gatepost.reach.models import Delivery, IncomingText, Notice, PrintRun, Translation
from gatepost.reach.rules import may_print, may_print_sealed
from gatepost.reach.rules.recordings import recordings_to_pass
from gatepost.reach.rules.threads import messages_to_pass
from gatepost.reach.rules.translations import may_open_queue, words_to_read
from gatepost.reach.services import printing
from gatepost.reach.services.explaining import may_explain_any, to_explain
from gatepost.reach.services.freezing import frozen
from gatepost.reach.services.treated import may_repair_any, to_repair

ROWS = 12  # of each kind on the first page; the whole lists are a tap away
WRITE_DOWN_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Meeting:
    """One family that comes to me, or that I have talked with and not written down."""

    booking_id: UUID
    starts_at: datetime
    adult: str
    child: str
    place: str
    interpreter: str
    elsewhere: bool
    ask_the_office: bool  # an order or a hold is newer than the booking; why is not for every colleague


@dataclass(frozen=True)
class Promise:
    """One thing I have said I would do."""

    action_id: UUID
    text: str
    child: str
    due_on: date
    overdue: bool


@dataclass(frozen=True)
class Waiting:
    """How much of one kind waits for somebody, and where it is."""

    number: int
    label: str
    url: str


@dataclass(frozen=True)
class Wire:
    """How it stands with all that leaves the school, where it does not stand well."""

    stopped_by: str = ""
    may_let_go: bool = False  # whoever looks may let it go again
    waiting: int = 0  # long due, and no worker takes it up
    down: tuple[Down, ...] = ()  # channels by which nothing goes out
    over_the_day: int = 0  # texts that wait for tomorrow


def wire_of(actor: Actor) -> Wire | None:
    """What must be known before all else; None while messages go out as they should.

    That all of it is stopped, whoever writes to families knows; the rest is for whoever runs the office.
    """
    clears = has(actor, Permission.CLEAR)
    if not (clears or may_write_to_many(actor)):
        return None
    if held := frozen():
        return Wire(held.begun_by.name, may_let_go=clears)
    if not clears:
        return None
    wire = Wire("", False, waits_for_nobody(), tuple(circuit.shown()), circuit.over_the_day())
    return wire if wire != Wire() else None


def meetings_of(actor: Actor) -> list[Meeting]:
    """Today's meetings and those to come, of which I am the host."""
    midnight = timezone.make_aware(datetime.combine(clock.today(), datetime.min.time()))
    return _meetings(_hosted(actor).filter(slot__starts_at__gte=midnight).order_by("slot__starts_at"))


def to_write_down(actor: Actor) -> list[Meeting]:
    """Talks of the last fortnight that nobody has begun to write down, and where the adult was not noted as absent."""
    midnight = timezone.make_aware(datetime.combine(clock.today(), datetime.min.time()))
    past = _hosted(actor).filter(slot__starts_at__lt=midnight, slot__starts_at__gt=midnight - WRITE_DOWN_WITHIN)
    open_ones = past.filter(record=None).exclude(attendance__came=False)
    return _meetings(open_ones.order_by("-slot__starts_at"))


def _hosted(actor: Actor) -> QuerySet[Booking]:
    return talks_open_to(actor).filter(slot__host=actor.person_id, status=Booking.Status.BOOKED)


def _meetings(bookings: QuerySet[Booking]) -> list[Meeting]:
    rows = bookings.select_related("slot__event", "invitation__adult", "invitation__child").prefetch_related("seats")
    shown = list(rows[:ROWS])
    stopped = not_told_of_meetings((row.invitation.adult_id, row.invitation.child_id) for row in shown)
    return [_meeting(row, (row.invitation.adult_id, row.invitation.child_id) in stopped) for row in shown]


def _meeting(booking: Booking, ask_the_office: bool) -> Meeting:
    wanted = [seat.detail for seat in booking.seats.all() if seat.kind == Seat.Kind.INTERPRETER]
    return Meeting(
        booking_id=booking.pk,
        starts_at=booking.slot.starts_at,
        adult=booking.invitation.adult.name,
        child=booking.invitation.child.called,
        place=place_for_staff(booking),
        interpreter=spoken(wanted[0]) if wanted else "",
        elsewhere=booking.elsewhere,
        ask_the_office=ask_the_office,
    )


def promises_due(actor: Actor) -> list[Promise]:
    """What I have promised: the longest overdue first, then what is due next."""
    if not may_see_promises(actor):
        return []
    today = clock.today()
    rows: QuerySet[Action] = promises_of(actor.person_id).select_related("record__child")
    return [
        Promise(row.pk, row.text, row.record.child.called, row.due_on, overdue=row.is_overdue(today))
        for row in rows[:ROWS]
    ]


def waiting(actor: Actor) -> list[Waiting]:
    """What waits for somebody in this role, each number a tap from its rows."""
    office, rows = reverse("front:office"), []
    for name, queue in queues_of(actor).items():
        number = queue(actor).count()
        rows.append(Waiting(number, QUEUE_WORDS[name] % number, f"{office}?show={name}"))
    if may_see_not_heard(actor):
        rows.append(_waits(len(not_heard_from(actor)), "measure:not_heard"))
    if may_protect(actor):
        rows.append(_waits(len(tasks_of(actor)), "front:orders"))
    if may_know_of_orders(actor):
        rows.append(_waits(messages_to_pass(actor).count() + len(recordings_to_pass(actor)), "reach:to_pass"))
    if may_open_queue(actor):
        rows.append(_waits(words_to_read(actor).count(), "reach:words"))
    if may_print(actor):
        rows.append(_waits(len(printing.waiting(actor, PrintRun.Kind.ORDINARY)), "reach:letters"))
    if may_print_sealed(actor):
        rows.append(_waits(len(printing.waiting(actor, PrintRun.Kind.SEALED)), "reach:sealed_letters"))
    if may_explain_any(actor) and (number := to_explain(actor).count()):
        rows.append(_waits(number, "reach:explain"))
    if may_keep_interpreters(actor):
        rows.append(_waits(to_find(interpreting_open_to(actor)).count(), "meet:interpreters"))
    rows += _waiting_to_meet(actor)
    if may_repair_any(actor):
        rows.append(_waits(to_repair(actor).count(), "reach:repairs"))
    if may_see_broken_glass(actor):
        rows.append(_waits(glass_not_looked_at(actor.person_id).count(), "front:glass_report"))
    return rows


def _waits(number: int, page: str) -> Waiting:
    return Waiting(number, PAGE_WORDS[page] % number, reverse(page))


def _waiting_to_meet(actor: Actor) -> list[Waiting]:
    """What families have asked for so that they can come, or instead of coming."""
    asked = len(to_arrange(arrangements_open_to(actor))) + seated_by_hand(bookings_open_to(actor)).count()
    ways = another_ways_open_to(actor).filter(settled_at=None, said_at__isnull=False).count()
    found = (_waits(asked, "meet:to_arrange"), _waits(ways, "meet:another_ways"))
    return [each for each in found if each.number]


# ── the office's queue: never about one's own child ──────────────────────────────────────────────


def to_settle(actor: Actor) -> QuerySet[Care]:
    """Bonds of which somebody has to say what they are; a confirmed emergency contact waits no more."""
    confirmed = Q(standing=Standing.EMERGENCY_ONLY, from_source=False, held=False)
    waits = waiting_for_the_office().exclude(confirmed).exclude(child__in=children_of(actor))
    return waits.select_related("adult", "child", "held_by")


def to_find_out(actor: Actor) -> QuerySet[Care]:
    """Adults who are told although nobody has said whether they have responsibility. Nothing waits for it."""
    return told_though_unknown().exclude(child__in=children_of(actor)).select_related("adult", "child")


def by_hand(actor: Actor) -> QuerySet[Notice]:
    """What no wire could carry: somebody says it. Whom nobody reached today, stands last."""
    phones = ContactPoint.objects.filter(
        adult=OuterRef("adult"), channel=Channel.SMS, ended_on=None, bounced_at=None, adult__no_voice_calls=False
    )
    waits = _notices(actor, Notice.State.BY_HAND).annotate(rings=Exists(phones))
    return waits.order_by(F("call_on").asc(nulls_first=True), "created_at", "id")


def held(actor: Actor) -> QuerySet[Notice]:
    """What waits until the office has settled what the adult is to the child."""
    return _notices(actor, Notice.State.HELD)


def _notices(actor: Actor, state: str) -> QuerySet[Notice]:
    waits = Notice.objects.filter(state=state).exclude(child__in=children_of(actor))
    return waits.select_related("adult", "child").order_by("created_at", "id")


def trouble(actor: Actor) -> QuerySet[Delivery]:
    """Messages that perhaps arrived, and those that did not and of which nobody has spoken yet."""
    uncertain = Q(state=Delivery.State.UNCERTAIN)
    lost = [Delivery.State.FAILED, Delivery.State.UNDELIVERED, Delivery.State.RETURNED]
    failed = Q(state__in=lost, notice__state=Notice.State.BY_HAND)
    waits = Delivery.objects.filter(uncertain | failed).exclude(notice__child__in=children_of(actor))
    waits = waits.exclude(uncertain, along__state=Delivery.State.UNCERTAIN)  # settled with the one it went along with
    return waits.select_related("notice__adult").order_by("not_before", "id")


def texts(actor: Actor) -> QuerySet[IncomingText]:
    """Texts that came and that no question of ours explains: somebody reads them."""
    waits = IncomingText.objects.filter(state=IncomingText.State.WAITING)
    others = Care.objects.filter(child__in=children_of(actor)).values("adult")
    other = Translation.objects.filter(of=OuterRef("pk"), incoming=True, state=Translation.State.REVIEWED)
    english = {"english": Subquery(other.values("words")), "english_by": Subquery(other.values("reviewed_by__name"))}
    waits = waits.exclude(notice__child__in=children_of(actor))  # also from a mailbox that we do not know
    return waits.exclude(adult__in=others).annotate(**english).select_related("adult").order_by("at", "id")


def to_read(actor: Actor) -> QuerySet[Reading]:
    """What colleagues have written that somebody else reads before a family does."""
    return readings_waiting_for(actor).select_related("record__child", "record__adult", "asked_by")


def sent_back_to(actor: Actor) -> list[Reading]:
    """What I have written and somebody sent back to me, until I share it again."""
    mine = Reading.objects.filter(asked_by=actor.person_id, state=Reading.State.SENT_BACK)
    newer = Reading.objects.filter(record=OuterRef("record"), asked_at__gt=OuterRef("asked_at"))
    return list(mine.exclude(Exists(newer)).select_related("record__child", "record__adult")[:ROWS])


QUEUES: dict[str, tuple[Permission, Callable[[Actor], QuerySet[Any]]]] = {
    "to_settle": (Permission.SETTLE, to_settle),
    "by_hand": (Permission.CLEAR, by_hand),
    "held": (Permission.SETTLE, held),
    "trouble": (Permission.CLEAR, trouble),
    "texts": (Permission.CLEAR, texts),
    "to_read": (Permission.PROTECT, to_read),
    "to_find_out": (Permission.SETTLE, to_find_out),
}
QUEUE_WORDS = {
    "to_settle": ngettext_lazy("adult to settle", "adults to settle"),
    "by_hand": ngettext_lazy("thing to say in person", "things to say in person"),
    "held": ngettext_lazy("message held back", "messages held back"),
    "trouble": ngettext_lazy("message in trouble", "messages in trouble"),
    "texts": ngettext_lazy("text from a family", "texts from families"),
    "to_read": ngettext_lazy("to read for a colleague", "to read for colleagues"),
    "to_find_out": ngettext_lazy("adult to ask about", "adults to ask about"),
}
PAGE_WORDS = {
    "measure:not_heard": ngettext_lazy("adult not heard from", "adults not heard from"),
    "front:orders": ngettext_lazy("order to look at", "orders to look at"),
    "reach:to_pass": ngettext_lazy("message to read first", "messages to read first"),
    "reach:words": ngettext_lazy("text to read or write", "texts to read or write"),
    "reach:letters": ngettext_lazy("letter to print", "letters to print"),
    "reach:sealed_letters": ngettext_lazy("sealed letter to print", "sealed letters to print"),
    "reach:explain": ngettext_lazy("family to explain something to", "families to explain something to"),
    "meet:interpreters": ngettext_lazy("interpreter to find", "interpreters to find"),
    "meet:to_arrange": ngettext_lazy(
        "thing to arrange so that a family can come", "things to arrange so that families can come"
    ),
    "meet:another_ways": ngettext_lazy("family who would like another way", "families who would like another way"),
    "reach:repairs": ngettext_lazy("talk to put right", "talks to put right"),
    "front:glass_report": ngettext_lazy("opened record to look at", "opened records to look at"),
}


def queues_of(actor: Actor) -> dict[str, Callable[[Actor], QuerySet[Any]]]:
    """The office's queues that somebody in this role keeps."""
    return {name: queue for name, (permission, queue) in QUEUES.items() if has(actor, permission)}
