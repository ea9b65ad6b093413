"""What the office says by telephone: a call nobody takes is tried again the next day, a wrong number is doubted."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import Channel, ContactPoint
from gatepost.know.queries import ways_for
from gatepost.know.services import contact_returned
from gatepost.org.actor import Actor
from gatepost.reach.models import Notice

ENOUGH = 3  # calls in vain: then another way is better than one more
RELAY = "18001"  # before a number: Relay UK joins the call, and types or signs
WORDS_OF_RELAY = ("relay", RELAY)


def numbers_for(notice: Notice) -> list[ContactPoint]:
    """The telephones at which an adult may be rung about this notice; none, where they never want to be rung.

    None from which somebody answers who must not know, and none that is known to be wrong.
    """
    if notice.adult.no_voice_calls:
        return []
    points = ways_for(notice.adult, about=notice.child)
    return [point for point in points if point.channel == Channel.SMS and point.bounced_at is None]


def dialled(number: str, *, relay: bool) -> str:
    """What a telephone dials: through the relay service in the form that it reads."""
    if not relay:
        return number
    return RELAY + (f"0{number[3:]}" if number.startswith("+44") else number.replace("+", "00"))


@transaction.atomic
def nobody_answered(notice: Notice, *, by: Actor) -> None:
    """Nobody picked up: it stays on the list, for tomorrow."""
    _change(notice, calls=F("calls") + 1, call_on=clock.today() + timedelta(days=1))
    audit.record("reach.nobody_answered", notice, by=by)


@transaction.atomic
def wrong_number(notice: Notice, point: ContactPoint, *, by: Actor) -> None:
    """Somebody else picked up: the number is doubted from now on, by everybody, until it is given anew."""
    if point not in numbers_for(notice):
        raise Refused(_("This number is not asked any more."))
    _change(notice, calls=F("calls") + 1)
    contact_returned(point, by=by)
    audit.record("reach.wrong_number", notice, by=by, point=str(point.pk))


def _change(notice: Notice, **change: object) -> None:
    if notice.adult.no_voice_calls:
        raise Refused(_("This adult is never rung."))
    if not Notice.objects.filter(pk=notice.pk, state=Notice.State.BY_HAND).update(**change):
        raise Refused(_("This has already been said or sent."))
