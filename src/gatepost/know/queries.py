"""What is known of an adult and a child, gathered for the gate and for pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import permutations
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from gatepost.core import clock
from gatepost.core.readings import worded_once
from gatepost.disclosure import Bar, CareFacts, OrderFacts, Standing, Tri, read_first
from gatepost.know.models import Adult, Care, Channel, Child, ContactPoint, HouseholdMember, Order

type Pair = tuple[UUID, UUID]  # adult, child


class Bond(NamedTuple):
    """What stands written of one adult and one child, as far as the gate asks for it."""

    standing: str
    held: bool
    no_voice_calls: bool
    responsibility: str
    responsibility_from: date | None
    responsibility_until: date | None
    lives_with: str
    lives_with_from: date | None
    lives_with_until: date | None


def care_facts(adult: Adult, child: Child) -> CareFacts:
    """What the gate must know of this adult and this child, now."""
    return care_facts_of([(adult.pk, child.pk)])[adult.pk, child.pk]


def care_facts_of(pairs: Iterable[Pair]) -> dict[Pair, CareFacts]:
    """The same for many pairs, in two queries however many there are."""
    wanted = list(pairs)
    children = tuple({child for _, child in wanted})
    cares = _by_child(_cares_of(children))
    orders: dict[UUID, list[Order]] = defaultdict(list)
    for order in _orders_of(children):
        orders[order.child_id].append(order)
    today = clock.today()
    return {(adult, child): _facts(adult, cares[child], orders[child], today) for adult, child in wanted}


def _by_child(cares: Iterable[tuple[Any, ...]]) -> dict[UUID, dict[UUID, Bond]]:
    found: dict[UUID, dict[UUID, Bond]] = defaultdict(dict)
    for adult, child, *said in cares:
        found[child][adult] = Bond._make(said)
    return found


@worded_once
def _cares_of(children: tuple[UUID, ...]) -> QuerySet[Care, Any]:
    return _bonds(Care.objects.filter(child__in=children, ended_on=None))


def _bonds(cares: QuerySet[Care], *, named: bool = False) -> QuerySet[Care, Any]:
    said = cares.annotate(no_voice_calls=F("adult__no_voice_calls")).order_by()
    return said.values_list("adult_id", "child_id", *Bond._fields, named=named)


@worded_once
def _orders_of(children: tuple[UUID, ...]) -> QuerySet[Order]:
    return Order.objects.filter(child__in=children)


def _facts(adult: UUID, cares: dict[UUID, Bond], orders: list[Order], today: date) -> CareFacts:
    own_bond = cares.get(adult)
    others = tuple(bond for bond in cares.values() if bond is not own_bond)
    if not orders:
        return _plain_facts(own_bond, others, today)
    own = tuple(_order_facts(order) for order in orders if order.adult_id == adult)
    of_others = tuple(_order_facts(order) for order in orders if order.adult_id != adult)
    return replace(_plain_facts(own_bond, others, today), orders=own, others_orders=of_others)


@lru_cache(maxsize=1024)
def _plain_facts(bond: Bond | None, others: tuple[Bond, ...], today: date) -> CareFacts:
    """What the gate must know where no order stands: of most families it is the same."""
    if bond is None:
        return CareFacts(Standing.NONE, Tri.UNKNOWN, Tri.UNKNOWN)
    return CareFacts(
        standing=Standing(bond.standing),
        responsibility=known_on(bond, "responsibility", today),
        lives_with=known_on(bond, "lives_with", today),
        held=bond.held,
        others_live_with=_any_of(known_on(other, "lives_with", today) for other in others),
        no_voice_calls=bond.no_voice_calls,
    )


@dataclass(frozen=True)
class Bonds:
    """What the gate must know of an adult and a child, and whom the adult is not to meet by chance."""

    facts: CareFacts
    apart: set[UUID]


def bonds_of(adult: Adult, child: Child) -> Bonds:
    """`care_facts` and `apart_from` at once, in two queries instead of four."""
    known, orders = _cares_around(adult.pk, child.pk), _orders_around(adult.pk, child.pk)
    own = _by_child(known)[child.pk]
    of_child = [order for order in orders if order.child_id == child.pk]
    facts = _facts(adult.pk, own, of_child, clock.today())
    return Bonds(facts=facts, apart=_apart_among({adult.pk}, known, orders)[adult.pk])


@worded_once
def _cares_around(adult: UUID, child: UUID) -> QuerySet[Care, Any]:
    return _bonds(Care.objects.filter(Q(child=child) | Q(child__in=_children_of({adult})), ended_on=None), named=True)


@worded_once
def _orders_around(adult: UUID, child: UUID) -> QuerySet[Order]:
    return Order.objects.filter(Q(child=child) | _keeps_apart({adult}))


def known_on(care: Care | Bond, fact: str, day: date) -> Tri:
    """What is known of one fact about a bond on a day: outside the dates it was said for, nothing."""
    begins, ends = getattr(care, f"{fact}_from"), getattr(care, f"{fact}_until")
    if (begins and day < begins) or (ends and day > ends):
        return Tri.UNKNOWN
    return Tri(getattr(care, fact))


def _any_of(said: Iterable[str]) -> Tri:
    """Yes where one is, no where none is, unknown where that is not known of all."""
    known = set(said)
    if Tri.YES in known:
        return Tri.YES
    return Tri.UNKNOWN if Tri.UNKNOWN in known else Tri.NO


def _order_facts(order: Order) -> OrderFacts:
    return OrderFacts(
        bars=frozenset(Bar(bar) for bar in order.bars),
        from_on=order.from_on,
        until_on=order.until_on,
        lifted=order.lifted_by_id is not None,
        second_person_agreed=order.lifting_agreed_by_id is not None,
        restrains=str(order.adult_id),
        protects=str(order.keeps_apart_from_id or ""),
    )


def care_facts_if(orders: Iterable[Order]) -> dict[Pair, CareFacts]:
    """What the gate would know of these adults and children if these orders, not yet written down, stood too."""
    new: dict[Pair, list[OrderFacts]] = defaultdict(list)
    for order in orders:
        new[order.adult_id, order.child_id].append(_order_facts(order))
    facts = care_facts_of(new)
    return {pair: replace(facts[pair], orders=(*facts[pair].orders, *more)) for pair, more in new.items()}


_APART = {(Tri.YES.value, Tri.NO.value), (Tri.NO.value, Tri.YES.value)}


def apart_from(adult: Adult) -> set[UUID]:
    """The adults whom this one is not to meet by chance, whichever child either of them comes for.

    Apart are two adults of whom one lives with a child and the other does not, and any two that an order keeps apart.
    Where nobody has said who lives where, nobody is apart.
    """
    return _apart_among({adult.pk}, _cares_beside(adult.pk), _orders_apart(adult.pk))[adult.pk]


@worded_once
def _cares_beside(adult: UUID) -> QuerySet[Care, Any]:
    cares = Care.objects.filter(child__in=_children_of({adult}), ended_on=None).order_by()
    return cares.values_list("adult_id", "child_id", "lives_with", named=True)


@worded_once
def _orders_apart(adult: UUID) -> QuerySet[Order]:
    return Order.objects.filter(_keeps_apart({adult}))


def apart_from_each(adults: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """The same for many adults, in two queries however many there are."""
    wanted = set(adults)
    cares = Care.objects.filter(child__in=_children_of(wanted), ended_on=None)
    return _apart_among(wanted, cares, Order.objects.filter(_keeps_apart(wanted)))


def _children_of(adults: set[UUID]) -> QuerySet[Care, Any]:
    return Care.objects.filter(adult__in=adults, ended_on=None).values("child")


def _keeps_apart(adults: set[UUID]) -> Q:
    return Q(adult__in=adults, keeps_apart_from__isnull=False) | Q(keeps_apart_from__in=adults)


def _apart_among(wanted: set[UUID], cares: Iterable[Any], orders: Iterable[Order]) -> dict[UUID, set[UUID]]:
    apart: dict[UUID, set[UUID]] = {adult: set() for adult in wanted}
    by_child: dict[UUID, list[Any]] = defaultdict(list)
    for care in cares:
        by_child[care.child_id].append(care)
    for carers in by_child.values():
        for one, other in permutations(carers, 2):
            if one.adult_id in wanted and (one.lives_with, other.lives_with) in _APART:
                apart[one.adult_id].add(other.adult_id)
    for order in orders:
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
    wanted = list(pairs)
    points: dict[UUID, list[ContactPoint]] = defaultdict(list)
    for point in _points_of({adult for adult, _ in wanted}):
        points[point.adult_id].append(point)
    shared = [point for held in points.values() for point in held if point.shared]
    kept = Privacy.of(shared, (child for _, child in wanted))
    return {
        (adult, child): next((point for point in _in_order(points[adult]) if kept.private(point, child)), None)
        for adult, child in wanted
    }


@worded_once
def _points_of(adults: set[UUID]) -> QuerySet[ContactPoint]:
    """What there is to choose among; the rest is read where it is asked for."""
    known = ContactPoint.objects.filter(adult__in=adults, ended_on=None).select_related("adult").order_by()
    of_point = ("organisation", "adult", "channel", "value", "shared", "rank", "ended_on", "bounced_at")
    return known.only(*of_point, "confirmed_at", "confirm_again_on", "adult__organisation", "adult__channel_order")


def ways_for(adult: Adult, *, about: Child | None) -> list[ContactPoint]:
    """Every way to reach this adult with news about a child, the best first: the first is `contact_for`."""
    points = list(adult.contact_points.filter(ended_on=None).select_related("adult"))
    if about is None:
        return _in_order(points)
    kept = Privacy.of([point for point in points if point.shared], {about.pk})
    return [point for point in _in_order(points) if kept.private(point, about.pk)]


def orders_standing(child: Child) -> list[Order]:
    """The orders about a child that bind today, whomever they restrain."""
    found = Order.objects.filter(child=child).select_related("adult", "keeps_apart_from").order_by("from_on", "id")
    return [order for order in found if _order_facts(order).stands_on(clock.today())]


def is_read_first(child: Child) -> bool:
    """Whether somebody's own words about this child are read by a second person before they go out."""
    return read_first(tuple(map(_order_facts, Order.objects.filter(child=child))), on=clock.today())


@dataclass(frozen=True)
class Privacy:
    """Who reads some shared contact points, and from whom what goes there is to be kept."""

    readers: dict[tuple[str, str], set[UUID]]  # channel, address → adults
    apart: dict[UUID, set[UUID]]
    restrained: dict[UUID, set[UUID]]  # child → adults under an order

    @classmethod
    def of(cls, shared: list[ContactPoint], children: Iterable[UUID]) -> Privacy:
        """What is known of these contact points and children; nothing is asked where none is shared."""
        readers: dict[tuple[str, str], set[UUID]] = defaultdict(set)
        restrained: dict[UUID, set[UUID]] = defaultdict(set)
        if not shared:
            return cls(readers, {}, restrained)
        values = {point.value.lower() for point in shared}
        known = ContactPoint.objects.annotate(lower=Lower("value"))  # also given up: they may be read there still
        for point in known.filter(lower__in=values):
            readers[point.channel, point.value.lower()].add(point.adult_id)
        for order in Order.objects.filter(child__in=set(children)):
            if _order_facts(order).stands_on(clock.today()):
                restrained[order.child_id].add(order.adult_id)
        return cls(readers, apart_from_each(point.adult_id for point in shared), restrained)

    def private(self, point: ContactPoint, child: UUID) -> bool:
        """Whether nobody reads it who must not know."""
        if not point.shared:
            return True
        others = self.readers[point.channel, point.value.lower()] - {point.adult_id}
        return not others & (self.restrained[child] | self.apart[point.adult_id])


def was_left_by_somebody_apart(point: ContactPoint) -> bool:
    """Whether somebody has given this number or mailbox up from whom its owner is kept apart.

    They may read it still; and that they were reached elsewhere from then on is nothing that its owner may notice.
    """
    alike = ContactPoint.objects.filter(channel=point.channel, value__iexact=point.value)
    gone = set(alike.exclude(ended_on=None).exclude(adult=point.adult_id).values_list("adult", flat=True))
    if not gone:
        return False
    children = Care.objects.filter(adult=point.adult_id, ended_on=None).values("child")
    ordered = Order.objects.filter(child__in=children).values("child")
    return bool(gone & apart_from(point.adult)) or Care.objects.filter(child__in=ordered, adult__in=gone).exists()


def _in_order(points: Iterable[ContactPoint]) -> list[ContactPoint]:
    """Those in use: what came back last, then what only they read, then as they wish, then as it was listed."""

    def place(point: ContactPoint) -> tuple[bool, bool, int, int, str]:
        wish: list[str] = point.adult.channel_order
        wished = wish.index(point.channel) if point.channel in wish else len(wish)
        return point.bounced_at is not None, point.shared, wished, point.rank, str(point.pk)

    used = [point for point in points if point.ended_on is None]
    return sorted(used, key=place) if len(used) > 1 else used


def may_tell_old_contact(point: ContactPoint) -> bool:
    """Whether a number or mailbox that is given up may hear that it is.

    Not where anybody could be in danger by it: an order about one of the adult's children, whomever it restrains, a
    household whose address is confidential, or somebody apart from whom it must be kept and who reads it too.
    """
    children = set(Care.objects.filter(adult=point.adult_id, ended_on=None).values_list("child", flat=True))
    if Order.objects.filter(Q(child__in=children) | Q(adult=point.adult_id)).exists():
        return False
    if lives_in_secret(adults={point.adult_id}, children=children):
        return False
    kept = Privacy.of([point] if point.shared else [], children)
    return all(kept.private(point, child) for child in children)


def lives_in_secret(*, adults: set[UUID], children: set[UUID]) -> bool:
    """Whether any of them lives in a household whose address is confidential, or has lived there."""
    named = Q(adult__in=adults) | Q(child__in=children)
    return HouseholdMember.objects.filter(named, household__address_confidential=True).exists()


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


def told_though_unknown() -> QuerySet[Care]:
    """Parents and carers of whom nobody has said whether they have responsibility: they are told all the same, and
    somebody should find out."""
    direct = Care.objects.filter(standing__in=[Standing.PARENT, Standing.CARER], responsibility=Tri.UNKNOWN)
    return direct.filter(held=False, ended_on=None).order_by("child__name", "adult__name")
