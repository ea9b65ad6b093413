"""From a hook to a talk: which round of conversations follows, and inviting those who came."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gatepost.core import audit
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.meet.models import Event, Invitation
from gatepost.meet.queries.hooks import who_came
from gatepost.meet.services.inviting import invite
from gatepost.org.actor import Actor


@whole
def lead_on(hook: Event, to: Event, *, by: Actor) -> None:
    """Say which round of conversations follows a hook."""
    if not hook.template.hook or to.kind != Event.Kind.CONVERSATION:
        raise Refused(_("Structured conversations follow a breakfast, and nothing else does."))
    Event.objects.filter(pk=hook.pk).update(follow_on=to)
    hook.follow_on = to
    audit.record("meet.follow_on_chosen", hook, by=by, follow_on=str(to.pk))


@whole
def invite_who_came(hook: Event, *, by: Actor) -> list[Invitation]:
    """Invite everybody who was noted as here to the talk that follows, as any invitation: gate, preview rules, notice.

    Holds afterwards: nobody is invited twice, and nobody who did not come is invited by this.
    """
    if hook.follow_on is None:
        raise Refused(_("Please choose first which conversations follow."))
    return invite(hook.follow_on, by=by, among=frozenset(who_came(hook)))
