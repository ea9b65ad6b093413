"""Letters of a family: one that waits, one that left, the run it was printed in, and its slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from gatepost.core import clock
from gatepost.know.models import Channel
from gatepost.meet.notices import given_back
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.models import Delivery, Notice, PrintRun, Sheet

if TYPE_CHECKING:
    from gatepost.selftest.matrix.school import Family


def on_paper(family: Family, *, by: Actor) -> dict[str, models.Model]:
    """A letter that waits for a press; another that left, in a run that is open, with a slip to key in."""
    _letter(family, by=by, state=Delivery.State.QUEUED)
    gone = _letter(family, by=by, state=Delivery.State.ACCEPTED, accepted_at=clock.now())
    run = PrintRun.objects.create(school_id=gone.school_id, made_by=family.host, made_at=clock.now(), pages="[]")
    boxes = [{"value": "call", "words": "Please ring me."}]
    slip = Sheet.objects.create(
        school_id=gone.school_id, delivery=gone, run=run, reference=f"T{Sheet.objects.count()}", boxes=boxes
    )
    return {"letter": gone, "run": run, "slip": slip}


def _letter(family: Family, *, by: Actor, **told: Any) -> Delivery:
    notice = reach.tell(family.adult, given_back, about=family.child, by=by)
    notice.deliveries.all().delete()
    Notice.objects.filter(pk=notice.pk).update(state=Notice.State.SENT)
    return Delivery.objects.create(
        school_id=notice.school_id, notice=notice, channel=Channel.LETTER, not_before=clock.now(), **told
    )
