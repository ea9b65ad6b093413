"""How an adult is reached. What a person writes down here, no feed takes back."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import Adult, Channel, ContactPoint
from gatepost.know.numbers import read_mobile
from gatepost.know.queries import was_left_by_somebody_apart
from gatepost.know.services import history
from gatepost.know.signals import contact_ended
from gatepost.org.actor import Actor

CONFIRM_AGAIN_AFTER = timedelta(days=365)


def read_contact(channel: str, value: str) -> str:
    """An address or a number as it is kept; refused with words where it is neither."""
    bare = value.strip()
    if channel == Channel.EMAIL:
        try:
            validate_email(bare)
        except ValidationError:
            raise Refused(_("Please give an e-mail address, like name@example.org.")) from None
        return bare.lower()
    number, problem = read_mobile(bare)
    if problem:
        raise Refused(_("Please give the number of a mobile telephone, like 07700 900123."))
    return number


@transaction.atomic
def add_contact(adult: Adult, channel: str, value: str, *, shared: bool = False, by: Actor | None) -> ContactPoint:
    """A new way to reach an adult.

    Holds afterwards: it stands once, last in rank; whoever has the same one shares it, and nobody is taken for one
    person because of it.
    """
    read = read_contact(channel, value)
    point = adult.contact_points.filter(channel=channel, value__iexact=read).first()
    if point and point.ended_on is None:
        raise Refused(_("We have this already."))
    if point is None:
        rank = 1 + max((each.rank for each in adult.contact_points.all()), default=0)
        point = ContactPoint(organisation_id=adult.organisation_id, adult=adult, channel=channel, value=read, rank=rank)
    point.ended_on = point.bounced_at = point.confirmed_at = None
    point.shared, point.by_hand = shared, True
    point.save()
    _share(point)
    history.note(point, {channel: ("", point.value)}, of=adult, by=by)
    audit.record("know.contact_added", point, by=by, channel=channel)
    return point


@transaction.atomic
def change_contact(point: ContactPoint, value: str, *, shared: bool = False, by: Actor | None) -> ContactPoint:
    """Another number or mailbox takes the place of this one.

    Holds afterwards: the old one is used for nothing but one neutral notice, which `reach` sends where that is safe
    and which never names the new one.
    """
    read = read_contact(point.channel, value)
    if read.casefold() == point.value.casefold():
        history.amend(point, {"shared": shared, "by_hand": True}, of=point.adult, by=by)
        _share(point)
        return point
    fresh = add_contact(point.adult, point.channel, read, shared=shared, by=by)
    fresh.rank = point.rank
    fresh.save()
    end_contact(point, by=by)
    return fresh


@transaction.atomic
def end_contact(point: ContactPoint, *, by: Actor | None) -> None:
    """A number or a mailbox is not used any more."""
    if point.ended_on is not None:
        raise Refused(_("Somebody has ended this already."))
    readers = list(_holders(point))
    contact_ended.send(ContactPoint, point=point, by=by)
    point.ended_on, point.by_hand = clock.today(), True
    point.save()
    for other in readers:
        _share(other)
    history.note(point, {point.channel: (point.value, "")}, of=point.adult, by=by)
    audit.record("know.contact_ended", point, by=by, channel=point.channel)


@transaction.atomic
def contact_confirmed(point: ContactPoint, *, by: Actor) -> None:
    """The adult says that it is still right. Asked again in a year."""
    point.confirmed_at, point.bounced_at = clock.now(), None
    point.confirm_again_on = clock.today() + CONFIRM_AGAIN_AFTER
    point.save()
    audit.record("know.contact_confirmed", point, by=by)


@transaction.atomic
def contact_returned(point: ContactPoint, *, by: Actor | None) -> None:
    """A message to it came back: others are tried first, and somebody asks."""
    point.bounced_at, point.confirm_again_on = clock.now(), clock.today()
    point.save()
    audit.record("know.contact_returned", point, by=by)


def _holders(point: ContactPoint) -> QuerySet[ContactPoint]:
    """Every contact point in use with this number or address, whoever's."""
    return ContactPoint.objects.filter(channel=point.channel, value__iexact=point.value, ended_on=None)


def _share(point: ContactPoint) -> None:
    """Two adults with one number share it. A person who said that others read it too is believed.

    Where one of two who are kept apart gives it up, it stays shared for the other until a person says otherwise.
    """
    holders = list(_holders(point))
    several = len({each.adult_id for each in holders}) > 1
    for each in holders:
        shared = several or (each.shared and (each.by_hand or was_left_by_somebody_apart(each)))
        if each.shared != shared:
            each.shared = shared
            each.save()
        if each.pk == point.pk:
            point.shared = shared
