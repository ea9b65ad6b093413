"""Forgets who signed in at a door where nobody has said in time who it was: that somebody came is kept."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from gatepost.core import audit, clock, scope
from gatepost.meet.models import SignIn
from gatepost.org.models import School

KEPT = timedelta(days=28)


def tick() -> None:
    """At every school."""
    for school in School.objects.all():
        with scope.only([school.pk], organisation=school.organisation_id):
            forget_old()


@transaction.atomic
def forget_old() -> int:
    """Those of one school that have waited so long. Returns how many."""
    old = list(SignIn.objects.filter(state=SignIn.State.WAITING, signed_at__lt=clock.now() - KEPT))
    waits = SignIn.objects.filter(pk__in=[each.pk for each in old], state=SignIn.State.WAITING, settled_at=None)
    gone = waits.update(state=SignIn.State.FORGOTTEN, name="", of_child="") if old else 0
    if gone:
        audit.record_all("meet.sign_in_forgotten", [(each, {}) for each in old], by=None)
    return gone
