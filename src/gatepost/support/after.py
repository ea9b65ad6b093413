"""After a meeting: what was prepared for home goes to those who came, and is offered to those who could not."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from gatepost.core import audit
from gatepost.core.whole import whole
from gatepost.know.models import Child
from gatepost.meet.models import Eligible, Event, Invitation
from gatepost.meet.offers import Offer, offer
from gatepost.meet.queries.hooks import who_came
from gatepost.meet.rules import children_met_by, may_open
from gatepost.org.actor import Actor
from gatepost.reach.audience import Line, lines_for
from gatepost.support import notices
from gatepost.support.home import Words, send_note
from gatepost.support.home_rules import may_send_home
from gatepost.support.models import HomeNote

CAME, MISSED = "came", "missed"


def may_send_after(actor: Actor, event: Event) -> bool:
    """Whoever works with families, where the event concerns them."""
    return may_send_home(actor) and may_open(actor, event)


offer(Offer("home:after", _("Send home what you prepared"), may_send_after))


def whom(event: Event, *, missed: bool, by: Actor) -> tuple[dict[UUID, str], list[Child]]:
    """The adults who came, and with `missed` those who were asked and were not there; and their children.

    Only for the sake of children whom `by` works with; never of an event that is not for them.
    """
    mine = {child.pk: child for child in children_met_by(by)}
    came = {pair for pair in who_came(event) if pair[1] in mine}
    asked = Invitation.objects.filter(event=event)
    if event.for_some:
        asked = asked.filter(adult__in=Eligible.objects.filter(event=event).values("adult"))
    others = {pair for pair in asked.values_list("adult", "child") if pair[1] in mine} if missed else set()
    how = {adult: MISSED for adult, _child in others} | {adult: CAME for adult, _child in came}
    return how, [mine[child] for child in {child for _adult, child in came | others}]


def lines_after(told: dict[UUID, str], children: Sequence[Child]) -> list[Line]:
    """What the gate says of each of them."""
    return [line for line in lines_for(notices.home_note, children) if line.adult.pk in told]


@whole
def send_after(event: Event, words: Words, *, missed: bool, by: Actor) -> HomeNote:
    """Send what was prepared for home to those who came, and with `missed` to those who could not.

    Holds afterwards: a note for home like any other, with the gate, the languages and the minute in which it can be
    taken back; its first line says whether they were there.
    """
    told, children = whom(event, missed=missed, by=by)
    note = send_note(words, children, group=None, school_id=event.school_id, by=by, after=told)
    audit.record("support.sent_after", event, by=by, note=str(note.pk))
    return note
