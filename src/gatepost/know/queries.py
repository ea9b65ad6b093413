"""What is known of an adult and a child, gathered for the gate and for pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from gatepost.core import clock
from gatepost.disclosure import Bar, CareFacts, OrderFacts, Standing, Tri
from gatepost.know.models import Adult, Care, Channel, Child, ContactPoint, Order

type Pair = tuple[UUID, UUID]  # adult, child


def care_facts(adult: Adult, child: Child) -> CareFacts:
    """What the gate must know of this adult and this child, now."""
    return care_facts_of([(adult.pk, child.pk)])[adult.pk, child.pk]


def care_facts_of(pairs: Iterable[Pair]) -> dict[Pair, CareFacts]:
    """The same for many pairs, in two queries however many there are."""
    wanted = set(pairs)
    adults, children = {adult for adult, _ in wanted}, {child for _, child in wanted}
    cares = {
        (care.adult_id, care.child_id): care
        for care in Care.objects.filter(adult__in=adults, child__in=children, ended_on=None)
    }
    orders: dict[Pair, list[OrderFacts]] = defaultdict(list)
    for order in Order.objects.filter(adult__in=adults, child__in=children):
        orders[order.adult_id, order.child_id].append(_order_facts(order))
    return {pair: _facts(cares.get(pair), orders[pair]) for pair in wanted}


def _facts(care: Care | None, orders: list[OrderFacts]) -> CareFacts:
    if care is None:
        return CareFacts(Standing.NONE, Tri.UNKNOWN, Tri.UNKNOWN, tuple(orders))
    return CareFacts(
        standing=Standing(care.standing),
        responsibility=Tri(care.responsibility),
        lives_with=Tri(care.lives_with),
        orders=tuple(orders),
        held=care.held,
    )


def _order_facts(order: Order) -> OrderFacts:
    return OrderFacts(
        bars=frozenset(Bar(bar) for bar in order.bars),
        from_on=order.from_on,
        until_on=order.until_on,
        lifted=order.lifted_by_id is not None,
        second_person_agreed=order.lifting_agreed_by_id is not None,
    )


_APART = {(Tri.YES.value, Tri.NO.value), (Tri.NO.value, Tri.YES.value)}


def apart_from(adult: Adult) -> set[UUID]:
    """The adults whom this one is not to meet by chance, whichever child either of them comes for.

    Apart are two adults of whom one lives with a child and the other does not, and any two that an order keeps apart.
    Where nobody has said who lives where, nobody is apart.
    """
    shared = Care.objects.filter(adult=adult, ended_on=None).values("child")
    cares = list(Care.objects.filter(child__in=shared, ended_on=None))
    own = {care.child_id: care.lives_with for care in cares if care.adult_id == adult.pk}
    apart = {care.adult_id for care in cares if (own[care.child_id], care.lives_with) in _APART}
    named = Q(adult=adult, keeps_apart_from__isnull=False) | Q(keeps_apart_from=adult)
    for order in Order.objects.filter(named):
        if order.keeps_apart_from_id and _order_facts(order).stands_on(clock.today()):
            apart |= {order.adult_id, order.keeps_apart_from_id}
    return apart - {adult.pk}


def is_kept_private(point: ContactPoint, *, about: Child) -> bool:
    """Whether nobody else reads this contact point from whom its owner's news about a child is to be kept.

    A mailbox from better days may still be read by an adult whom an order restrains in regard to this child, or who
    lives apart: to them even a message without a name would say that there is one, and its link would open.
    """
    if not point.shared:
        return True
    orders = Order.objects.filter(child=about).exclude(adult=point.adult_id)
    restrained = {order.adult_id for order in orders if _order_facts(order).stands_on(clock.today())}
    readers = ContactPoint.objects.filter(channel=point.channel, value__iexact=point.value)
    return not readers.filter(adult__in=restrained | apart_from(point.adult)).exists()


def best_contact(adult: Adult) -> ContactPoint | None:
    """The first way to reach this adult that reaches only them, else a shared one, else none."""
    points = _in_order(adult)
    return points[0] if points else None


def contact_for(adult: Adult, *, about: Child) -> ContactPoint | None:
    """The same for news about a child: never one that somebody reads from whom it is to be kept."""
    return next((point for point in _in_order(adult) if is_kept_private(point, about=about)), None)


def _in_order(adult: Adult) -> list[ContactPoint]:
    return sorted(adult.contact_points.all(), key=lambda point: (point.shared, point.rank, str(point.pk)))


def channel_of(adult: Adult) -> str:
    """How this adult is reached: their best contact point's channel, or in person."""
    point = best_contact(adult)
    return point.channel if point else Channel.PERSON.value


def adults_of(child: Child) -> QuerySet[Adult]:
    """Every adult whom the school's records join to this child now, whatever may be told them."""
    return Adult.objects.filter(cares__child=child, cares__ended_on=None).distinct()


def waiting_for_the_office() -> QuerySet[Care]:
    """Bonds the office has to settle before anything is sent: an emergency contact that nobody has confirmed as only
    that, a relationship that is unknown, or one that is held."""
    unsettled = Q(standing=Standing.EMERGENCY_ONLY, from_source=True) | Q(standing=Standing.UNKNOWN)
    return Care.objects.filter(unsettled | Q(held=True), ended_on=None).order_by("child__name", "adult__name")
