"""What the other side says became of a message, in any order and as often as it likes. It never goes backwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField, Q, Value
from django.db.models.functions import Coalesce

from gatepost.core import audit, clock
from gatepost.know.models import ContactPoint
from gatepost.know.services import contact_returned
from gatepost.reach.delivery import ladder
from gatepost.reach.models import Delivery, Notice

State = Delivery.State
WORDS = {"taken": State.ACCEPTED, "undelivered": State.UNDELIVERED, "delivered": State.DELIVERED}
"""What a gateway can say, in our words."""

# From where each of them leads on. Whatever has arrived stays so; that it came back is outweighed only by that.
_FROM = {
    State.ACCEPTED: Q(state__in=[State.ON_WIRE, State.UNCERTAIN]),
    State.UNDELIVERED: Q(state__in=[State.ON_WIRE, State.UNCERTAIN, State.ACCEPTED]),
    State.DELIVERED: Q(
        state__in=[State.ON_WIRE, State.UNCERTAIN, State.ACCEPTED, State.UNDELIVERED, State.FAILED, State.CLAIMED]
    )
    | Q(state__in=[State.QUEUED, State.SKIPPED], attempts__gt=0),
}


@transaction.atomic
def report(delivery_id: UUID, state: Delivery.State, *, problem: str = "") -> bool:
    """Take in what somebody says of a message. Returns whether it changed anything.

    Holds afterwards: the same receipts leave the same state, in whatever order they came and however often. What did
    not arrive takes the adult's next way, or is on the office's list; its address is asked last from now on. What went
    along in the same message fares alike.
    """
    carried = Delivery.objects.filter(along=delivery_id).values_list("pk", flat=True)
    changed = [_report(pk, state, problem) for pk in (delivery_id, *carried)]
    return any(changed)


def _report(delivery_id: UUID, state: Delivery.State, problem: str) -> bool:
    of_it = Delivery.objects.filter(pk=delivery_id)
    now = clock.now()
    change: dict[str, Any] = {"state": state, "reported_at": now, "fence": None, "leased_until": None}
    change["accepted_at"] = Coalesce("accepted_at", Value(now, DateTimeField()))
    if state == State.UNDELIVERED:
        change["problem"] = problem[:200]
    if not of_it.filter(_FROM[state]).update(**change):
        return False
    delivery = of_it.get()
    _pass_on(delivery)
    audit.record("reach.reported", delivery, by=None, state=state)
    return True


def _pass_on(delivery: Delivery) -> None:
    """What it means for the promise, and for the address."""
    notice = Notice.objects.filter(pk=delivery.notice_id)
    point = ContactPoint.objects.filter(pk__in=[delivery.contact_point_id] if delivery.contact_point_id else [])
    if delivery.state == State.UNDELIVERED:
        if came_back := point.first():
            contact_returned(came_back, by=None)
        ladder.fall(delivery.notice, by=None)
        return
    notice.filter(state__in=[Notice.State.QUEUED, Notice.State.BY_HAND]).update(state=Notice.State.SENT)
    ladder.leave_others(delivery)
    if delivery.state == State.DELIVERED:
        point.exclude(bounced_at=None).update(bounced_at=None)
