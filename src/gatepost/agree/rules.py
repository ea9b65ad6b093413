"""Who may read and write records, and settle promises. The list is the rule; the question asks the list.

What was said stays with the child's team and the head; anybody else opens it for an hour, with a reason that is looked
at (`children_behind_glass`). The office sees that a promise stands, never the conversation.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gatepost.agree.models import Action, Reading, Record, Target
from gatepost.know.models import Child
from gatepost.know.rules import children_not_own, children_of_team
from gatepost.meet.models import Booking
from gatepost.org.actor import Actor
from gatepost.org.permissions import Permission, has
from gatepost.org.queries import glass_open_for
from gatepost.org.rules import may_break_glass, may_know_of_orders


def children_behind_glass(actor: Actor) -> QuerySet[Child]:
    """Children whose records this member of staff has opened in an emergency that is not over; never their own."""
    if not may_break_glass(actor):
        return Child.objects.none()
    return children_not_own(actor).filter(pk__in=glass_open_for(actor.person_id).values("child"))


def children_written_about(actor: Actor) -> QuerySet[Child]:
    """Children whose records this member of staff works with: their team's, and for the head all of them."""
    if has(actor, Permission.READ_ALL):
        return children_not_own(actor)
    return children_of_team(actor) if has(actor, Permission.READ_TEAM) else Child.objects.none()


def _records_worked_with(actor: Actor) -> QuerySet[Record]:
    if not has(actor, Permission.LISTEN):
        return Record.objects.none()
    mine = Record.objects.filter(teacher=actor.person_id, child__in=children_not_own(actor))
    return mine | Record.objects.filter(child__in=children_written_about(actor))


def records_open_to(actor: Actor) -> QuerySet[Record]:
    """Records this member of staff may read: their own talks, their team's, for the head all, and in an emergency."""
    return _records_worked_with(actor) | Record.objects.filter(child__in=children_behind_glass(actor))


def actions_open_to(actor: Actor) -> QuerySet[Action]:
    """Promises this member of staff may see: of the records they work with, their own, or all that the school made."""
    if not may_see_promises(actor):
        return Action.objects.none()
    others = Action.objects.filter(record__child__in=children_not_own(actor))
    if has(actor, Permission.PROMISES_ALL):
        return others
    return others.filter(owner=actor.person_id) | others.filter(record__in=_records_worked_with(actor))


def talks_open_to(actor: Actor) -> QuerySet[Booking]:
    """Meetings whose conversation page this member of staff may open: as host, on the child's team, as head."""
    if not has(actor, Permission.LISTEN):
        return Booking.objects.none()
    hosted = Booking.objects.filter(slot__host=actor.person_id, invitation__child__in=children_not_own(actor))
    return hosted | Booking.objects.filter(invitation__child__in=children_written_about(actor))


def may_talk(actor: Actor, booking: Booking) -> bool:
    """Whether this member of staff may open the conversation page of this meeting."""
    return talks_open_to(actor).filter(pk=booking.pk).exists()


def may_begin(actor: Actor, booking: Booking) -> bool:
    """The host begins the record; so may another of the child's team, who stands in."""
    return may_talk(actor, booking) and (booking.slot.host_id == actor.person_id or has(actor, Permission.READ_TEAM))


def may_read(actor: Actor, record: Record) -> bool:
    """Whether this member of staff may read what was said."""
    return records_open_to(actor).filter(pk=record.pk).exists()


def may_write(actor: Actor, record: Record) -> bool:
    """The teacher who listened and the rest of the child's team write; the head, and whoever broke glass, reads."""
    worked_with = _records_worked_with(actor).filter(pk=record.pk).exists()
    return worked_with and (record.teacher_id == actor.person_id or has(actor, Permission.READ_TEAM))


def may_write_target(actor: Actor, target: Target) -> bool:
    """Whoever may write the record."""
    return may_write(actor, target.record)


def may_write_action(actor: Actor, action: Action) -> bool:
    """Whoever may write the record."""
    return may_write(actor, action.record)


def actions_settled_by(actor: Actor) -> QuerySet[Action]:
    """Promises this member of staff may close: their own, those of their records, and for the head all."""
    seen = actions_open_to(actor)
    if has(actor, Permission.SETTLE_ALL):
        return seen
    return seen.filter(owner=actor.person_id) | seen.filter(record__teacher=actor.person_id)


def may_settle(actor: Actor, action: Action) -> bool:
    """Whether this member of staff may say if a promise was kept."""
    return actions_settled_by(actor).filter(pk=action.pk).exists()


def may_see_promises(actor: Actor) -> bool:
    """Everybody who holds talks with families has a list of promises; so has whoever leads on them."""
    return has(actor, Permission.LISTEN) or has(actor, Permission.PROMISES_ALL)


def readings_open_to(actor: Actor) -> QuerySet[Reading]:
    """What this member of staff may read before a family does: who may know of orders, and wrote none of the words."""
    if not may_know_of_orders(actor):
        return Reading.objects.none()
    mine = Reading.objects.filter(
        Q(hands__person=actor.person_id) | Q(record__teacher=actor.person_id) | Q(record__revisions__by=actor.person_id)
    )
    return Reading.objects.filter(record__child__in=children_not_own(actor)).exclude(pk__in=mine.values("pk"))


def readings_waiting_for(actor: Actor) -> QuerySet[Reading]:
    """Those of them that nobody has read yet, the longest waiting first."""
    return readings_open_to(actor).filter(state=Reading.State.WAITING)


def may_read_first(actor: Actor, reading: Reading) -> bool:
    """Whether this member of staff may be the second reader of these words."""
    return readings_open_to(actor).filter(pk=reading.pk).exists()


def may_open_summary(actor: Actor, record: Record) -> bool:
    """The adult who spoke, holding the link to this record, once it is shared with them."""
    return actor.adult_id == record.adult_id and actor.subject == record.pk and record.is_shared
