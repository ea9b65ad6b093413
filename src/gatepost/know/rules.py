"""Which members of staff may open what about a child. The list is the rule; the question asks the list.

What a *family* may learn about a child is never decided here: that is the disclosure gate's, and only its.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from gatepost.core import clock
from gatepost.know.models import (
    Adult,
    AdultMerge,
    Care,
    Child,
    ContactPoint,
    Group,
    Household,
    HouseholdMember,
    Order,
    Strength,
    TeamMember,
)
from gatepost.org.actor import Actor
from gatepost.org.permissions import Permission, has
from gatepost.org.rules import may_lift, may_open_addresses, may_protect, may_run_the_office


def _own(actor: Actor) -> Exists:
    """Whether the child in the outer row is this member of staff's own."""
    return Exists(Care.objects.filter(child=OuterRef("pk"), adult__person=actor.person_id, ended_on=None))


def children_of(actor: Actor) -> QuerySet[Child]:
    """This member of staff's own children, if they are at the school."""
    return Child.objects.filter(_own(actor))


def children_not_own(actor: Actor) -> QuerySet[Child]:
    """Every child of the school that is not this member of staff's own: nobody works on their own child."""
    return Child.objects.exclude(_own(actor))


def children_of_team(actor: Actor) -> QuerySet[Child]:
    """The children this member of staff teaches, and those whose team they are on today; never their own."""
    taught = Exists(Group.objects.filter(children=OuterRef("pk"), teachers=actor.person_id))
    return children_not_own(actor).filter(taught | Exists(_on_team_today(actor).filter(child=OuterRef("pk"))))


def _on_team_today(actor: Actor) -> QuerySet[TeamMember]:
    day = clock.today()
    member = TeamMember.objects.filter(person=actor.person_id, from_on__lte=day)
    return member.filter(Q(until_on=None) | Q(until_on__gte=day))


def children_open_to(actor: Actor) -> QuerySet[Child]:
    """The children this member of staff works with; never their own, who are their family's business."""
    if has(actor, Permission.SEE_ALL):
        return children_not_own(actor)
    return children_of_team(actor) if has(actor, Permission.SEE_OWN) else Child.objects.none()


def groups_open_to(actor: Actor) -> QuerySet[Group]:
    """The classes this member of staff may invite for."""
    if has(actor, Permission.SEE_ALL) or has(actor, Permission.MEET_ALL):
        return Group.objects.all()
    return Group.objects.filter(teachers=actor.person_id)


def adults_open_to(actor: Actor) -> QuerySet[Adult]:
    """The adults of the children this member of staff works with; never those of their own children's family."""
    mine = Care.objects.filter(child__in=children_open_to(actor), ended_on=None)
    family = Care.objects.filter(child__in=children_of(actor), ended_on=None)
    return Adult.objects.filter(pk__in=mine.values("adult")).exclude(pk__in=family.values("adult"))


def adults_heard_by(actor: Actor) -> QuerySet[Adult]:
    """The same; for whoever sees every child, those too who looked after one: what they said before still waits.

    A bond that ends, by the office or by the next roster, takes no message of theirs out of sight.
    """
    if not has(actor, Permission.SEE_ALL):
        return adults_open_to(actor)
    once = Care.objects.filter(child__in=children_not_own(actor))
    family = Care.objects.filter(child__in=children_of(actor))
    return Adult.objects.filter(pk__in=once.values("adult")).exclude(pk__in=family.values("adult"))


def may_open_child(actor: Actor, child: Child) -> bool:
    """Whether this member of staff works with this child."""
    return children_open_to(actor).filter(pk=child.pk).exists()


def may_open_adult(actor: Actor, adult: Adult) -> bool:
    """Whether this adult cares for a child this member of staff works with."""
    return adults_open_to(actor).filter(pk=adult.pk).exists()


def may_settle(actor: Actor, care: Care) -> bool:
    """The office says what an adult is to a child; nobody says it of their own child."""
    return may_run_the_office(actor) and may_open_child(actor, care.child)


def may_keep_child(actor: Actor, child: Child) -> bool:
    """The office keeps bonds, teams and households in order; nobody those of their own child."""
    return may_run_the_office(actor) and may_open_child(actor, child)


def may_keep_adult(actor: Actor, adult: Adult) -> bool:
    """The office keeps contact details, what people say of themselves for counting, and who is whom."""
    return may_run_the_office(actor) and may_open_adult(actor, adult)


def may_keep_contact(actor: Actor, point: ContactPoint) -> bool:
    """Whoever keeps the adult keeps how they are reached, while it is used."""
    return point.ended_on is None and may_keep_adult(actor, point.adult)


def may_change_strength(actor: Actor, strength: Strength) -> bool:
    """Whoever works with the family writes down what they offer."""
    return may_open_adult(actor, strength.adult)


def may_end_team(actor: Actor, member: TeamMember) -> bool:
    """The office says who works with a child, and until when."""
    return member.until_on is None and may_keep_child(actor, member.child)


def may_open_household(actor: Actor, household: Household) -> bool:
    """Whoever works with a child who lives there; never the household of one's own child."""
    members = household.members.filter(child__isnull=False)
    if members.filter(child__in=children_of(actor)).exists():
        return False
    adults = household.members.filter(adult__in=adults_open_to(actor))
    return members.filter(child__in=children_open_to(actor)).exists() or adults.exists()


def may_keep_household(actor: Actor, household: Household) -> bool:
    """The office writes down who lives where."""
    return may_run_the_office(actor) and may_open_household(actor, household)


def may_open_address(actor: Actor, household: Household) -> bool:
    """A confidential address is opened by whoever leads, with a reason, and leaves a line."""
    return may_open_addresses(actor) and household.address_confidential and may_open_household(actor, household)


def may_move_out(actor: Actor, member: HouseholdMember) -> bool:
    """The same for one who leaves."""
    return member.until_on is None and may_keep_household(actor, member.household)


def may_undo_merge(actor: Actor, merge: AdultMerge) -> bool:
    """Whoever may merge may take it back."""
    return may_keep_adult(actor, merge.kept)


# ── orders: anybody trained may add, two people lift; nobody in regard to their own child ──────────────────────────


def orders_open_to(actor: Actor) -> QuerySet[Order]:
    """The orders that this member of staff may know of: all of the school's, never those about their own child."""
    if not may_protect(actor):
        return Order.objects.none()
    return Order.objects.filter(child__in=children_open_to(actor))


def may_record_order(actor: Actor, child: Child) -> bool:
    """Whoever protects children writes down what was seen; never about their own child."""
    return may_protect(actor) and may_open_child(actor, child)


def may_see_order(actor: Actor, order: Order) -> bool:
    """Whether this member of staff may know that this order exists."""
    return orders_open_to(actor).filter(pk=order.pk).exists()


def may_agree_to_lift(actor: Actor, order: Order) -> bool:
    """The second person is never the one who asked."""
    return may_lift(actor) and may_see_order(actor, order) and order.lifted_by_id != actor.person_id


def may_hold(actor: Actor, care: Care) -> bool:
    """Whoever works with a child may ask everybody to wait: adding a restriction fails safe."""
    return care.ended_on is None and may_open_child(actor, care.child)
