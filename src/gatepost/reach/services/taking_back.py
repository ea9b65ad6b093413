"""A minute to think again: what left with one press is taken back, as long as nothing of it has been handed over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.org.actor import Actor
from gatepost.reach.models import Delivery, Notice

MINUTE = timedelta(minutes=1)


def in_a_minute() -> datetime:
    """When what is sent now leaves."""
    return clock.now() + MINUTE


def may_be_taken_back(sent_at: datetime) -> bool:
    """Whether the minute is not over."""
    return clock.now() < sent_at + MINUTE


@transaction.atomic
def forget(kinds: Collection[str], *, subject: UUID, adult: UUID) -> None:
    """What has not left yet and is not true any more stays here: a reminder of a time that was moved."""
    told = Notice.objects.filter(adult=adult, kind__in=kinds, subject=subject)  # an adult's are few, a school's many
    queued = Delivery.objects.filter(notice__in=told, state=Delivery.State.QUEUED)
    stopped = set(queued.values_list("notice", flat=True))
    queued.update(state=Delivery.State.STOPPED, problem="Not true any more.")
    unsaid = told.filter(state__in=[Notice.State.BY_HAND, Notice.State.HELD]).values_list("pk", flat=True)
    gone = list(Notice.objects.filter(pk__in={*stopped, *unsaid}))
    Notice.objects.filter(pk__in=[notice.pk for notice in gone]).update(state=Notice.State.RECALLED)
    audit.record_all("reach.taken_back", [(notice, {"kind": notice.kind}) for notice in gone], by=None)


@transaction.atomic
def take_back(batch: UUID, *, by: Actor) -> int:
    """Take back all that one press has sent. Refused once the first of it has been taken up by the sender.

    Holds afterwards: nobody gets any of it, neither by a wire nor in person. Returns how many notices it were.
    """
    waiting = [Notice.State.QUEUED, Notice.State.BY_HAND, Notice.State.HELD]
    notices = list(Notice.objects.filter(batch=batch, state__in=waiting))
    if not notices:
        raise Refused(_("There is nothing left to take back."))
    deliveries = Delivery.objects.filter(notice__batch=batch)
    queued = deliveries.filter(state=Delivery.State.QUEUED, not_before__gt=clock.now())
    if queued.update(state=Delivery.State.STOPPED, problem="Taken back.") != deliveries.count():
        raise Refused(_("The minute is over: it is on its way. You can send a correction."))
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(state=Notice.State.RECALLED)
    audit.record_all("reach.taken_back", [(notice, {"kind": notice.kind}) for notice in notices], by=by)
    return len(notices)
