"""Another way to talk: offered by itself to an adult for whom coming did not work twice, kindly and once."""

from __future__ import annotations

from django.db.models import Q

from gatepost.core import audit, clock
from gatepost.core.whole import whole
from gatepost.meet import notices
from gatepost.meet.models import AnotherWay, Attendance, Invitation
from gatepost.meet.queries.preparing import stayed_away
from gatepost.meet.queries.together import may_come
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.models import Touch
from gatepost.reach.services.taking_back import forget


def offer_if_it_did_not_work(invitation: Invitation, *, by: Actor) -> None:
    """Tell the adult of other ways, once, after the second time in a row. It asks nothing and blames nobody."""
    if not stayed_away(invitation) or _was_offered(invitation) or not may_come(invitation):
        return
    offered = AnotherWay.objects.create(school_id=invitation.school_id, invitation=invitation, offered_at=clock.now())
    adult, child = invitation.adult, invitation.child
    no_calls = {"no_calls": True} if adult.no_voice_calls else {}
    reach.tell(adult, notices.another_way, about=child, subject=offered.pk, by=by, **no_calls)
    audit.record("meet.another_way_offered", offered, by=by)


def _was_offered(invitation: Invitation) -> bool:
    """Since they came last; or for this very series, in which they have come between."""
    pair = {"invitation__adult": invitation.adult_id, "invitation__child": invitation.child_id}
    offers = AnotherWay.objects.filter(**pair)
    came = Attendance.objects.filter(**{f"booking__{name}": value for name, value in pair.items()}, came=True)
    last = came.order_by("-noted_at").first()
    lately = Q(offered_at__gt=last.noted_at) | Q(invitation=invitation) if last else Q()
    return offers.filter(lately).exists()


def not_needed(invitation: Invitation) -> None:
    """They came after all, and somebody had pressed the wrong button: what has not left yet stays here."""
    for offered in AnotherWay.objects.filter(invitation=invitation, said_at=None):
        forget([notices.another_way.name], subject=offered.pk, adult=invitation.adult_id)
        offered.delete()


@whole
def say_another_way(offered: AnotherWay, words: str, *, by: Actor) -> None:
    """What would suit them. The school has heard from them, and somebody there agrees the rest with them."""
    if not words.strip():
        return
    AnotherWay.objects.filter(pk=offered.pk).update(
        words=words.strip(), said_at=clock.now(), settled_at=None, settled_by=None
    )
    reach.answer(offered.invitation.ask, "none_of_these", words=words.strip(), way=Touch.Way.WEB, by=by)
    audit.record("meet.another_way_said", offered, by=by)


@whole
def settle_another_way(offered: AnotherWay, *, by: Actor) -> None:
    """Somebody has agreed something with them."""
    waits = AnotherWay.objects.filter(pk=offered.pk, settled_at=None, said_at__isnull=False)
    if waits.update(settled_at=clock.now(), settled_by=by.staff_id):
        audit.record("meet.another_way_settled", offered, by=by)
