"""Letting whoever comes along read of the meeting, and ending that."""

from __future__ import annotations

from gatepost.core import audit, clock
from gatepost.core.whole import whole
from gatepost.meet.models import Companion, Invitation
from gatepost.org.actor import Actor


@whole
def let_read(invitation: Invitation, *, by: Actor) -> Companion:
    """A new link to hand on; one from before opens nothing any more."""
    Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)  # two who press at once
    end(invitation, by=by)
    made = Companion.objects.create(school_id=invitation.school_id, invitation=invitation, made_at=clock.now())
    audit.record("meet.companion_let_read", made, by=by)
    return made


@whole
def end(invitation: Invitation, *, by: Actor) -> None:
    """Whoever holds the link reads nothing any more."""
    for live in Companion.objects.filter(invitation=invitation, ended_at=None):
        Companion.objects.filter(pk=live.pk).update(ended_at=clock.now())
        audit.record("meet.companion_ended", live, by=by)
