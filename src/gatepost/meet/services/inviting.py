"""Inviting: each adult whom the gate lets pass, once, on their own."""

from __future__ import annotations

from django.utils import timezone

from gatepost.core import audit, clock
from gatepost.core.whole import whole
from gatepost.disclosure import Verdict
from gatepost.know.queries import Pair
from gatepost.meet import notices, queries
from gatepost.meet.inwords import ask_for_words_of
from gatepost.meet.kinds import Books
from gatepost.meet.models import Event, Invitation
from gatepost.meet.services import release
from gatepost.org.actor import Actor
from gatepost.reach import services as reach


@whole
def invite(
    event: Event, *, by: Actor, only: Pair | None = None, among: frozenset[Pair] | None = None
) -> list[Invitation]:
    """Invite every adult whom the gate lets pass and who has not been invited yet; or one of them, about one child.

    `among`: these adults and children, whatever their class.

    Holds afterwards: each has an invitation of their own, a question that waits for an answer, and a notice in the
    ledger. Pressing it twice invites nobody twice.
    """
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)  # two people who press at once invite once
    event.for_some = locked.for_some  # whom it is for may have been said since the page was opened
    release.refuse_uncovered(event)
    lines = [line for line in queries.recipients(event, among) if line.verdict is Verdict.ALLOW and not line.invited]
    if only:
        lines = [line for line in lines if (line.adult.pk, line.child.pk) == only]
    asks = reach.ask_all("meet.come", [(line.adult, line.child) for line in lines])
    invited = Invitation.objects.bulk_create(
        Invitation(
            school_id=event.school_id, event=event, adult=line.adult, child=line.child, ask=ask, made_at=clock.now()
        )
        for line, ask in zip(lines, asks, strict=True)
    )
    said = {
        "minutes": event.minutes,
        "conversation": event.kind == Event.Kind.CONVERSATION,
        "kind": event.kind,
        "shared": event.template.books is not Books.TIME,
        "title": event.title,
        "first_on": _first_day(event),
    }
    ask_for_words_of(event, [line.adult for line in lines], by=by)
    news = [
        reach.News(made.adult, made.child, made.pk, said | {"interpreter": made.adult.interpreter}) for made in invited
    ]
    reach.tell_all(notices.invitation, news, by=by)
    event.sent_at = event.sent_at or clock.now()
    event.save(update_fields=["sent_at"])
    audit.record("meet.invited", event, by=by, invitations=len(invited))
    return invited


def _first_day(event: Event) -> str:
    first = event.slots.order_by("starts_at").first()
    return timezone.localdate(first.starts_at).isoformat() if first else ""
