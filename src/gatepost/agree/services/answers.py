"""What the family answers: whether it made sense, and what is wrong."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.agree import queries
from gatepost.agree.models import Action, Record
from gatepost.agree.services.sharing import held
from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.org.actor import Actor
from gatepost.org.calendar import school_days_after
from gatepost.reach import services as reach
from gatepost.reach.models import Answer, Touch

RING_WITHIN = 2  # school days
CALL_BACK = "Ring the family: the summary did not quite make sense."  # for staff; families read a sentence of their own
CALL_BACK_UNHEARD = "Write to the family or meet them: the summary did not quite make sense, and they want no calls."


@transaction.atomic
def say_sense(record: Record, *, made_sense: str, words: str = "", by: Actor, way: Touch.Way = Touch.Way.WEB) -> Answer:
    """Keep whether the summary made sense to the adult.

    Holds afterwards: "not quite" stands as a promise of the teacher to ring within two school days, once.
    """
    held(record)
    said = reach.answer(queries.asked(record), made_sense, words=words, way=way, by=by)
    audit.record("agree.said_sense", record, by=by, value=made_sense)
    if made_sense == queries.NOT_QUITE and not queries.waits_for_a_call(record):
        action = Action.objects.create(
            school_id=record.school_id,
            record=record,
            kind=Action.Kind.CALL_BACK,
            text=CALL_BACK_UNHEARD if record.adult.no_voice_calls else CALL_BACK,
            side=Action.Side.SCHOOL,
            owner=record.teacher,
            due_on=school_days_after(record.school_id, clock.today(), RING_WITHIN),
        )
        audit.record("agree.promised", action, by=by, side=action.side, kind=action.kind)
    return said


@transaction.atomic
def correct(record: Record, *, words: str, by: Actor, way: Touch.Way = Touch.Way.WEB) -> Answer:
    """Keep what the adult says is wrong or missing, in their own words. The teacher sees it beside the record."""
    if not words.strip():
        raise Refused(_("Please write what is wrong or missing."))
    said = reach.answer(queries.asked(record), queries.CORRECTION, words=words.strip(), way=way, by=by)
    audit.record("agree.corrected", record, by=by)
    return said
