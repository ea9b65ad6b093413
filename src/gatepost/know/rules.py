"""Which members of staff may open what about a child. The list is the rule; the question asks the list.

What a *family* may learn about a child is never decided here: that is the disclosure gate's, and only its.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from gatepost.know.models import (
    Adult,
    AdultMerge,
    Care,
    Child,
    ContactPoint,
    Group,
    Household,
    HouseholdMember,
    Strength,
    TeamMember,
)
from gatepost.org.actor import Actor
from gatepost.org.models import Role
from gatepost.org.rules import may_lead, may_run_the_office


def _own(actor: Actor) -> Exists:
    """Whether the child in the outer row is this member of staff's own."""
    return Exists(Care.objects.filter(child=OuterRef("pk"), adult__person=actor.person_id, ended_on=None))


def children_of(actor: Actor) -> QuerySet[Child]:
    """This member of staff's own children, if they are at the school."""
    return Child.objects.filter(_own(actor))


def children_open_to(actor: Actor) -> QuerySet[Child]:
    """The children this member of staff works with; never their own, who are their family's business."""
    children = Child.objects.exclude(_own(actor))
    if may_run_the_office(actor):
        return children
    if actor.acting_role == Role.TEACHER:
        return children.filter(groups__teachers=actor.person_id).distinct()
    return children.none()


def groups_open_to(actor: Actor) -> QuerySet[Group]:
    """The classes this member of staff may invite for."""
    if may_run_the_office(actor):
        return Group.objects.all()
    return Group.objects.filter(teachers=actor.person_id)


def adults_open_to(actor: Actor) -> QuerySet[Adult]:
    """The adults of the children this member of staff works with; never those of their own children's family."""
    mine = Care.objects.filter(child__in=children_open_to(actor), ended_on=None)
    family = Care.objects.filter(child__in=children_of(actor), ended_on=None)
    return Adult.objects.filter(pk__in=mine.values("adult")).exclude(pk__in=family.values("adult"))


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
    return may_lead(actor) and household.address_confidential and may_open_household(actor, household)


def may_move_out(actor: Actor, member: HouseholdMember) -> bool:
    """The same for one who leaves."""
    return member.until_on is None and may_keep_household(actor, member.household)


def may_undo_merge(actor: Actor, merge: AdultMerge) -> bool:
    """Whoever may merge may take it back."""
    return may_keep_adult(actor, merge.kept)
