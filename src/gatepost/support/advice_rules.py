"""Who writes down that a family wants an adviser, who reads along, and who ends it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from gatepost.know.models import Adult
from gatepost.know.rules import adults_open_to
from gatepost.org.actor import Actor
from gatepost.org.models import Adviser
from gatepost.org.permissions import Permission, has
from gatepost.org.queries import today
from gatepost.org.rules import may_advise
from gatepost.support.models import AdvisedFamily, FamilyAgreed


def may_keep_agreements(actor: Actor) -> bool:
    """The office and the head write down what an adult has told them about an adviser."""
    return has(actor, Permission.AGREEMENTS)


def may_agree_for(actor: Actor, adult: Adult) -> bool:
    """The office and the head, for adults of the school; never for the other parent of their own child."""
    return may_keep_agreements(actor) and adults_open_to(actor).filter(pk=adult.pk).exists()


def agreements_open_to(actor: Actor) -> QuerySet[FamilyAgreed]:
    """Agreements of adults whom the office keeps."""
    if not may_keep_agreements(actor):
        return FamilyAgreed.objects.none()
    return FamilyAgreed.objects.filter(adult__in=adults_open_to(actor))


def may_end(actor: Actor, agreement: FamilyAgreed) -> bool:
    """Whoever may write one down may end it, when the adult says so."""
    return agreements_open_to(actor).filter(pk=agreement.pk).exists()


def families_of(actor: Actor) -> QuerySet[AdvisedFamily]:
    """The families who have said yes to this adviser, and have not ended it."""
    if not may_advise(actor):
        return AdvisedFamily.objects.none()
    mine = AdvisedFamily.objects.filter(adviser__person=actor.person_id)
    return today(mine).filter(adviser__in=_standing(actor.person_id))


def _standing(person_id: UUID | None) -> QuerySet[Adviser]:
    return today(Adviser.objects.filter(person=person_id))


def may_advise_family(actor: Actor, family: AdvisedFamily) -> bool:
    """The adviser to whom this family has said yes; not a colleague of the same service."""
    return families_of(actor).filter(pk=family.pk).exists()


def may_end_own(actor: Actor, agreement: FamilyAgreed) -> bool:
    """The adult who agreed, holding the link that was sent to them about it."""
    return actor.adult_id == agreement.adult_id and actor.subject == agreement.pk
