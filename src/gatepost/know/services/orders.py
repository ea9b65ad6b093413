"""What a court has ordered. Anybody may add, at once; two people lift, with a paper in hand.

Nothing here is written into the history that colleagues read: that an order exists is not for every eye. The audit
trail has it all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar
from gatepost.know.models import Adult, Care, Child, Order, OrderKind, Paper
from gatepost.know.signals import may_learn_changed
from gatepost.org.actor import Actor
from gatepost.org.models import Person


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody at the school has seen, and what it says."""

    bars: frozenset[Bar]
    seen_by: Person
    from_on: date
    seen_on: date | None = None  # None: today
    until_on: date | None = None
    keeps_apart_from: Adult | None = None
    kind: OrderKind | None = None
    copy_held: bool = False
    words: str = ""

    def order_of(self, adult: Adult, child: Child) -> Order:
        """The row that this would be about one adult and one child. Not saved."""
        return Order(
            school_id=child.school_id,
            adult=adult,
            child=child,
            kind=self.kind or "",
            bars=sorted(self.bars),
            keeps_apart_from=self.keeps_apart_from,
            order_text=self.words,
            copy_held=self.copy_held,
            seen_by=self.seen_by,
            seen_on=self.seen_on or clock.today(),
            from_on=self.from_on,
            until_on=self.until_on,
            recorded_at=clock.now(),
        )


def record_order(
    adult: Adult,
    *,
    child: Child,
    bars: frozenset[Bar],
    seen_by: Person,
    from_on: date,
    until_on: date | None = None,
    keeps_apart_from: Adult | None = None,
    by: Actor | None,
) -> Order:
    """Write down an order about one child. See `record_orders`."""
    seen = Seen(bars=bars, seen_by=seen_by, from_on=from_on, until_on=until_on, keeps_apart_from=keeps_apart_from)
    (order,) = record_orders(adult, [child], seen=seen, by=by)
    return order


@transaction.atomic
def record_orders(adult: Adult, children: Iterable[Child], *, seen: Seen, by: Actor | None) -> list[Order]:
    """Write down what somebody at the school has seen, in regard to each of these children.

    It binds at once, also what is already queued. Holds afterwards: the gate bars exactly what the order says and
    nothing more; lifting it takes two people. Pressed twice, it stands once.
    """
    _refuse_bad_order(adult, seen)
    orders = [_record(adult, child, seen, by) for child in children]
    if not orders:
        raise Refused(_("Say in regard to which child."))
    return orders


def _refuse_bad_order(adult: Adult, seen: Seen) -> None:
    if not seen.bars:
        raise Refused(_("Say what it takes away. An order that takes nothing away changes nothing here."))
    if seen.until_on and seen.until_on < seen.from_on:
        raise Refused(_("The last day comes before the first."))
    if seen.seen_on and seen.seen_on > clock.today():
        raise Refused(_("The day on which it was seen lies in the future."))
    if seen.keeps_apart_from == adult:
        raise Refused(_("Nobody can be kept apart from themselves."))


def _record(adult: Adult, child: Child, seen: Seen, by: Actor | None) -> Order:
    order = seen.order_of(adult, child)
    Child.objects.select_for_update(no_key=True).get(pk=child.pk)  # two people who press at once record it once
    alike = {name: getattr(order, name) for name in ("kind", "keeps_apart_from", "from_on", "until_on")}
    there = Order.objects.filter(adult=adult, child=child, lifting_agreed_by=None, **alike)
    before = next((row for row in there if row.bars == order.bars), None)
    if before:
        return before
    order.save()
    audit.record("know.order_recorded", order, by=by, bars=order.bars)
    _tell(order, by)
    return order


@transaction.atomic
def read_order(order: Order, *, by: Actor) -> str:
    """Open the words of an order. Each time leaves a line."""
    audit.record("know.order_read", order, by=by)
    return str(order.order_text)


@transaction.atomic
def prolong_order(order: Order, *, until_on: date | None, by: Actor) -> None:
    """It goes on for longer, or until somebody lifts it. Takes nothing back, so one person is enough."""
    if until_on and (order.until_on is None or until_on <= order.until_on):
        raise Refused(_("Give a later day. To end an order earlier, ask to lift it."))
    order.until_on = until_on
    order.save()
    audit.record("know.order_prolonged", order, by=by, until_on=until_on.isoformat() if until_on else "")
    _tell(order, by)


@transaction.atomic
def ask_to_lift(order: Order, *, paper: Paper, seen_on: date, by: Actor) -> None:
    """The first of two people asks, with the paper that says so. The order binds as before."""
    if seen_on > clock.today():
        raise Refused(_("The day on which it was seen lies in the future."))
    open_still = Order.objects.filter(pk=order.pk, lifted_by=None, lifting_agreed_by=None)
    asked = open_still.update(
        lifted_by=by.staff_id, lifting_paper=paper.value, lifting_seen_on=seen_on, lifting_asked_at=clock.now()
    )
    if not asked:
        raise Refused(_("Somebody has asked for this already."))
    audit.record("know.order_lifting_asked", order, by=by, paper=paper.value)


@transaction.atomic
def agree_to_lift(order: Order, *, by: Actor) -> None:
    """The second of two people agrees, having seen the paper too.

    Holds afterwards: the order binds no more; whatever else binds, binds on. Messages that it barred stay unsent.
    """
    _refuse_the_first(order, by, _("You asked for it yourself. Somebody else has to see the paper and agree."))
    waiting = Order.objects.filter(pk=order.pk, lifted_by__isnull=False, lifting_agreed_by=None)
    agreed = waiting.exclude(lifted_by=by.staff_id).update(lifting_agreed_by=by.staff_id, lifting_agreed_at=clock.now())
    if not agreed:
        raise Refused(_("Nobody asks to lift this order, or it is lifted already."))
    audit.record("know.order_lifted", order, by=by, asked_by=str(order.lifted_by_id))
    _tell(order, by)


@transaction.atomic
def keep_order(order: Order, *, by: Actor) -> None:
    """Somebody says no to lifting, or takes back what they asked: the order binds as it always did."""
    waiting = Order.objects.filter(pk=order.pk, lifted_by__isnull=False, lifting_agreed_by=None)
    nothing = {"lifted_by": None, "lifting_paper": "", "lifting_seen_on": None, "lifting_asked_at": None}
    if not waiting.update(**nothing):
        raise Refused(_("Nobody asks to lift this order, or it is lifted already."))
    audit.record("know.order_kept", order, by=by, asked_by=str(order.lifted_by_id))


def _refuse_the_first(order: Order, by: Actor, words: str) -> None:
    if order.lifted_by_id == by.person_id:
        raise Refused(words)


@transaction.atomic
def hold(care: Care, *, by: Actor) -> None:
    """Ask everybody to wait before this adult is told anything about this child, until the office has looked.

    Holds afterwards: nothing passes, also nothing that is queued; somebody other than who asked settles it.
    """
    now = clock.now()
    if not Care.objects.filter(pk=care.pk, held=False).update(held=True, held_by=by.staff_id, held_at=now):
        return
    audit.record("know.held", care, by=by)
    may_learn_changed.send(sender=Care, adult=care.adult, child=care.child, by=by)


def _tell(order: Order, by: Actor | None) -> None:
    may_learn_changed.send(sender=Order, adult=order.adult, child=order.child, by=by)
