"""The button that stops everything: from now on nothing leaves this school, until somebody lets it go again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.readings import worded_once
from gatepost.org.actor import Actor
from gatepost.reach.models import Freeze


def frozen() -> Freeze | None:
    """The freeze that holds the school in scope, if one does."""
    return next(iter(_holding()), None)


@worded_once
def _holding() -> QuerySet[Freeze]:
    return Freeze.objects.filter(ended_at=None).select_related("begun_by").order_by()


@transaction.atomic
def freeze(because: str, *, by: Actor) -> Freeze:
    """Stop all sending, also of codes.

    Holds afterwards: what waits goes on waiting, what is new is queued, nothing is lost; what a mail server has
    already been given cannot be called back.
    """
    if not because.strip():
        raise Refused(_("Please say in a few words why."))
    if frozen():
        raise Refused(_("Somebody has stopped everything already."))
    held = Freeze.objects.create(
        school_id=by.school_id, begun_at=clock.now(), begun_by_id=by.staff_id, because=because.strip()[:200]
    )
    audit.record("reach.frozen", held, by=by)
    return held


@transaction.atomic
def let_go(*, by: Actor) -> None:
    """Let messages go again: what has waited goes out now."""
    held = frozen()
    if held is None:
        raise Refused(_("Messages go out already."))
    held.ended_at, held.ended_by_id = clock.now(), by.staff_id
    held.save()
    audit.record("reach.let_go", held, by=by)
