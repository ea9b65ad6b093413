"""Looks whether the ledger is whole: every promise has an end or a way to one, and somebody works on it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from gatepost.core import audit, clock
from gatepost.know.models import Channel
from gatepost.reach.models import Delivery, Notice, Outage
from gatepost.reach.services.freezing import frozen

log = logging.getLogger(__name__)

State = Delivery.State
ON_ITS_WAY = (State.QUEUED, State.CLAIMED, State.ON_WIRE, State.UNCERTAIN)
STUCK_AFTER = timedelta(minutes=5)  # due for so long, and nobody has taken it: no worker runs
SETTLED_AFTER = timedelta(minutes=10)  # younger promises may still be in somebody's hands


def with_company(delivery: Delivery) -> QuerySet[Delivery]:
    """An attempt and all that went along with it in the same message: what became of one became of all."""
    return Delivery.objects.filter(Q(pk=delivery.pk) | Q(along=delivery.pk))


@dataclass(frozen=True)
class Count:
    """The ledger of one school in numbers: the audience, and where each of it stands."""

    promised: int
    by_state: dict[str, int]
    lost: int  # promises that wait, and that nothing will ever carry

    @property
    def adds_up(self) -> bool:
        """Whether everybody who was to be told stands somewhere, once."""
        return not self.lost and self.promised == sum(self.by_state.values())


def count() -> Count:
    """The school in scope, counted."""
    by_state = {state.value: Notice.objects.filter(state=state).count() for state in Notice.State}
    return Count(Notice.objects.count(), by_state, lost_promises().count())


def lost_promises() -> QuerySet[Notice]:
    """Promises that are to be sent although no attempt is on its way or may have got there."""
    carried = Delivery.objects.filter(notice=OuterRef("pk"), state__in=ON_ITS_WAY)
    old = clock.now() - SETTLED_AFTER
    return Notice.objects.filter(~Exists(carried), state=Notice.State.QUEUED, created_at__lt=old)


@transaction.atomic
def reconcile() -> int:
    """Give every lost promise to the office, to be kept in person. Returns how many there were. Safe to do again."""
    found = list(lost_promises())
    for notice in found:
        log.error("a promise was lost, and is the office's now", extra={"notice": str(notice.pk)})
    Notice.objects.filter(pk__in=[notice.pk for notice in found]).update(state=Notice.State.BY_HAND)
    audit.record_all("reach.reconciled", [(notice, {}) for notice in found], by=None)
    return len(found)


def waits_for_nobody() -> int:
    """How many messages are long due and lie there: no worker takes them up. None, while somebody has stopped all."""
    due = Delivery.objects.filter(state=State.QUEUED, not_before__lt=clock.now() - STUCK_AFTER)
    down = Outage.objects.filter(ended_at=None, down_since__isnull=False)  # shown apart
    due = due.exclude(channel__in=down.values("channel"))
    due = due.exclude(channel=Channel.LETTER)  # the office prints those when it can
    number = due.count()
    return 0 if number and frozen() else number
