"""Who may read and write records, and settle promises. The list is the rule; the question asks the list.

What was said stays with the child's team and the head. The office sees that a promise stands, never the conversation.
"""

from __future__ import annotations

from django.db.models import QuerySet

from gatepost.agree.models import Action, Record, Target
from gatepost.know.models import Care, Child
from gatepost.know.rules import children_open_to
from gatepost.meet.models import Booking
from gatepost.org.actor import Actor
from gatepost.org.models import Role
from gatepost.org.rules import may_lead, may_run_the_office, may_teach


def _not_own(actor: Actor) -> QuerySet[Child]:
    own = Care.objects.filter(adult__person=actor.person_id, adult__person__isnull=False, ended_on=None)
    return Child.objects.exclude(pk__in=own.values("child"))


def records_open_to(actor: Actor) -> QuerySet[Record]:
    """Records this member of staff may read: the teacher who listened, the child's teachers, the head."""
    if not may_teach(actor):
        return Record.objects.none()
    mine = Record.objects.filter(teacher=actor.person_id, child__in=_not_own(actor))
    if actor.acting_role in {Role.TEACHER, Role.HEAD}:
        return mine | Record.objects.filter(child__in=children_open_to(actor))
    return mine


def actions_open_to(actor: Actor) -> QuerySet[Action]:
    """Promises this member of staff may see: of the records above, their own, and for office and head all of them."""
    if not may_teach(actor):
        return Action.objects.none()
    others = Action.objects.filter(record__child__in=_not_own(actor))
    if may_run_the_office(actor):
        return others
    return others.filter(owner=actor.person_id) | others.filter(record__in=records_open_to(actor))


def talks_open_to(actor: Actor) -> QuerySet[Booking]:
    """Meetings whose conversation page this member of staff may open: as host, as the child's teacher, as head."""
    if not may_teach(actor):
        return Booking.objects.none()
    hosted = Booking.objects.filter(slot__host=actor.person_id, invitation__child__in=_not_own(actor))
    if actor.acting_role in {Role.TEACHER, Role.HEAD}:
        return hosted | Booking.objects.filter(invitation__child__in=children_open_to(actor))
    return hosted


def may_talk(actor: Actor, booking: Booking) -> bool:
    """Whether this member of staff may open the conversation page of this meeting."""
    return talks_open_to(actor).filter(pk=booking.pk).exists()


def may_begin(actor: Actor, booking: Booking) -> bool:
    """The host begins the record; so may another teacher of the child, who stands in."""
    return may_talk(actor, booking) and (booking.slot.host_id == actor.person_id or not may_run_the_office(actor))


def may_read(actor: Actor, record: Record) -> bool:
    """Whether this member of staff may read what was said."""
    return records_open_to(actor).filter(pk=record.pk).exists()


def may_write(actor: Actor, record: Record) -> bool:
    """The teacher who listened and the child's other teachers write; the head reads."""
    return may_read(actor, record) and (record.teacher_id == actor.person_id or not may_lead(actor))


def may_write_target(actor: Actor, target: Target) -> bool:
    """Whoever may write the record."""
    return may_write(actor, target.record)


def may_write_action(actor: Actor, action: Action) -> bool:
    """Whoever may write the record."""
    return may_write(actor, action.record)


def actions_settled_by(actor: Actor) -> QuerySet[Action]:
    """Promises this member of staff may close: their own, those of their records, and for the head all."""
    seen = actions_open_to(actor)
    if may_lead(actor):
        return seen
    return seen.filter(owner=actor.person_id) | seen.filter(record__teacher=actor.person_id)


def may_settle(actor: Actor, action: Action) -> bool:
    """Whether this member of staff may say if a promise was kept."""
    return actions_settled_by(actor).filter(pk=action.pk).exists()


def may_see_promises(actor: Actor) -> bool:
    """Everybody who meets families has a list of promises."""
    return may_teach(actor)


def may_open_summary(actor: Actor, record: Record) -> bool:
    """The adult who spoke, holding the link to this record, once it is shared with them."""
    return actor.adult_id == record.adult_id and actor.subject == record.pk and record.is_shared
