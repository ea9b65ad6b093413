"""By which of an adult's telephones and mailboxes a notice goes, where that matters more than their usual order."""

from __future__ import annotations

from gatepost.know.confirming import own_points
from gatepost.know.models import ContactPoint
from gatepost.org.actor import Actor, Tier
from gatepost.reach.models import Delivery, Notice


def send_there(notice: Notice, point: ContactPoint) -> None:
    """Let a notice that has just been queued go to this contact point, and no other."""
    waiting = Delivery.objects.filter(notice=notice, state=Delivery.State.QUEUED)
    waiting.update(contact_point=point, channel=point.channel)
    Notice.objects.filter(pk=notice.pk).update(stays=True)


def by_another_way(notice: Notice, *, by: Actor) -> None:
    """Tell an adult of an act by link at another contact point of theirs than the one the link went to.

    Whoever holds the telephone may have acted in their place (a child, say): so they learn of it elsewhere, if they
    have an elsewhere that only they read. What staff do, is told in the usual way.
    """
    if by.tier is not Tier.LINK or by.came_by is None:
        return
    others = [point for point in own_points(notice.adult) if point.pk != by.came_by]
    if others:
        send_there(notice, others[0])
