"""Whom an event is for."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.meet import notices
from gatepost.meet.models import Booking, Eligible, Event, Invitation, Waiting
from gatepost.org.actor import Actor
from gatepost.reach.services.taking_back import forget


@whole
def open_to_all(event: Event, *, by: Actor) -> None:
    """It is for everybody who is asked."""
    Event.objects.filter(pk=event.pk).update(for_some=False)
    event.for_some = False
    Eligible.objects.filter(event=event).delete()
    audit.record("meet.eligible_said", event, by=by, adults=None)


@whole
def open_to(event: Event, adults: Collection[UUID], *, by: Actor) -> None:
    """It is for these adults only.

    Holds afterwards: for everybody else it is not there: no invitation, no link that opens, no place on a waiting
    list, and no message that says so. Nobody who holds a place loses it by this: a person speaks with them first.
    """
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    others = Invitation.objects.filter(event=event).exclude(adult__in=adults)
    if others.filter(bookings__status=Booking.Status.BOOKED).exists():
        raise Refused(_("Somebody who holds a place would no longer be asked. Please speak with them first."))
    Event.objects.filter(pk=event.pk).update(for_some=True)
    event.for_some = True
    Eligible.objects.filter(event=event).exclude(adult__in=adults).delete()
    Eligible.objects.bulk_create(
        (Eligible(school_id=event.school_id, event=event, adult_id=adult) for adult in set(adults)),
        ignore_conflicts=True,
    )
    Waiting.objects.filter(invitation__in=others, ended_at=None).update(ended_at=clock.now())
    for invitation in others:
        forget([notices.invitation.name, notices.times.name], subject=invitation.pk, adult=invitation.adult_id)
    audit.record("meet.eligible_said", event, by=by, adults=len(set(adults)))
