"""Targets and promises: who does what by when, and whether it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.agree import notices, queries
from gatepost.agree.models import Action, Record, Target
from gatepost.agree.services import sharing
from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.reach import services as reach
from gatepost.reach.models import Touch


@dataclass(frozen=True)
class Promise:
    """What somebody types to promise something."""

    text: str
    side: Action.Side
    owner: Person | None
    due_on: date


@transaction.atomic
def add_target(record: Record, *, text: str, kind: Target.Kind, measure: str, review_on: date, by: Actor) -> Target:
    """Write down what the child works towards, and when it is looked at again."""
    target = Target.objects.create(
        school_id=record.school_id,
        record=record,
        text=text,
        kind=kind,
        measure=measure,
        review_on=review_on,
        waits=sharing.add_to_reading(record, by=by),
    )
    audit.record("agree.target_set", target, by=by)
    sharing.ask_for_what_is_shown(record, by=by)
    return target


@transaction.atomic
def drop_target(target: Target, *, by: Actor) -> None:
    """Take back a target that the family has not seen yet."""
    _refuse_once_seen(target)
    audit.record("agree.target_dropped", target, by=by)
    target.delete()


@transaction.atomic
def promise(record: Record, promised: Promise, *, by: Actor) -> Action:
    """Write down who does what by when.

    Holds afterwards: a promise of the school has a named owner, who is no parent or carer of the child.
    """
    owner = promised.owner if promised.side == Action.Side.SCHOOL else None
    if promised.side == Action.Side.SCHOOL and owner is None:
        raise Refused(_("Please say who at the school will do it."))
    if owner and queries.cares_for(owner, record.child):
        raise Refused(_("Please choose somebody else at the school for this promise."))
    if promised.due_on < clock.today():
        raise Refused(_("That day has passed. Please choose a day to come."))
    action = Action.objects.create(
        school_id=record.school_id,
        record=record,
        text=promised.text,
        side=promised.side,
        owner=owner,
        due_on=promised.due_on,
        waits=sharing.add_to_reading(record, by=by),
    )
    audit.record("agree.promised", action, by=by, side=action.side)
    sharing.ask_for_what_is_shown(record, by=by)
    return action


@transaction.atomic
def drop(action: Action, *, by: Actor) -> None:
    """Take back a promise that the family has not seen yet. Afterwards it is kept, or not kept because."""
    _refuse_once_seen(action)
    audit.record("agree.promise_dropped", action, by=by)
    action.delete()


def _refuse_once_seen(thing: Target | Action) -> None:
    if thing.record.is_shared and not thing.waits:
        raise Refused(_("The family has seen this. Say whether it was kept, or why not."))


@transaction.atomic
def keep(action: Action, *, by: Actor) -> None:
    """Say that a promise was kept. The family is told; a call that was made is not announced, it was the telling.

    Holds afterwards: it is closed once, however often the button is pressed.
    """
    _close(action, state=Action.State.KEPT, because="")
    audit.record("agree.kept", action, by=by)
    if action.kind == Action.Kind.CALL_BACK:
        record = action.record
        way = Touch.Way.MEETING if record.adult.no_voice_calls else Touch.Way.PHONE
        reach.touch(record.adult, child=record.child, way=way, two_way=True, school_id=record.school_id, by=by)
        return
    sharing.tell_of(action, notices.promise_kept, by=by)


@transaction.atomic
def not_kept(action: Action, *, because: str, by: Actor) -> None:
    """Say that a promise was not kept, and why. The family is told, and reads the reason on their page.

    Holds afterwards: where somebody else reads the reason first, the family gets it and the news after them; until
    then it may be put in other words.
    """
    if not because.strip():
        raise Refused(_("Please say why. The family will read it."))
    if action.because_waits:
        Action.objects.filter(pk=action.pk).update(because=because.strip())
        sharing.add_to_reading(action.record, by=by)
        audit.record("agree.reason_reworded", action, by=by)
        return
    _close(action, state=Action.State.NOT_KEPT, because=because.strip())
    audit.record("agree.not_kept", action, by=by)
    if sharing.add_to_reading(action.record, by=by):
        Action.objects.filter(pk=action.pk).update(because_waits=True)
        return
    sharing.ask_for_what_is_shown(action.record, by=by)
    sharing.tell_of(action, notices.promise_not_kept, by=by)


def _close(action: Action, *, state: Action.State, because: str) -> None:
    live = Action.objects.filter(pk=action.pk, state=Action.State.OPEN)
    if not live.update(state=state, because=because, closed_at=clock.now()):
        raise Refused(_("Somebody has already said how this promise went."))
    action.refresh_from_db()
