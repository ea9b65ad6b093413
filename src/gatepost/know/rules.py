"""Which members of staff may open what about a child. The list is the rule; the question asks the list.

What a *family* may learn about a child is never decided here: that is the disclosure gate's, and only its.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from gatepost.know.models import Adult, Care, Child, Group
from gatepost.org.actor import Actor
from gatepost.org.models import Role
from gatepost.org.rules import may_run_the_office


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
    """The adults of the children this member of staff works with."""
    mine = Care.objects.filter(child__in=children_open_to(actor), ended_on=None)
    return Adult.objects.filter(pk__in=mine.values("adult"))


def may_open_child(actor: Actor, child: Child) -> bool:
    """Whether this member of staff works with this child."""
    return children_open_to(actor).filter(pk=child.pk).exists()


def may_open_adult(actor: Actor, adult: Adult) -> bool:
    """Whether this adult cares for a child this member of staff works with."""
    return adults_open_to(actor).filter(pk=adult.pk).exists()


def may_settle(actor: Actor, care: Care) -> bool:
    """The office says what an adult is to a child; nobody says it of their own child."""
    return may_run_the_office(actor) and may_open_child(actor, care.child)
