"""What is known of an adult and a child, gathered for the gate and for pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

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
    return apart_from_each([adult.pk])[adult.pk]


def apart_from_each(adults: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """The same for many adults, in two queries however many there are."""
    wanted = set(adults)
    apart: dict[UUID, set[UUID]] = {adult: set() for adult in wanted}
    shared = Care.objects.filter(adult__in=wanted, ended_on=None).values("child")
    by_child: dict[UUID, list[Care]] = defaultdict(list)
    for care in Care.objects.filter(child__in=shared, ended_on=None):
        by_child[care.child_id].append(care)
    for cares in by_child.values():
        for one, other in permutations(cares, 2):
            if one.adult_id in wanted and (one.lives_with, other.lives_with) in _APART:
                apart[one.adult_id].add(other.adult_id)
    named = Q(adult__in=wanted, keeps_apart_from__isnull=False) | Q(keeps_apart_from__in=wanted)
    for order in Order.objects.filter(named):
        if order.keeps_apart_from_id and _order_facts(order).stands_on(clock.today()):
            for adult, kept_from in permutations((order.adult_id, order.keeps_apart_from_id), 2):
                if adult in wanted:
                    apart[adult].add(kept_from)
    return apart


def best_contact(adult: Adult) -> ContactPoint | None:
    """The first way to reach this adult that reaches only them, else a shared one, else none."""
    points = _in_order(adult.contact_points.all())
    return points[0] if points else None


def contact_for(adult: Adult, *, about: Child) -> ContactPoint | None:
    """The same for news about a child: never one that somebody reads from whom it is to be kept."""
    return contacts_for([(adult.pk, about.pk)])[adult.pk, about.pk]


def contacts_for(pairs: Iterable[Pair]) -> dict[Pair, ContactPoint | None]:
    """The same for many pairs, in a few queries however many there are."""
    wanted = set(pairs)
    points: dict[UUID, list[ContactPoint]] = defaultdict(list)
    for point in ContactPoint.objects.filter(adult__in={adult for adult, _ in wanted}):
        points[point.adult_id].append(point)
    shared = [point for held in points.values() for point in held if point.shared]
    kept = _Privacy.of(shared, {child for _, child in wanted})
    return {
        (adult, child): next((point for point in _in_order(points[adult]) if kept.private(point, child)), None)
        for adult, child in wanted
    }


def is_kept_private(point: ContactPoint, *, about: Child) -> bool:
    """Whether nobody else reads this contact point from whom its owner's news about a child is to be kept.

    A mailbox from better days may still be read by an adult whom an order restrains in regard to this child, or who
    lives apart: to them even a message without a name would say that there is one, and its link would open.
    """
    return _Privacy.of([point] if point.shared else [], {about.pk}).private(point, about.pk)


@dataclass(frozen=True)
class _Privacy:
    """Who reads some shared contact points, and from whom what goes there is to be kept."""

    readers: dict[tuple[str, str], set[UUID]]  # channel, address → adults
    apart: dict[UUID, set[UUID]]
    restrained: dict[UUID, set[UUID]]  # child → adults under an order

    @classmethod
    def of(cls, shared: list[ContactPoint], children: set[UUID]) -> _Privacy:
        """What is known of these contact points and children; nothing is asked where none is shared."""
        readers: dict[tuple[str, str], set[UUID]] = defaultdict(set)
        restrained: dict[UUID, set[UUID]] = defaultdict(set)
        if not shared:
            return cls(readers, {}, restrained)
        values = {point.value.lower() for point in shared}
        for point in ContactPoint.objects.annotate(lower=Lower("value")).filter(lower__in=values):
            readers[point.channel, point.value.lower()].add(point.adult_id)
        for order in Order.objects.filter(child__in=children):
            if _order_facts(order).stands_on(clock.today()):
                restrained[order.child_id].add(order.adult_id)
        return cls(readers, apart_from_each(point.adult_id for point in shared), restrained)

    def private(self, point: ContactPoint, child: UUID) -> bool:
        """Whether nobody reads it who must not know."""
        if not point.shared:
            return True
        others = self.readers[point.channel, point.value.lower()] - {point.adult_id}
        return not others & (self.restrained[child] | self.apart[point.adult_id])


def _in_order(points: Iterable[ContactPoint]) -> list[ContactPoint]:
    return sorted(points, key=lambda point: (point.shared, point.rank, str(point.pk)))


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
