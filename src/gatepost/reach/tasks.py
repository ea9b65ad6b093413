"""Work that nobody waits for: handing over what the ledger holds. A job is only the nudge; the ledger is the truth."""

from __future__ import annotations

from django.db.models import Q
from django.tasks import task

from gatepost.core import clock, limits, scope
from gatepost.core.each import do_each
from gatepost.org.models import School
from gatepost.org.rounds import at_every_school
from gatepost.reach.delivery.ledger import lost_promises
from gatepost.reach.delivery.sender import send_due
from gatepost.reach.models import Delivery, Draft
from gatepost.reach.services import settled_but_held
from gatepost.reach.services.drafting import draft_due, due
from gatepost.reach.services.freezing import frozen
from gatepost.reach.services.treated import ask_some


@task()
def send(school_id: str) -> int:
    """Hand over what is due at one school. Safe to run twice: each row is claimed before it is touched."""
    school = School.objects.get(pk=school_id)
    with scope.only([school.pk], organisation=school.organisation_id):
        return send_due(school)


@task()
def draft(school_id: str) -> int:
    """Have an engine draft what waits at one school. Safe to run twice: what a person or another run did, stands."""
    school = School.objects.get(pk=school_id)
    with scope.only([school.pk], organisation=school.organisation_id):
        return draft_due(school)


def tick() -> None:
    """Wake the worker for each school where something is due, or was left behind by a crash.

    First what is to leave, of all schools: whatever goes wrong with the rest, it does not wait for that.
    """
    do_each((_wake_sender, _wake_drafter), at_every_school)


def _wake_sender(school: School) -> None:
    waits = Delivery.objects.filter(state=Delivery.State.QUEUED, not_before__lte=clock.now())
    left = Delivery.objects.filter(
        Q(state=Delivery.State.CLAIMED) | Q(state=Delivery.State.ON_WIRE), leased_until__lt=clock.now()
    )
    waiting = waits.exists() and not frozen()
    if waiting or left.exists() or settled_but_held().exists() or lost_promises().exists():
        send.enqueue(str(school.pk))


def _wake_drafter(school: School) -> None:
    if due().exists():
        draft.enqueue(str(school.pk))


def tidy() -> None:
    """Forget what is over, and ask about some of the talks of the last days."""
    limits.forget_old()
    at_every_school(_tidy)


def _tidy(school: School) -> None:
    Draft.objects.filter(link__expires_at__lt=clock.now()).delete()
    ask_some()
