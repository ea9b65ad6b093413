"""Forgets what nobody needs any more: who signed in at a door and was never matched, and where a family was met.

That somebody came, was met or was looked for is kept; names at the door, addresses and numbers are not.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from gatepost.core import audit, clock
from gatepost.meet.models import Booking, Outing, SignIn
from gatepost.org.rounds import at_every_school

KEPT = timedelta(days=28)
GONE = "–"  # stands where a place stood


def tick() -> None:
    """At every school."""
    at_every_school(lambda _school: (forget_old(), forget_places()))


@transaction.atomic
def forget_old() -> int:
    """Sign-ins of one school that have waited so long. Returns how many."""
    old = list(SignIn.objects.filter(state=SignIn.State.WAITING, signed_at__lt=clock.now() - KEPT))
    waits = SignIn.objects.filter(pk__in=[each.pk for each in old], state=SignIn.State.WAITING, settled_at=None)
    gone = waits.update(state=SignIn.State.FORGOTTEN, name="", of_child="") if old else 0
    if gone:
        audit.record_all("meet.sign_in_forgotten", [(each, {}) for each in old], by=None)
    return gone


@transaction.atomic
def forget_places() -> int:
    """Which café, which number, whose door: of talks that were so long ago, and of visits that ended then.

    An alarm that nobody has settled keeps its place. Returns how many were forgotten.
    """
    long_ago = clock.now() - KEPT
    bookings = list(Booking.objects.filter(slot__starts_at__lt=long_ago).exclude(where=""))
    over = Q(settled_at__lt=long_ago) | Q(settled_at=None, out_at__lt=long_ago)
    late = [each.pk for each in Outing.objects.filter(over).exclude(place=GONE) if each.rings]
    outings = list(Outing.objects.filter(over).exclude(place=GONE).exclude(pk__in=late))
    Booking.objects.filter(pk__in=[each.pk for each in bookings]).update(where="")
    Outing.objects.filter(pk__in=[each.pk for each in outings]).update(place=GONE, number="")
    gone = [*bookings, *outings]
    if gone:
        audit.record_all("meet.place_forgotten", [(each, {}) for each in gone], by=None)
    return len(gone)
