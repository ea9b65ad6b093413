"""Where a letter to an adult about a child goes: to their address, to a sealed one, by the child's hand, or nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import F, Q, QuerySet

from gatepost.core import clock
from gatepost.disclosure import Tri
from gatepost.know.models import Adult, Care, Channel, Household, HouseholdMember, Order
from gatepost.know.queries import Pair, apart_from_each, known_on


class By(StrEnum):
    """How a letter travels."""

    POST = "post"
    CLASS = "class"  # in the child's book bag, closed
    SEALED = "sealed"  # by post to an address that is kept from everybody else


@dataclass(frozen=True)
class Place:
    """Where one letter goes. What is sealed is opened by whoever prints it, and by nobody before."""

    by: By
    household: Household | None = None


def wants_letters(adult: Adult) -> bool:
    """Whether this adult has said that they like to be written to on paper."""
    return Channel.LETTER.value in adult.channel_order


def places_for(pairs: Iterable[Pair]) -> dict[Pair, Place]:
    """Where letters to these adults about these children go, in a few queries however many there are.

    Who is not in it gets none. A roof that hides comes before every other one. Nothing goes to a roof under which
    somebody lives from whom it is to be kept, nor to an address from which a letter came back. A child carries only
    what the adult whom it lives with has asked for, and nothing while an order stands about it.
    """
    wanted = set(pairs)
    adults, children = {adult for adult, _ in wanted}, {child for _, child in wanted}
    homes = _homes(adults)
    roofs = {home.pk for of_one in homes.values() for home in of_one}
    under: dict[UUID, set[UUID]] = defaultdict(set)
    for household, adult in (
        _members().filter(household__in=roofs, adult__isnull=False).values_list("household", "adult")
    ):
        under[household].add(adult)
    restrained: dict[UUID, set[UUID]] = defaultdict(set)
    for child, adult in _standing(children):
        restrained[child].add(adult)
    apart = apart_from_each(adults)
    carried = _may_carry(wanted, restrained)

    def private(home: Household, adult: UUID, child: UUID) -> bool:
        return not (under[home.pk] - {adult}) & (restrained[child] | apart[adult])

    found = {}
    for adult, child in wanted:
        open_roofs = [home for home in homes[adult] if private(home, adult, child) and home.returned_on is None]
        hidden = next((home for home in homes[adult] if home.address_confidential), None)
        if hidden:
            if hidden in open_roofs and hasattr(hidden, "sealed"):
                found[adult, child] = Place(By.SEALED, hidden)
        elif to := next((home for home in open_roofs if home.address), None):
            found[adult, child] = Place(By.POST, to)
        elif (adult, child) in carried:
            found[adult, child] = Place(By.CLASS)
    return found


def _members() -> QuerySet[HouseholdMember]:
    day = clock.today()
    begun = Q(from_on=None) | Q(from_on__lte=day)
    return HouseholdMember.objects.filter(begun, Q(until_on=None) | Q(until_on__gt=day))


def _homes(adults: set[UUID]) -> dict[UUID, list[Household]]:
    homes: dict[UUID, list[Household]] = defaultdict(list)
    lives = _members().filter(adult__in=adults).select_related("household__sealed")
    for member in lives.order_by(F("from_on").desc(nulls_last=True), "id"):
        if member.adult_id:
            homes[member.adult_id].append(member.household)
    return homes


def _standing(children: set[UUID]) -> list[Pair]:
    """Child and adult of every order about these children that has not been lifted by two people."""
    orders = Order.objects.filter(child__in=children, from_on__lte=clock.today())
    return list(orders.filter(lifting_agreed_by=None).values_list("child", "adult"))


def _may_carry(pairs: set[Pair], restrained: dict[UUID, set[UUID]]) -> set[Pair]:
    cares = Care.objects.filter(
        adult__in={adult for adult, _ in pairs}, child__in={child for _, child in pairs}, ended_on=None
    ).select_related("adult")
    hiding = set(
        _members().filter(household__address_confidential=True, child__isnull=False).values_list("child", flat=True)
    )
    return {
        (care.adult_id, care.child_id)
        for care in cares
        if wants_letters(care.adult)
        and known_on(care, "lives_with", clock.today()) is Tri.YES
        and not restrained[care.child_id]
        and care.child_id not in hiding
    }
