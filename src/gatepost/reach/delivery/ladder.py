"""From one way of reaching an adult down to the next, and at last to a person: no promise ends where a wire does.

The rungs: the adult's telephones and mailboxes in their own order, then a letter, then the office's call list. Each
attempt is a row of its own, and a notice goes one way at a time: a constraint of the database says so. What perhaps
arrived never falls by itself; somebody asks the family, and lets it fall.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import Channel, ContactPoint
from gatepost.know.queries import ways_for
from gatepost.org.actor import Actor
from gatepost.reach.delivery import circuit
from gatepost.reach.delivery.ledger import ON_ITS_WAY, with_company
from gatepost.reach.kinds import KINDS
from gatepost.reach.models import Delivery, Notice
from gatepost.reach.onpaper import on_paper
from gatepost.reach.services import delivery_to

LEAVE_AFTER = timedelta(hours=1)  # a channel is down for so long: what waits for it takes another way
SAY_AFTER = timedelta(hours=24)  # and what has no other way is said in person
A_TIME = 500  # messages that take another way in one stretch of work
DOWN = "This way is down."
ARRIVED = "It has arrived by another way."
State = Delivery.State


def rungs(notice: Notice) -> list[ContactPoint]:
    """The telephones and mailboxes that may still carry a notice, the best first.

    None that was tried, none from which something came back, none whose channel is not set up or is down, none that
    somebody reads from whom it is to be kept. What is meant for one contact point alone has no other.
    """
    if notice.stays:
        return []
    tried = set(notice.deliveries.exclude(state=State.STOPPED).values_list("contact_point", flat=True))
    closed = set(circuit.channels_down())
    return [
        point
        for point in ways_for(notice.adult, about=notice.child)
        if point.pk not in tried
        and point.bounced_at is None
        and point.channel in settings.GATEPOST_CHANNELS
        and point.channel not in closed
    ]


@transaction.atomic
def fall(notice: Notice, *, by: Actor | None) -> Delivery | None:
    """Let a notice whose last attempt came to nothing take the next way; or hand it to the office, to be said.

    Holds afterwards: it is queued once, or it is on the call list; what got there, was barred or was taken back
    stays as it is.
    """
    waiting = Notice.objects.filter(pk=notice.pk, state__in=[Notice.State.QUEUED, Notice.State.SENT])
    if _got_there_or_goes(notice).exists() or not waiting.exists():
        return None
    points = rungs(notice)
    if not points and not _takes_letter(notice):
        waiting.update(state=Notice.State.BY_HAND)
        audit.record("reach.fell", notice, by=by, to="by_hand")
        return None
    waiting.update(state=Notice.State.QUEUED)
    made = delivery_to(notice, points[0] if points else None)
    made.save()
    audit.record("reach.fell", notice, by=by, to=made.channel)
    return made


def _takes_letter(notice: Notice) -> bool:
    """Whether a letter may still carry it: one that was not tried, to a place that is known."""
    if notice.child is None or notice.stays:
        return False
    if notice.deliveries.filter(channel=Channel.LETTER).exclude(state=State.STOPPED).exists():
        return False
    pair = notice.adult_id, notice.child.pk
    return bool(on_paper(KINDS[notice.kind], [(notice.adult, notice.child)], {pair: None}))


def _got_there_or_goes(notice: Notice) -> QuerySet[Delivery]:
    return Delivery.objects.filter(notice=notice, state__in=[*ON_ITS_WAY, State.ACCEPTED, State.DELIVERED])


@transaction.atomic
def did_not_come(delivery: Delivery, *, by: Actor) -> None:
    """The family says that a message of which we were not sure has not come: it takes the next way."""
    unsure = list(with_company(delivery).filter(state=State.UNCERTAIN).select_related("notice"))
    still = Delivery.objects.filter(pk__in=[each.pk for each in unsure], state=State.UNCERTAIN)
    if not still.update(state=State.FAILED):
        raise Refused(_("Somebody has settled this already."))
    audit.record("reach.uncertain_settled", delivery, by=by, state=State.FAILED)
    for each in unsure:
        fall(each.notice, by=by)


def leave_others(delivery: Delivery) -> None:
    """It got there after all: what was queued by another way meanwhile is not needed any more."""
    others = Delivery.objects.filter(notice=delivery.notice_id, state=State.QUEUED).exclude(pk=delivery.pk)
    others.update(state=State.SKIPPED, problem=ARRIVED)


def leave_what_is_down() -> int:
    """Let what has waited for long on a channel that is down take another way. Returns how many did. Safe to do again.

    What somebody waits for is said in person within the hour, all else within a day.
    """
    left = 0
    for channel, outage in circuit.channels_down().items():
        if clock.now() - outage.began_at >= LEAVE_AFTER:
            left += _leave(channel)
    return left


@transaction.atomic
def _leave(channel: str) -> int:
    waits = Delivery.objects.filter(state=State.QUEUED, channel=channel, notice__state=Notice.State.QUEUED)
    waits = waits.exclude(together_at__gt=clock.now())  # it would wait all the same
    left = 0
    for delivery in waits.select_related("notice__adult", "notice__child").order_by("not_before")[:A_TIME]:
        notice = delivery.notice
        waited = clock.now() - (delivery.together_at or notice.created_at)
        at_last = waited >= (LEAVE_AFTER if KINDS[notice.kind].at_once else SAY_AFTER)
        if not at_last and not rungs(notice):
            continue
        still = Delivery.objects.filter(pk=delivery.pk, state=State.QUEUED)
        if still.update(state=State.SKIPPED, problem=DOWN):
            fall(notice, by=None)
            left += 1
    return left
