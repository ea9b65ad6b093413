"""What the pages of orders show: what an order changes for an adult, and what waits for a person to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gatepost.core import clock
from gatepost.design.parts import Words
from gatepost.disclosure import RULES, Bar, CareFacts, Fact, Verdict
from gatepost.disclosure.gate import Decision, decide
from gatepost.front.order_forms import BARS
from gatepost.know.models import Adult, Care, Child, Order
from gatepost.know.queries import care_facts_if, care_facts_of
from gatepost.know.rules import orders_open_to
from gatepost.know.services.orders import Seen
from gatepost.meet.models import Booking
from gatepost.meet.notices import invitation
from gatepost.meet.rules import bookings_open_to
from gatepost.org.actor import Actor
from gatepost.reach.models import Delivery, Notice

CONTRADICT = frozenset({"orders-contradict", "order-against-only-carer"})
"""Rules by which two things that the school has written down cannot both be right."""


# ── what changes ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Effect:
    """What one adult gets of one kind about one child, from now on."""

    words: str
    verdict: Verdict
    why: str


@dataclass(frozen=True)
class After:
    """What one adult will and will not get about one child."""

    child: str
    gets: tuple[Effect, ...]
    not_gets: tuple[Effect, ...]


def _kinds() -> dict[Fact, str]:
    return {
        Fact.EDUCATION: _("How the child is learning: summaries of talks, promises, reports"),
        Fact.LOGISTICS: _("Invitations and times of their own meetings"),
        Fact.WHEREABOUTS: _("Where the child is, and when: trips, clubs, the day"),
    }


def after(adult: Adult, children: Iterable[Child], seen: Seen) -> list[After]:
    """What the gate would say if this order stood, on the day it begins or today if that is later."""
    orders = [seen.order_of(adult, child) for child in children]
    facts = care_facts_if(orders)
    day = max(seen.from_on, clock.today())
    return [_after(order.child.called, facts[order.adult_id, order.child_id], day) for order in orders]


def now(order: Order) -> After:
    """What the gate says today of the adult whom an order restrains."""
    pair = order.adult_id, order.child_id
    return _after(order.child.called, care_facts_of([pair])[pair], clock.today())


def _after(child: str, care: CareFacts, day: date) -> After:
    effects = [_effect(words, decide(care, fact, on=day)) for fact, words in _kinds().items()]
    gets = tuple(effect for effect in effects if effect.verdict is Verdict.ALLOW)
    return After(child, gets, tuple(effect for effect in effects if effect.verdict is not Verdict.ALLOW))


def _effect(words: str, decision: Decision) -> Effect:
    return Effect(words, decision.verdict, decision.why)


def said_of(bars: Iterable[str]) -> list[Words]:
    """What an order takes away, in plain words."""
    return [BARS[Bar(bar)][0] for bar in bars]


# ── what waits for a decision ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Task:
    """One thing about an order that a person has to decide, and where."""

    what: str
    tone: str
    adult: str
    child: str
    words: str
    action: str
    url: str
    at: datetime | None = None


def tasks_of(actor: Actor) -> list[Task]:
    """All that waits, whatever must not wait first. Nothing about one's own child."""
    return [*_held_times(actor), *_contradictions(actor), *_to_agree(actor), *_ran_out(actor)]


def standing(actor: Actor) -> QuerySet[Order]:
    """The orders that have not been lifted by two people, whether they bind today or later."""
    rows = orders_open_to(actor).filter(lifting_agreed_by=None)
    return rows.select_related("adult", "child").order_by("child__name", "adult__name", "from_on")


def _ran_out(actor: Actor) -> Iterator[Task]:
    """Orders past their last day: they bind all the same, and somebody has to look."""
    for order in standing(actor).filter(until_on__lt=clock.today(), lifted_by=None).order_by("until_on"):
        yield Task(
            what=_("Past its last day"),
            tone="late",
            adult=order.adult.name,
            child=order.child.name,
            words=_("It binds until two people have looked. Does it go on, or is it lifted?"),
            action=_("Look at it"),
            url=reverse("front:order", args=[order.pk]),
        )


def _to_agree(actor: Actor) -> Iterator[Task]:
    """Somebody asks to lift an order: a second person has to see the paper."""
    for order in standing(actor).filter(lifted_by__isnull=False).select_related("lifted_by"):
        mine = order.lifted_by_id == actor.person_id
        words = _("%(name)s asks to lift it and has seen: %(paper)s.") % {
            "name": order.lifted_by.name if order.lifted_by else "",
            "paper": order.get_lifting_paper_display(),
        }
        yield Task(
            what=_("A second person is needed"),
            tone="waiting",
            adult=order.adult.name,
            child=order.child.name,
            words=_("You have asked to lift it. It waits for somebody else.") if mine else words,
            action=_("Look at it"),
            url=reverse("front:order", args=[order.pk]),
        )


def _contradictions(actor: Actor) -> Iterator[Task]:
    """Adults of whom the gate says: two things in the school's records cannot both be right."""
    found = {(order.adult_id, order.child_id): order for order in standing(actor).filter(from_on__lte=clock.today())}
    facts = care_facts_of(found)
    for pair, order in found.items():
        rules = {decide(facts[pair], fact, on=clock.today()).rule for fact in _kinds()}
        for rule in sorted(rules & CONTRADICT):
            yield Task(
                what=_("It does not fit"),
                tone="late",
                adult=order.adult.name,
                child=order.child.name,
                words=RULES[rule],
                action=_("Look at it"),
                url=reverse("front:order", args=[order.pk]),
            )


def _held_times(actor: Actor) -> Iterator[Task]:
    """Times to come of adults whom the gate would not invite today."""
    for booking in times_to_decide(actor):
        yield Task(
            what=_("Has a time"),
            tone="late",
            adult=booking.invitation.adult.name,
            child=booking.invitation.child.name,
            words=_("%(name)s has booked, and may not be told of meetings any more. The host sees “speak to the "
                    "office”, and not why.") % {"name": booking.invitation.adult.name},
            action=_("Decide"),
            url=reverse("front:barred_time", args=[booking.pk]),
            at=booking.slot.starts_at,
        )  # fmt: skip


def times_to_decide(actor: Actor) -> list[Booking]:
    """Booked times to come of adults who are under an order or a hold, where the gate bars meetings."""
    held = bookings_open_to(actor).filter(status=Booking.Status.BOOKED, slot__starts_at__gt=clock.now())
    rows = held.filter(_restrained()).select_related("slot__host", "slot__event", "invitation__adult")
    bookings = list(rows.select_related("invitation__child").order_by("slot__starts_at"))
    stopped = not_told_of_meetings((row.invitation.adult_id, row.invitation.child_id) for row in bookings)
    return [row for row in bookings if (row.invitation.adult_id, row.invitation.child_id) in stopped]


def _restrained() -> Q:
    order = Order.objects.filter(
        adult=OuterRef("invitation__adult"), child=OuterRef("invitation__child"), lifting_agreed_by=None
    )
    care = Care.objects.filter(
        adult=OuterRef("invitation__adult"), child=OuterRef("invitation__child"), held=True, ended_on=None
    )
    return Q(Exists(order)) | Q(Exists(care))


def not_told_of_meetings(pairs: Iterable[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Of these adults and children, those of whom the gate would not let an invitation pass today."""
    today, (kind,) = clock.today(), invitation.facts
    return {pair for pair, care in care_facts_of(pairs).items() if not decide(care, kind, on=today).allowed}


def has_run_out(order: Order) -> bool:
    """Whether its last day has passed and nobody has lifted it."""
    return order.lifting_agreed_by_id is None and order.until_on is not None and order.until_on < clock.today()


# ── one order ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Stopped:
    """What became of the messages to an adult about a child when an order came."""

    stopped: int
    on_the_wire: int
    times: tuple[Booking, ...]


def stopped_by(order: Order, actor: Actor) -> Stopped:
    """How many messages were stopped, how many a sender had on the wire already, and which times the adult holds."""
    about = {"notice__adult": order.adult_id, "notice__child": order.child_id}
    barred = Notice.objects.filter(adult=order.adult_id, child=order.child_id, state=Notice.State.BARRED)
    wire = Delivery.objects.filter(**about, state__in=[Delivery.State.ON_WIRE, Delivery.State.UNCERTAIN])
    times = [
        row
        for row in times_to_decide(actor)
        if (row.invitation.adult_id, row.invitation.child_id) == (order.adult_id, order.child_id)
    ]
    return Stopped(barred.count(), wire.count(), tuple(times))
